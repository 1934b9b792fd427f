"""What a rule does with words before they go: it asks, covers or holds, and nothing is ever dropped."""

from uuid import uuid4

import pytest

from community.cases.models import Case
from community.cases.plans import Reason
from community.foundation.errors import NotAllowed
from community.paging.models import Page
from community.programs.models import AgeBand, Program, Track
from community.safety.models import Finding
from community.safety.plans import Deed, deed_of
from community.safety.rules import Weighed, weigh
from groups.chat import services as chat
from groups.chat.desk import CareNudge, Outcome
from groups.chat.models import Message, Removed
from groups.demo.services import World
from tests.doors import Script, browser, problem, say

PHONE = "call me at 415-555-0132"
OFFER = "I can sell you some oxys"
INVITE = "join us at discord.gg/abcdef"
OWN = (
    "My doctor put me on 8 mg of my prescription again.",
    "I crave it every night and I used yesterday.",
    "I saw my old dealer at the bus stop.",
    "Call 988 or text HOME to 741741.",
    "90 days today! Meet at 6:30 in room 214.",
)


def track(world: World, track: Track, band: str = "") -> None:
    Program.objects.filter(pk=world.evening.pk).update(track=track, age_band=band)


def send(world: World, body: str) -> Outcome:
    one = chat.draft(author_id=world.ana.pk, group_id=world.tuesday.pk, key=uuid4(), body=body)
    return chat.offer(draft=one, limited=False)


@pytest.mark.parametrize("body", OWN)
@pytest.mark.parametrize("kind", [Track.ADDICTION, Track.MENTAL_HEALTH, Track.TEEN, Track.EATING_DISORDER])
def test_what_people_come_here_to_say_is_never_asked_about_covered_or_held(body: str, kind: Track) -> None:
    weighed = weigh(body, track=kind, seen=False, noted=False)
    assert weighed == Weighed()


def test_a_way_to_reach_somebody_is_asked_about_and_then_sent_as_it_is(world: World) -> None:
    script, where = Script(world.ana), f"groups/{world.tuesday.pk}/messages"
    one = {"key": str(uuid4()), "body": PHONE}
    nudge = problem(script.post(where, one), 409, "care_nudge")["nudge"]
    assert nudge["labels"] == ["pii_phone"]
    assert [PHONE[start:end] for start, end in nudge["spans"]] == ["415-555-0132"]
    assert not Message.objects.exists()
    sent = script.post(where, {**one, "care_seen": True})
    assert (sent.status_code, sent.json()["body"]) == (201, PHONE)
    assert not Case.objects.exists()


def test_by_page_the_words_stay_with_a_press_that_sends_them_as_they_are(world: World) -> None:
    client, where = browser(world.ana), f"/groups/{world.tuesday.pk}/post/"
    asked = client.post(where, {"key": str(uuid4()), "body": PHONE})
    assert asked.status_code == 409
    assert b"Send it as it is" in asked.content
    assert PHONE.encode() in asked.content
    client.post(where, {"key": str(uuid4()), "body": PHONE, "care_seen": "1"})
    assert Message.objects.get().body == PHONE


def test_an_offer_waits_and_a_person_looks_at_it_with_the_words(world: World) -> None:
    said = Script(world.ana).post(f"groups/{world.tuesday.pk}/messages", {"key": str(uuid4()), "body": OFFER}).json()
    assert said["removed"] == "held"
    assert "held" in said
    case, finding = Case.objects.get(), Finding.objects.get()
    assert (case.reason, case.subject, finding.deed) == (Reason.SOURCING, world.ana, Deed.HOLD)
    assert [line.words for line in finding.shown] == [OFFER]
    assert not Page.objects.filter(case=case).exists()
    page = browser(world.dana).get(f"/desk/queue/{case.pk}/").content.decode()
    assert "A rule did this by itself" in page


def test_a_facilitator_lets_held_words_stand(world: World) -> None:
    message = say(world.ana, world.tuesday, INVITE)
    assert message.removed == Removed.HELD
    assert chat.release(person=world.dana, message=message).removed is None


def test_who_keeps_the_room_is_asked_nothing(world: World) -> None:
    assert say(world.dana, world.tuesday, f"Our number here: {PHONE}").removed is None


def test_among_teens_a_way_to_reach_somebody_waits(world: World) -> None:
    track(world, Track.TEEN, AgeBand.MINORS)
    assert say(world.ana, world.tuesday, PHONE).removed == Removed.HELD
    assert Case.objects.get().reason == Reason.IDENTITY


def test_where_numbers_hurt_they_are_asked_about_and_then_covered(world: World) -> None:
    track(world, Track.EATING_DISORDER)
    body = "I weigh 98 lbs now and hate it"
    with pytest.raises(CareNudge):
        say(world.ana, world.tuesday, body)
    message = say(world.ana, world.tuesday, body, care_seen=True)
    assert "98" not in (message.body or "")
    assert "[covered]" in (message.body or "")
    assert "98" not in (message.sought or "")


def test_the_same_key_is_the_same_message_though_its_words_were_covered(world: World) -> None:
    track(world, Track.EATING_DISORDER)
    one = chat.draft(
        author_id=world.ana.pk, group_id=world.tuesday.pk, key=uuid4(), body="I weigh 98 lbs now", care_seen=True
    )
    first, again = (chat.offer(draft=one, limited=False) for _ in range(2))
    assert (again.repeat, again.message) == (True, first.message)


def test_words_are_not_changed_into_what_would_wait(world: World) -> None:
    message = say(world.ana, world.tuesday, "See you there.")
    with pytest.raises(NotAllowed):
        chat.edit(author=world.ana, message=message, body=OFFER)
    assert Message.objects.get().body == "See you there."


def test_words_that_are_asked_about_are_heard_all_the_same(world: World) -> None:
    outcome = send(world, f"I want to kill myself tonight. {PHONE}")
    assert isinstance(outcome.refusal, CareNudge)
    assert Case.objects.get().reason == Reason.SELF_HARM


def test_every_rule_gives_a_deed_in_every_track_or_none_at_all() -> None:
    for kind in Track:
        for label in ("pii_phone", "sourcing", "method_detail", "numbers_ed", "harassment", "use_detail", "other"):
            for seen in (False, True):
                deed = deed_of(label, kind, seen=seen, noted=False)
                assert deed is None or deed in Deed
                assert not (seen and deed == Deed.NUDGE)
