"""Hoping for a mentor: asked once, kept in line, changed and taken back at no cost, and read by few."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from community.audit.models import AuditEntry
from community.consent import services as consent
from community.consent.models import ConsentRecord, Purpose
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from community.mentoring import services as mentoring
from community.mentoring.models import Closing, MentorRequest
from community.mentoring.rules import mentoring_programs, request_of, request_of_staff
from community.people import services as people
from community.people.models import Identity
from community.programs import services as programs
from community.programs.models import AgeBand, Track
from groups.demo.services import World
from tests.community.desk import administrator, episode, leader_of
from tests.community.mentoring import SAID, asked
from tests.community.test_episodes import at_once
from tests.tables import rows


def kept(row: MentorRequest) -> MentorRequest:
    return MentorRequest.objects.to_show().filter(pk=row.pk).get()


def test_asking_twice_is_asking_once_and_keeps_the_place_in_line(world: World) -> None:
    first = asked(world.ana, world.evening, hopes="Somebody who laughs.")
    with clock.turned(by=timedelta(days=3)):
        again = asked(world.ana, world.evening, hopes="Other words.")
    assert (again.pk, again.asked_at, again.hopes) == (first.pk, first.asked_at, "Somebody who laughs.")
    assert MentorRequest.objects.count() == 1


def test_the_database_holds_one_that_waits_for_each_person_and_program(world: World) -> None:
    row = asked(world.ana, world.evening)
    with pytest.raises(IntegrityError), transaction.atomic():
        MentorRequest.objects.create(
            person=world.ana, program=world.evening, asked_at=row.asked_at, changed=row.changed, zone="UTC"
        )


def test_who_finished_may_ask_too(world: World) -> None:
    assert asked(world.ben, world.evening).is_open


@pytest.mark.parametrize("who", ["cy", "dana", "eli"])
def test_who_was_never_in_the_program_may_not_ask_there(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        asked(getattr(world, who), world.evening)


def test_nobody_is_looked_for_without_their_yes(world: World) -> None:
    before = rows()
    with pytest.raises(Invalid) as refusal:
        mentoring.ask(person=world.ana, program=world.evening, wanted=SAID, agrees=False)
    assert refusal.value.extra["errors"][0]["pointer"] == "/agrees"
    assert rows() == before


@pytest.mark.parametrize("wanted", [{"hopes": "x" * 501}, {"hopes": 5}, {"diagnosis": "x"}, {"languages": []}])
def test_what_cannot_be_asked_changes_nothing(world: World, wanted: dict[str, Any]) -> None:
    before = rows()
    with pytest.raises(Invalid):
        asked(world.ana, world.evening, **wanted)
    assert rows() == before


def test_a_must_is_kept_apart_from_a_hope(world: World) -> None:
    row = asked(world.ana, world.evening, wish_kind="need", wish_of=["woman", "nonbinary"], gender="")
    assert (kept(row).wish_kind, kept(row).wish_of, kept(row).gender) == ("need", ["woman", "nonbinary"], "")


def test_own_words_lie_encrypted(world: World) -> None:
    row = asked(world.ana, world.evening, hopes="Somebody who laughs.", values=["Dogs"], life_stages=["Night shifts"])
    sealed = row.hopes_sealed + row.valued_sealed + row.stages_sealed
    assert not any(word in sealed for word in ("laughs", "Dogs", "Night"))
    assert "laughs" not in repr(AuditEntry.objects.values_list())
    assert kept(row).hopes == "Somebody who laughs."


def test_changing_the_answers_keeps_the_place_in_line(world: World) -> None:
    row = asked(world.ana, world.evening)
    with clock.turned(by=timedelta(days=2)):
        changed = mentoring.change_request(person=world.ana, request=row, wanted={"languages": ["es", "en"]})
    assert (changed.languages, changed.asked_at) == (["en", "es"], row.asked_at)
    assert changed.changed > row.changed


def test_nobody_changes_or_takes_back_anothers(world: World) -> None:
    row = asked(world.ana, world.evening)
    before = rows()
    with pytest.raises(NotAllowed):
        mentoring.change_request(person=world.ben, request=row, wanted={"style": "listener"})
    with pytest.raises(NotAllowed):
        mentoring.withdraw(person=world.ben, request=row)
    assert rows() == before


def test_taking_it_back_costs_nothing(world: World) -> None:
    row = asked(world.ana, world.evening)
    assert mentoring.withdraw(person=world.ana, request=row).closing == Closing.WITHDRAWN
    entries = AuditEntry.objects.count()
    assert mentoring.withdraw(person=world.ana, request=row).closing == Closing.WITHDRAWN
    assert AuditEntry.objects.count() == entries
    assert not ConsentRecord.objects.live().of(world.ana.pk).filter(purpose=Purpose.MATCHED).exists()
    assert asked(world.ana, world.evening).pk != row.pk


def test_what_waits_no_more_is_not_changed(world: World) -> None:
    row = asked(world.ana, world.evening)
    mentoring.withdraw(person=world.ana, request=row)
    with pytest.raises(Conflict):
        mentoring.change_request(person=world.ana, request=row, wanted={"style": "listener"})
    with pytest.raises(Conflict):
        mentoring.mark(request=row, urgent=True, by=world.dana)


def test_taking_the_yes_back_takes_the_request_back(world: World) -> None:
    row = asked(world.ana, world.evening)
    consent.revoke(person=world.ana, record=world.ana.consents.get(purpose=Purpose.MATCHED))
    assert kept(row).closing == Closing.WITHDRAWN


def test_who_leaves_before_the_end_waits_no_more(world: World) -> None:
    row = asked(world.ana, world.evening)
    programs.withdraw(enrollment=episode(world.ana))
    assert kept(row).closing == Closing.LEFT
    assert not ConsentRecord.objects.live().of(world.ana.pk).filter(purpose=Purpose.MATCHED).exists()


def test_who_finishes_goes_on_waiting(world: World) -> None:
    row = asked(world.ana, world.evening)
    programs.graduate(enrollment=episode(world.ana))
    assert kept(row).is_open


def test_staff_let_somebody_go_first(world: World) -> None:
    first = asked(world.ben, world.evening)
    with clock.turned(by=timedelta(hours=1)):
        second = asked(world.ana, world.evening)
    assert list(MentorRequest.objects.open().in_line()) == [first, second]
    mentoring.mark(request=second, urgent=True, by=world.dana)
    assert list(MentorRequest.objects.open().in_line()) == [second, first]


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_only_who_runs_the_program_lets_somebody_go_first(world: World, who: str) -> None:
    row = asked(world.ana, world.evening)
    with pytest.raises(NotAllowed):
        mentoring.mark(request=row, urgent=True, by=getattr(world, who))


def test_a_request_is_read_by_its_person_and_who_runs_the_program(world: World) -> None:
    row, noor, rue = asked(world.ana, world.evening), administrator(), leader_of(world.cohort, "Rue")
    assert request_of(world.ana, row.pk) == row
    assert request_of_staff(world.dana, row.pk) == request_of_staff(noor, row.pk) == row
    for who in (world.ben, world.cy, world.eli, rue):
        with pytest.raises(Missing):
            request_of(who, row.pk)
        with pytest.raises(Missing):
            request_of_staff(who, row.pk)


@pytest.mark.parametrize("minors", [False, True])
def test_nobody_under_age_asks_without_a_guardians_record_whatever_the_policy_says(
    world: World, *, minors: bool
) -> None:
    teens = programs.open_program(name="Compass program", track=Track.TEEN, age_band=AgeBand.MINORS)
    mentoring.set_policy(program=teens, wanted={"minors": minors})
    wanted = {"name": "After school", "admission": "rolling", "starts": clock.today(teens.zone), "capacity": 9}
    kit = people.create(alias="Kit")
    programs.enroll(person=kit, cohort=programs.open_cohort(program=teens, wanted=wanted))
    with pytest.raises(NotAllowed):
        asked(kit, teens)


def test_a_birthday_counts_where_it_is_known(world: World) -> None:
    today = clock.today(world.ana.zone)
    identity = Identity(person=world.ana)
    identity.keep(birth_date=today.replace(year=today.year - 18) + timedelta(days=1))
    identity.save()
    with pytest.raises(NotAllowed):
        asked(world.ana, world.evening)
    with clock.turned(by=timedelta(days=1)):
        assert asked(world.ana, world.evening).is_open


def test_what_was_hoped_for_is_forgotten_ninety_days_later(world: World) -> None:
    row = asked(world.ana, world.evening, hopes="Somebody who laughs.", gender="woman", values=["Dogs"])
    with clock.turned(by=timedelta(days=400)):
        assert mentoring.forget_words() == 0  # it waits
    mentoring.withdraw(person=world.ana, request=row)
    with clock.turned(by=timedelta(days=91)):
        assert mentoring.forget_words() == 1
    assert (kept(row).hopes, kept(row).gender, kept(row).values) == ("", "", [])
    assert kept(row).asked_at == row.asked_at


def test_each_program_somebody_is_in_or_finished_is_named_once(world: World) -> None:
    assert mentoring_programs(world.ana) == mentoring_programs(world.ben) == [world.evening]
    assert mentoring_programs(world.cy) == []


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_ask_at_once_ask_once(world: World) -> None:
    asks = partial(mentoring.ask, person=world.ana, program=world.evening, wanted=SAID, agrees=True)
    assert at_once([asks] * 4) == ["ok"] * 4
    assert MentorRequest.objects.count() == 1
