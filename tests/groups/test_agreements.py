"""What everybody agrees to before they write, taken back: they read on, who leads is told, and one press mends it."""

from collections.abc import Callable

import pytest

from community.audit.models import AuditEntry
from community.consent import services as consent
from community.consent.models import ConsentRecord, Purpose
from community.foundation.errors import Missing, NotAllowed
from community.notices.models import Notice
from community.people.models import Person
from groups.chat import services as chat
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Kind, Membership
from tests.doors import Script, browser, problem, say

BEFORE_WRITING = ["agreement", "duty"]


def taken_back(person: Person, purpose: str = "agreement") -> ConsentRecord:
    record = consent.give(person=person, purpose=purpose)
    return consent.revoke(person=person, record=record)


def told(person: Person, world: World) -> int:
    rows = Notice.objects.of(person.pk).unseen()
    return rows.filter(kind="agreement_taken_back", about=world.tuesday.pk).count()


@pytest.mark.parametrize("purpose", BEFORE_WRITING)
def test_who_takes_it_back_reads_and_does_not_write_until_they_agree_again(world: World, purpose: str) -> None:
    client, room = browser(world.ana), f"/groups/{world.tuesday.pk}/"
    words = say(world.ana, world.tuesday, "Before.")
    record = taken_back(world.ana, purpose)
    page = client.get(room).content.decode()
    assert "Before." in page
    assert "You took an agreement back, so you can read here and not write." in page
    assert "data-composer" not in page
    acts: list[Callable[[], object]] = [
        lambda: say(world.ana, world.tuesday),
        lambda: chat.edit(author=world.ana, message=words, body="After."),
        lambda: chat.react(person=world.ana, message=words, name="hug"),
    ]
    for act in acts:
        with pytest.raises(NotAllowed, match="Agree again"):
            act()
    assert client.post(f"/settings/agreements/{record.pk}/again/").status_code == 302
    assert "data-composer" in client.get(room).content.decode()
    assert say(world.ana, world.tuesday).body


def test_one_of_two_agreed_to_again_is_not_enough(world: World) -> None:
    records = [taken_back(world.ana, purpose) for purpose in BEFORE_WRITING]
    consent.agree_again(person=world.ana, record=records[0])
    with pytest.raises(NotAllowed):
        say(world.ana, world.tuesday)
    consent.agree_again(person=world.ana, record=records[1])
    assert say(world.ana, world.tuesday).body


def test_who_never_agreed_by_themselves_writes_as_before(world: World) -> None:
    assert not ConsentRecord.objects.of(world.ana.pk).exists()
    assert say(world.ana, world.tuesday).body


def test_a_seat_that_begins_meanwhile_only_reads_too(world: World) -> None:
    taken_back(world.eli)
    membership.seat(person=world.eli, group=world.tuesday)
    with pytest.raises(NotAllowed):
        say(world.eli, world.tuesday)


def test_who_leads_is_told_once_and_sees_whom_it_is_about_and_nobody_else_does(world: World) -> None:
    record = taken_back(world.ana)
    assert (told(world.dana, world), told(world.cy, world), told(world.ben, world)) == (1, 0, 0)
    taken_back(world.ana, "duty")
    assert told(world.dana, world) == 1
    path, words = f"/groups/{world.tuesday.pk}/members/", "only reads until they agree again"
    assert words in browser(world.dana).get(path).content.decode()
    assert words not in browser(world.cy).get(path).content.decode()
    assert words not in browser(world.ana).get(path).content.decode()
    consent.agree_again(person=world.ana, record=record)
    assert told(world.dana, world) == 1  # the other one is still taken back
    consent.give(person=world.ana, purpose="duty")
    assert told(world.dana, world) == 0


def test_the_page_says_what_it_ends_before_and_offers_the_way_back_after(world: World) -> None:
    client = browser(world.ana)
    record = consent.give(person=world.ana, purpose="duty")
    before = client.get("/settings/agreements/").content.decode()
    assert "From now on you can read in your groups, and not write, until you agree again." in before
    assert "Agree again" not in before
    client.post(f"/settings/agreements/{record.pk}/take-back/")
    after = client.get("/settings/agreements/").content.decode()
    assert f"/settings/agreements/{record.pk}/again/" in after
    client.post(f"/settings/agreements/{record.pk}/again/", headers={"accept-language": "es"})
    assert ConsentRecord.objects.live().of(world.ana.pk).get().language == "es"
    assert "/again/" not in client.get("/settings/agreements/").content.decode()


def test_nobody_agrees_for_somebody_else_and_a_seat_is_not_agreed_back(world: World) -> None:
    record = taken_back(world.ana)
    assert browser(world.eli).post(f"/settings/agreements/{record.pk}/again/").status_code == 404
    with pytest.raises(Missing):
        consent.agree_again(person=world.eli, record=record)
    seat = consent.revoke(person=world.ben, record=world.ben.consents.get())
    with pytest.raises(NotAllowed):
        consent.agree_again(person=world.ben, record=seat)
    assert not ConsentRecord.objects.live().exists()


def test_by_rest_the_words_are_read_and_agreed_to_again(world: World) -> None:
    record = taken_back(world.ana)
    script = Script(world.ana)
    shown = script.get(f"consents/{record.pk}").json()
    assert shown["terms"] == shown["today"]
    assert any("What you hear here stays here." in line for line in shown["today"])
    again = script.put(f"consents/{record.pk}")
    assert (again.status_code, again.json()["channel"], again.json()["revoked"]) == (200, "api", None)
    assert script.put(f"consents/{record.pk}").json() == again.json()
    problem(Script(world.eli).put(f"consents/{record.pk}"), 404, "not_found")


@pytest.mark.parametrize("by", ["ben", "dana"])
def test_the_agreement_to_an_alumni_room_ends_with_the_seat(world: World, by: str) -> None:
    record = world.ben.consents.get(purpose=Purpose.ALUMNI_ROOM)
    membership.unseat(person=world.ben, group=world.alumni, by=getattr(world, by))
    record.refresh_from_db()
    assert record.revoked is not None
    ended = AuditEntry.objects.get(action="consent.end")
    assert (ended.actor, ended.subject) == (None, f"consent:{record.pk}")


def test_leaving_any_other_room_ends_no_agreement(world: World) -> None:
    record = consent.give(person=world.ana, purpose=Purpose.ROOM, subject=f"cohort:{world.cohort.pk}")
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    record.refresh_from_db()
    assert record.is_live


def test_coming_back_in_with_everything_agreed_to_again_lets_all_seats_write(world: World) -> None:
    for purpose in BEFORE_WRITING:
        taken_back(world.ana, purpose)
    other = membership.open_group(name="Walks", kind=Kind.INTEREST, program=world.evening)
    membership.seat(person=world.ana, group=other)
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)
    sent = {"alias": "Ana", "agreement": "on", "duty": "on"}
    assert browser(world.ana).post(f"/groups/{world.tuesday.pk}/come-back/", sent).status_code == 302
    assert not Membership.objects.current().of(world.ana.pk).filter(agrees=False).exists()
