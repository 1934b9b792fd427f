"""Words on a card keep the rules of every room they are for, and are read for danger whether they may stand or not."""

from typing import Any

import pytest

from community.foundation.errors import Invalid
from community.milestones import services as milestones
from community.programs.models import Program, Track
from community.safety import services as safety
from community.safety.models import Sign
from groups.celebrations import services as celebrations
from groups.celebrations.models import State
from groups.celebrations.tasks import look_at_due
from groups.chat.cards import refuse_unfit, words_in, words_under
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group, Membership
from tests.doors import Script, browser, problem
from tests.groups.days import _early, cards, focus_of, it_is, question, says_yes  # noqa: F401 - the hour
from tests.groups.test_who_hears_of_days import comes_to
from tests.safety.test_care_before_sending import INVITE, OFFER, PHONE

CRY = f"I want to kill myself tonight. {PHONE}"
METHOD = "Back then I thought of the bridge, of jumping off it."
NO_CARD = "It can’t stand on a card."


def yes(world: World, words: str = "") -> dict[str, object]:
    return {"answer": "yes", "groups": [str(world.tuesday.pk)], "words": words}


@pytest.mark.parametrize("words", [PHONE, INVITE, OFFER])
def test_words_that_would_be_asked_about_or_wait_in_a_room_are_kindly_refused(world: World, words: str) -> None:
    one = question(world.ana)
    with pytest.raises(Invalid):
        celebrations.answer(person=world.ana, celebration=one, groups=[world.tuesday.pk], words=words)
    one.refresh_from_db()
    assert (one.state, one.words) == (State.ASKED, "")


def test_it_is_said_beside_the_words_which_stay_in_the_form(world: World) -> None:
    one = question(world.ana)
    sent = {"groups": [str(world.tuesday.pk)], "words": PHONE}
    answer = browser(world.ana).post(f"/celebrations/{one.pk}/", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert NO_CARD in shown
    assert PHONE in shown
    refused = problem(Script(world.ana).put(f"celebrations/{one.pk}/answer", yes(world, PHONE)), 422, "content")
    assert refused["errors"][0]["pointer"] == "/words"


def test_one_room_that_does_not_take_them_is_enough(world: World) -> None:
    """Where food is what people are here for, numbers hurt; the card is for both."""
    one, other = question(world.ana), Group.objects.get(pk=world.harbor.pk)
    membership.seat(person=world.ana, group=other)
    words, seats = "I weigh 98 lbs now and hate it", Membership.objects.open_to(world.ana.pk)
    strict = seats.select_related("group__program").get(group=other)
    strict.group.program = Program(track=Track.EATING_DISORDER)
    with pytest.raises(Invalid):
        refuse_unfit(words, [seats.get(group=world.tuesday), strict])
    said: dict[str, Any] = {"person": world.ana, "celebration": one, "words": words}
    assert celebrations.answer(groups=[world.tuesday.pk], **said).state == State.YES


def test_danger_in_words_that_are_refused_is_heeded_and_help_is_shown(world: World) -> None:
    one = question(world.ana)
    refused = problem(Script(world.ana).put(f"celebrations/{one.pk}/answer", yes(world, CRY)), 422, "content")
    sign = Sign.objects.of(world.ana.pk).get()
    assert refused["care"]["id"] == str(sign.pk)
    sent = {"groups": [str(world.tuesday.pk)], "words": CRY}
    shown = browser(world.ana).post(f"/celebrations/{one.pk}/", sent).content.decode()
    assert 'id="care"' in shown
    assert Sign.objects.count() == 1


def test_details_of_a_method_are_covered_on_the_card_as_in_any_message(world: World) -> None:
    says_yes(world.ana, world.tuesday, words=f"Still here. {METHOD}")
    for sign in Sign.objects.of(world.ana.pk):
        safety.put_away(sign=sign, by=world.ana)
    with it_is(world.ana, 1):
        look_at_due()
        (card,) = cards(world.tuesday)
    assert "[covered]" in words_under(card)
    assert "Still here." in words_under(card)


LONG = f"{CRY} {'It was a long year. ' * 20}"
UNREAD: dict[str, dict[str, object]] = {
    "too long": {"words": LONG},
    "a group that is none of theirs": {"words": CRY, "groups": ["b1f5f7c2-4f0e-4c1a-9d57-52b6a0c5a111"]},
    "a day that is none": {"words": CRY, "later": "2020-01-01"},
    "only to be looked at": {"words": CRY, "preview": "1"},
}


@pytest.mark.parametrize("why", UNREAD)
def test_danger_in_words_that_are_not_kept_is_heeded_and_its_card_stands_there(world: World, why: str) -> None:
    one = question(world.ana)
    sent = {"groups": [str(world.tuesday.pk)], **UNREAD[why]}
    answer = browser(world.ana).post(f"/celebrations/{one.pk}/", sent)
    assert Sign.objects.of(world.ana.pk).with_open_card().count() == 1
    assert "988" in answer.content.decode()
    one.refresh_from_db()
    assert (one.state, one.words) == (State.ASKED, "")


def test_by_rest_as_well(world: World) -> None:
    one = question(world.ana)
    refused = problem(Script(world.ana).put(f"celebrations/{one.pk}/answer", yes(world, LONG)), 422, "too_long")
    assert refused["care"]["id"] == str(Sign.objects.of(world.ana.pk).with_open_card().get().pk)


def test_danger_in_words_beside_not_this_time_is_heeded_too(world: World) -> None:
    one = question(world.ana)
    said = Script(world.ana).put(f"celebrations/{one.pk}/answer", {"answer": "not_now", "words": CRY}).json()
    assert said["care"]["id"] == str(Sign.objects.of(world.ana.pk).with_open_card().get().pk)
    one.refresh_from_db()
    assert one.state == State.NOT_THIS_TIME


def test_who_looks_first_reads_what_is_covered_and_what_cannot_stand(world: World) -> None:
    one, ana = question(world.ana), browser(world.ana)
    sent = {"groups": [str(world.tuesday.pk)], "words": METHOD, "preview": "1"}
    shown = ana.post(f"/celebrations/{one.pk}/", sent).content.decode()
    assert "[covered]" in shown[shown.index("How it would look") : shown.index("<form class=")]
    assert NO_CARD in ana.post(f"/celebrations/{one.pk}/", {**sent, "words": PHONE}).content.decode()


def test_words_that_would_wait_by_now_are_left_out_and_the_day_stands(world: World) -> None:
    seat = Membership.objects.select_related("group__program").get(group=world.tuesday, person=world.ana)
    assert words_in("Mine.", seat) == "Mine."
    assert words_in(OFFER, seat) == ""


def test_a_card_says_the_name_of_its_room_also_beforehand(world: World) -> None:
    one = question(world.ana)
    seat = world.tuesday.memberships.current().of(world.ana.pk).get()
    type(seat).objects.filter(pk=seat.pk).update(alias="Anouk")
    shown = browser(world.ana).get(f"/celebrations/{one.pk}/").content.decode()
    assert "Anouk has 30 days" in shown
    assert "Ana has 30 days" not in shown


def test_an_answer_to_a_card_leads_to_it_for_all_but_who_hears_of_no_days(world: World) -> None:
    """Whoever answers cannot tell from it who sits there; whoever hears of none cannot tell that a card is there."""
    says_yes(world.ana, world.tuesday)
    with it_is(world.ana, 1):
        look_at_due()
        (card,) = cards(world.tuesday)
        comes_to(world.cy)
        hears = list(world.tuesday.memberships.current().values_list("hears_days", flat=True))
        assert (False in hears, True in hears) == (True, True)
        where = f"groups/{world.tuesday.pk}/messages"
        answers = {"body": "So glad.", "reply_to": str(card.pk), "key": "b1f5f7c2-4f0e-4c1a-9d57-52b6a0c5a111"}
        said = Script(world.ben).post(where, answers).json()
        assert said["reply_to"]["id"] == str(card.pk)
        for person, leads in ((world.ana, {"id": str(card.pk), "position": card.position}), (world.cy, None)):
            found = {one["body"]: one for one in Script(person).get(where).json()["results"]}
            assert found["So glad."]["reply_to"] == leads
        answer = f"{where}/{said['id']}"
        for person, leads in ((world.ana, {"id": str(card.pk), "position": card.position}), (world.cy, None)):
            given = Script(person).put(f"{answer}/reactions/hug").json()
            assert (given["id"], given["reply_to"]) == (said["id"], leads)
        assert Script(world.cy).put(f"{answer}/pin").json()["reply_to"] is None
        page = browser(world.cy).get(f"/groups/{world.tuesday.pk}/").content.decode()
    assert "So glad." in page
    assert str(card.pk) not in page


def test_a_day_of_a_count_that_ended_is_marked_no_more(world: World) -> None:
    one = question(world.ana)
    celebrations.decline(person=world.ana, celebration=one)
    assert "Mark it" in browser(world.ana).get(f"/celebrations/{one.pk}/").content.decode()
    with it_is(world.ana, 1):
        milestones.begin_anew(person=world.ana, focus=focus_of(world.ana))
        shown = browser(world.ana).get(f"/celebrations/{one.pk}/").content.decode()
        assert "Mark it" not in shown
        assert "Not this time. It stands on your own path." in shown
        problem(Script(world.ana).put(f"celebrations/{one.pk}/answer", yes(world)), 409, "ended")
    one.refresh_from_db()
    assert one.state == State.NOT_THIS_TIME


def test_more_than_three_days_later_no_form_is_there_that_would_be_refused(world: World) -> None:
    one = question(world.ana)
    celebrations.decline(person=world.ana, celebration=one)
    with it_is(world.ana, 5):
        shown = browser(world.ana).get(f"/celebrations/{one.pk}/").content.decode()
    assert 'name="words"' not in shown


def test_of_two_counts_the_question_says_which(world: World) -> None:
    question(world.ana)
    focus = focus_of(world.ana)
    milestones.change(person=world.ana, focus=focus, name="No cigarettes", hides_count=False)
    shown = browser(world.ana).get("/today/").content.decode()
    assert "No cigarettes" in shown
