"""A seat among the alumni: offered on Today, shown for what it is, opened by a yes and ended by taking it back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.consent.models import ConsentRecord
from community.foundation import clock
from community.people import services as people
from community.programs import services as programs
from community.programs.models import AgeBand, Enrollment, Track
from groups.demo.services import World
from groups.membership.models import Kind, Membership
from groups.passages.models import AlumniOffer
from tests.doors import Script, browser


@pytest.fixture
def offer(world: World) -> AlumniOffer:
    """Ana finished the program."""
    programs.graduate(enrollment=Enrollment.objects.open().of(world.ana.pk).get())
    return AlumniOffer.objects.of(world.ana.pk).get()


def seats(world: World) -> Any:
    return Membership.objects.current().of(world.ana.pk).filter(group=world.alumni)


def test_a_teen_who_finishes_is_offered_the_teens_own_room_and_no_other(world: World) -> None:
    teens = programs.open_program(name="After school", track=Track.TEEN, age_band=AgeBand.MINORS)
    wanted = {"name": "Fridays", "admission": "closed", "starts": clock.today(teens.zone), "capacity": 8}
    cohort = programs.open_cohort(
        program=teens, wanted={**wanted, "ends": clock.today(teens.zone) + timedelta(weeks=8)}
    )
    kit = people.create(alias="Kit")
    programs.graduate(enrollment=programs.enroll(person=kit, cohort=cohort))
    offer = AlumniOffer.objects.of(kit.pk).get()
    assert (offer.group.kind, offer.group.program) == (Kind.ALUMNI, teens)
    assert browser(kit).post(f"/groups/offers/{offer.pk}/answer/", {"answer": "yes"}).status_code == 302
    held = Membership.objects.current().of(kit.pk).exclude(group__cohort=cohort)
    assert [seat.group for seat in held] == [offer.group]
    for grown in (world.ana, world.ben, world.dana):
        assert browser(grown).get(f"/groups/{offer.group.pk}/").status_code == 404
    assert browser(kit).get(f"/groups/{world.alumni.pk}/").status_code == 404


def test_today_offers_the_room_and_the_page_says_what_it_is(world: World, offer: AlumniOffer) -> None:
    client = browser(world.ana)
    assert f"/groups/offers/{offer.pk}/" in client.get("/today/").content.decode()
    shown = client.get(f"/groups/offers/{offer.pk}/").content.decode()
    for words in ("After Tuesday", "3 people", "Dana", "Cy", "What they see of you", "How to change your mind"):
        assert words in shown, words


def test_yes_keeps_the_agreement_and_opens_the_seat(world: World, offer: AlumniOffer) -> None:
    answer = browser(world.ana).post(f"/groups/offers/{offer.pk}/answer/", {"answer": "yes", "alias": "Ana"})
    assert answer.headers["Location"] == f"/groups/{world.alumni.pk}/"
    record = ConsentRecord.objects.live().of(world.ana.pk).get()
    assert (record.subject, record.language) == (f"group:{world.alumni.pk}", "en")
    assert seats(world).get().alias == "Ana"


def test_the_record_names_the_language_the_page_was_shown_in(world: World, offer: AlumniOffer) -> None:
    browser(world.ana).post(f"/groups/offers/{offer.pk}/answer/", {"answer": "yes"}, headers={"accept-language": "es"})
    assert ConsentRecord.objects.live().of(world.ana.pk).get().language == "es"


def test_another_name_is_for_that_room_alone(world: World, offer: AlumniOffer) -> None:
    browser(world.ana).post(f"/groups/offers/{offer.pk}/answer/", {"answer": "yes", "alias": "Rowan"})
    assert (seats(world).get().alias, world.seat(world.ana, world.tuesday).alias) == ("Rowan", "Ana")


def test_a_name_that_is_taken_there_is_said_and_changes_nothing(world: World, offer: AlumniOffer) -> None:
    answer = browser(world.ana).post(f"/groups/offers/{offer.pk}/answer/", {"answer": "yes", "alias": "Ben"})
    assert answer.status_code == 422
    assert (
        "Somebody in this group already goes by this name, or one like it. Please choose another."
        in answer.content.decode()
    )
    assert not seats(world).exists()
    assert not ConsentRecord.objects.of(world.ana.pk).exists()


def test_not_now_is_asked_once_more_and_never_again(world: World, offer: AlumniOffer) -> None:
    client, path = browser(world.ana), f"/groups/offers/{offer.pk}/"
    assert client.post(f"{path}answer/", {"answer": "not_now"}).headers["Location"] == "/today/"
    assert path not in client.get("/today/").content.decode()
    with clock.turned(by=timedelta(days=31)):
        later = browser(world.ana)
        assert path in later.get("/today/").content.decode()
        later.post(f"{path}answer/", {"answer": "not_now"})
    with clock.turned(by=timedelta(days=80)):
        assert path not in browser(world.ana).get("/today/").content.decode()


@pytest.mark.parametrize("said", [{}, {"answer": ""}, {"answer": "maybe"}, {"answer": "YES"}])
def test_what_is_no_answer_changes_nothing(world: World, offer: AlumniOffer, said: dict[str, str]) -> None:
    assert browser(world.ana).post(f"/groups/offers/{offer.pk}/answer/", said).status_code == 422
    offer.refresh_from_db()
    assert (offer.answer, offer.asks_again) == ("", None)
    assert not seats(world).exists()


def test_an_offer_of_somebody_else_is_not_there(world: World, offer: AlumniOffer) -> None:
    for client in (browser(world.ben), browser(world.eli)):
        for method, path in (("get", "{}/"), ("post", "{}/answer/")):
            theirs, none = (
                getattr(client, method)(f"/groups/offers/{path.format(found)}") for found in (offer.pk, uuid4())
            )
            assert (theirs.status_code, none.status_code) == (404, 404)
    assert not seats(world).exists()


def test_taking_the_agreement_back_ends_the_seat_at_once(world: World, offer: AlumniOffer) -> None:
    client = browser(world.ana)
    client.post(f"/groups/offers/{offer.pk}/answer/", {"answer": "yes"})
    record = ConsentRecord.objects.live().of(world.ana.pk).get()
    assert "Take this back" in client.get("/settings/agreements/").content.decode()
    client.post(f"/settings/agreements/{record.pk}/take-back/")
    assert not seats(world).exists()
    shown = client.get("/settings/agreements/").content.decode()
    assert "Taken back" in shown
    assert "Take this back" not in shown


def test_an_agreement_of_somebody_else_is_not_there(world: World, offer: AlumniOffer) -> None:
    browser(world.ana).post(f"/groups/offers/{offer.pk}/answer/", {"answer": "yes"})
    record = ConsentRecord.objects.live().of(world.ana.pk).get()
    assert browser(world.ben).post(f"/settings/agreements/{record.pk}/take-back/").status_code == 404
    assert seats(world).exists()


def test_offers_by_rest_cost_the_same_however_many_they_are(world: World, offer: AlumniOffer) -> None:
    def asked() -> int:
        script = Script(world.ana)
        with CaptureQueriesContext(connection) as questions:
            answer = script.get("alumni-offers")
        assert len(answer.json()["results"]) == AlumniOffer.objects.of(world.ana.pk).count()
        return len(questions)

    before = asked()
    for program in (world.other, programs.open_program(name="Mornings", track="dual")):
        wanted = {"name": "One", "admission": "rolling", "starts": clock.today(program.zone), "capacity": 9}
        cohort = programs.open_cohort(program=program, wanted=wanted)
        programs.graduate(enrollment=programs.enroll(person=world.ana, cohort=cohort))
    assert asked() == before == 4  # token, offers, people, who keeps them


def test_agreements_cost_two_questions_however_many_there_are(world: World, offer: AlumniOffer) -> None:
    client = browser(world.ana)
    client.post(f"/groups/offers/{offer.pk}/answer/", {"answer": "yes"})
    with CaptureQueriesContext(connection) as asked:
        client.get("/settings/agreements/")
    assert sum("consent" in row["sql"] for row in asked) == 2  # all of them, and which ask again
