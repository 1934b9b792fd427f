"""Words that may mean danger: help for who wrote them in the answer, and a person is asked to look."""

from datetime import time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from community.cases import services as cases
from community.cases.models import Case, StepKind
from community.cases.plans import Priority, Reason
from community.foundation import clock
from community.foundation.errors import Missing
from community.notices.models import Notice
from community.paging.models import Call, Page
from community.people.models import Person
from community.safety import services as safety
from community.safety.cards import CARDS
from community.safety.models import Sign
from community.safety.plans import CATEGORIES, REASONS, Kind, kind_of
from community.safety.reading import card_of
from community.safety.screening.packs import patterns
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from tests.community.roster import HOUR, on_call, shift
from tests.conftest import Told
from tests.doors import ALL, Script, browser, problem, say

CRY = "I want to kill myself tonight"
NEAR_USE = "I am about to use, right now"
CHAT = "Thank you all, see you on Thursday."


def kinds(case: Case) -> list[str]:
    """What was told and done; that nobody is on call is paging's affair."""
    return [step.kind for step in case.steps.all() if step.kind != StepKind.OFF_HOURS]


def test_a_cry_stands_as_written_and_opens_one_case_with_the_words(world: World) -> None:
    say(world.ben, world.tuesday, "How is everybody?")
    message = say(world.ana, world.tuesday, CRY)
    case, sign = Case.objects.get(), Sign.objects.get()
    assert (message.body, message.removed) == (CRY, None)
    assert (case.subject, case.reason, case.priority, case.care) == (world.ana, Reason.SELF_HARM, Priority.P0, True)
    assert (sign.case, sign.about, sign.room) == (case, f"message:{message.pk}", world.tuesday.pk)
    assert [(line.words, line.meant) for line in sign.shown] == [("How is everybody?", False), (CRY, True)]
    assert CRY not in sign.kept_sealed


def test_staff_who_are_nearest_are_told_and_the_room_is_told_nothing(world: World) -> None:
    say(world.ana, world.tuesday, CRY)
    told = Notice.objects.filter(kind="needs_a_person_now").values_list("person__alias", flat=True)
    assert list(told) == ["Dana"]


def test_ordinary_words_leave_nothing(world: World) -> None:
    say(world.ana, world.tuesday, CHAT)
    assert not Sign.objects.exists()
    assert not Case.objects.exists()


def test_about_to_use_is_no_alarm_and_never_waits(world: World) -> None:
    message = say(world.ana, world.tuesday, NEAR_USE)
    assert (Case.objects.get().priority, Case.objects.get().reason) == (Priority.P1, Reason.USE)
    assert message.removed is None


def test_a_second_cry_joins_the_open_case_of_its_person(world: World) -> None:
    say(world.ana, world.tuesday, NEAR_USE)
    say(world.ana, world.tuesday, CRY)
    case = Case.objects.get()
    assert (case.priority, Sign.objects.filter(case=case).count()) == (Priority.P0, 2)
    assert kinds(case) == [StepKind.SIGN, StepKind.TOLD_AGAIN]


def test_the_same_message_sent_again_is_one_sign_and_shows_its_card_again(world: World) -> None:
    one = chat.draft(author_id=world.ana.pk, group_id=world.tuesday.pk, key=uuid4(), body=CRY)
    first, again = (chat.post_all(drafts=[one])[0] for _ in range(2))
    assert again.repeat
    assert first.sign == again.sign == Sign.objects.get()


def test_a_short_yes_to_a_plain_question_is_heard_with_the_question(world: World) -> None:
    say(world.dana, world.tuesday, "Ana, are you thinking about killing yourself?")
    say(world.ana, world.tuesday, "yes")
    assert Case.objects.get().subject == world.ana


def test_words_that_are_changed_into_a_cry_are_heard(world: World) -> None:
    message = say(world.ana, world.tuesday, CHAT)
    chat.edit(author=world.ana, message=message, body=CRY)
    assert Sign.objects.get().about == f"message:{message.pk}"


@pytest.mark.parametrize("door", ["page", "rest"])
@pytest.mark.parametrize("why", ["muted", "beside held words", "too late"])
def test_words_that_are_changed_into_a_cry_and_may_not_stand_are_heard(world: World, door: str, why: str) -> None:
    message = say(world.ana, world.tuesday, CHAT)
    later = timedelta(0)
    if why == "muted":
        until = clock.now() + timedelta(days=1)
        membership.restrict(membership=world.seat(world.ana, world.tuesday), by=world.cy, muted_until=until)
    elif why == "beside held words":
        membership.restrict(membership=world.seat(world.ana, world.tuesday), by=world.cy, hold_next=3)
    else:
        later = timedelta(minutes=20)
    with clock.turned(later):
        if door == "page":
            path = f"/groups/{world.tuesday.pk}/messages/{message.pk}/edit/"
            answer = browser(world.ana).post(path, {"body": CRY})
            assert answer.status_code == 403
            assert b"We are glad you wrote this." in answer.content
            assert b"field-error" in answer.content
        else:
            path = f"groups/{world.tuesday.pk}/messages/{message.pk}"
            answer = Script(world.ana, ALL).patch(path, {"body": CRY})
            assert answer.json()["care"]["kind"] == "life"
    sign = Sign.objects.get()
    assert [line.words for line in sign.shown] == [CRY]
    assert Message.objects.get(pk=message.pk).body == CHAT
    assert sign.case.priority == Priority.P0


def test_nobody_elses_words_are_heard_as_theirs(world: World) -> None:
    message = say(world.ben, world.tuesday, CHAT)
    answer = browser(world.ana).post(f"/groups/{world.tuesday.pk}/messages/{message.pk}/edit/", {"body": CRY})
    assert answer.status_code == 403
    assert not Sign.objects.exists()


def test_who_may_not_write_is_heard_all_the_same(world: World) -> None:
    membership.restrict(
        membership=world.seat(world.ana, world.tuesday), by=world.cy, muted_until=clock.now() + timedelta(days=1)
    )
    answer = Script(world.ana).post(f"groups/{world.tuesday.pk}/messages", {"key": str(uuid4()), "body": CRY})
    assert problem(answer, 403, "muted")["care"]["kind"] == "life"
    assert (Message.objects.count(), Case.objects.get().subject) == (0, world.ana)
    assert [line.words for line in Sign.objects.get().shown] == [CRY]


def test_who_writes_too_fast_is_heard_all_the_same(world: World, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "posts": 0}
    one = {"key": str(uuid4()), "body": CRY}
    script = Script(world.ana)
    for _ in range(2):
        answer = script.post(f"groups/{world.tuesday.pk}/messages", one)
        assert answer.json()["care"]["kind"] == "life"
        assert answer.status_code == 429
    assert Sign.objects.get().about == f"draft:{one['key']}"


def test_a_stranger_is_not_heard(world: World) -> None:
    one = chat.draft(author_id=world.eli.pk, group_id=world.tuesday.pk, key=uuid4(), body=CRY)
    chat.post_all(drafts=[one])
    assert chat.heed_unsent(draft=one) is None
    assert not Case.objects.exists()


@pytest.mark.parametrize("body", [CRY, NEAR_USE])
def test_the_answer_by_rest_carries_the_card_for_its_author_alone(world: World, body: str) -> None:
    answer = Script(world.ana).post(f"groups/{world.tuesday.pk}/messages", {"key": str(uuid4()), "body": body}).json()
    assert {"title", "text", "told", "lines", "acts"} <= set(answer["care"])
    assert any(act["href"] == "tel:988" for act in answer["care"]["lines"])
    read = Script(world.ben).get(f"groups/{world.tuesday.pk}/messages").json()
    assert all("care" not in message for message in read["results"])


def test_the_page_shows_the_card_until_it_is_put_away(world: World) -> None:
    client = browser(world.ana)
    posted = client.post(f"/groups/{world.tuesday.pk}/post/", {"key": str(uuid4()), "body": CRY}).headers["Location"]
    assert b"We are glad you wrote this." in client.get(posted).content
    assert b"We are glad you wrote this." not in browser(world.ben).get(posted).content
    client.post(f"/care/{Sign.objects.get().pk}/away/")
    assert b"We are glad you wrote this." not in client.get(posted).content
    assert Case.objects.get().priority == Priority.P0


def test_i_am_safe_makes_it_less_urgent_and_a_person_still_reads(world: World) -> None:
    say(world.ana, world.tuesday, CRY)
    sign = Sign.objects.get()
    for _ in range(2):
        safety.say_safe(sign=sign, by=world.ana)
    case = Case.objects.get()
    assert (case.priority, case.is_open) == (Priority.P1, True)
    assert kinds(case) == [StepKind.TOLD, StepKind.SAYS_SAFE]


def test_i_am_safe_lowers_nothing_that_somebody_else_worries_about_or_has_taken(world: World) -> None:
    say(world.ana, world.tuesday, CRY)
    case = Case.objects.get()
    cases.take(case=case, by=world.dana, version=case.version)
    safety.say_safe(sign=Sign.objects.get(), by=world.ana)
    assert Case.objects.get().priority == Priority.P0


@pytest.mark.parametrize(
    "words",
    [
        "I took too many pills, I can't stay awake",
        "He is at the door right now and he says he will kill me",
        "My sister is hurting her baby right now",
        "I'm going to kill him tonight",
    ],
)
def test_i_am_safe_lowers_nothing_that_is_no_figure_of_speech(world: World, words: str) -> None:
    say(world.ana, world.tuesday, words)
    safety.say_safe(sign=Sign.objects.get(), by=world.ana)
    case = Case.objects.get()
    assert case.priority == Priority.P0
    assert kinds(case)[-1] == StepKind.SAYS_SAFE


def test_i_am_safe_counts_once_it_is_said_of_all_of_it(world: World) -> None:
    said = [say(world.ana, world.tuesday, words) for words in (CRY, "I will end my life tonight")]
    first, second = [Sign.objects.get(about=f"message:{message.pk}") for message in said]
    safety.say_safe(sign=first, by=world.ana)
    assert Case.objects.get().priority == Priority.P0
    safety.say_safe(sign=second, by=world.ana)
    assert Case.objects.get().priority == Priority.P1


@pytest.mark.parametrize("who", ["ben", "dana", "eli"])
def test_a_card_is_its_authors_and_nobody_elses(world: World, who: str) -> None:
    say(world.ana, world.tuesday, CRY)
    sign, other = Sign.objects.get(), getattr(world, who)
    with pytest.raises(Missing):
        safety.say_safe(sign=sign, by=other)
    with pytest.raises(Missing):
        safety.put_away(sign=sign, by=other)
    assert browser(other).get(f"/care/{sign.pk}/").status_code == 404


def test_rest_lists_the_open_cards_and_closes_them(world: World) -> None:
    say(world.ana, world.tuesday, CRY)
    script, sign = Script(world.ana), Sign.objects.get()
    assert [card["id"] for card in script.get("care").json()["results"]] == [str(sign.pk)]
    assert script.post(f"care/{sign.pk}/away").status_code == 200
    assert script.get("care").json() == {"results": []}
    assert script.post(f"care/{sign.pk}/safe").status_code == 200


def test_the_room_is_asked_to_sit_with_somebody_once_a_card(world: World) -> None:
    say(world.ana, world.tuesday, NEAR_USE)
    client, sign = browser(world.ana), Sign.objects.get()
    for _ in range(2):
        client.post(f"/groups/{world.tuesday.pk}/sit/{sign.pk}/")
    assert [one.body for one in Message.objects.filter(body__startswith="Could somebody sit")] != []
    assert Message.objects.filter(body__startswith="Could somebody sit").count() == 1
    assert Sign.objects.count() == 1


def test_who_looks_into_it_reads_the_words_and_what_they_were_taken_for(world: World) -> None:
    say(world.ana, world.tuesday, CRY)
    page = browser(world.dana).get(f"/desk/queue/{Case.objects.get().pk}/").content.decode()
    assert CRY in page
    assert "It is often wrong" in page


def test_every_category_of_the_packs_has_its_card_and_its_reason() -> None:
    known = {pattern.category for found in patterns().values() for pattern in found}
    assert known <= set(CATEGORIES)
    assert set(CARDS) == set(REASONS) == set(Kind)


def test_of_several_signs_the_card_is_that_of_the_most_urgent() -> None:
    assert kind_of(["relapse_risk:about_to_use", "overdose_now:blue"]) == Kind.OVERDOSE
    assert kind_of([]) == Kind.HARD


@pytest.mark.parametrize("kind", Kind)
def test_an_emergency_stands_first_where_minutes_count(world: World, kind: Kind) -> None:
    say(world.ana, world.tuesday, CRY)
    sign = Sign.objects.get()
    sign.kind = kind
    first = card_of(sign).lines[0].href
    assert first == ("tel:911" if CARDS[kind].emergency_first else "tel:988")


def card_says(author: Person) -> str:
    return card_of(Sign.objects.of(author.pk).to_show().latest("made")).told


def test_the_card_names_who_is_on_call_and_they_are_paged(world: World, told: Told) -> None:
    on_call(world.evening, world.dana)
    with told():
        say(world.ana, world.tuesday, CRY)
    assert card_says(world.ana).startswith("Dana is on call and has an update about this.")
    assert {call.person for call in Call.objects.filter(page__case__isnull=False)} == {world.dana}


def test_the_card_says_that_somebody_is_called_only_where_it_rings_and_for_as_long(
    world: World, settings: Settings
) -> None:
    settings.PAGING_WEBHOOK_URL = "https://pager.test/"
    on_call(world.evening, world.dana)
    say(world.ana, world.tuesday, CRY)
    assert card_says(world.ana).startswith("Dana is on call and is called now.")
    with clock.turned(timedelta(minutes=30)):
        assert card_says(world.ana).startswith("Dana is on call and was called at ")
    with clock.turned(5 * HOUR):
        assert card_says(world.ana).startswith("No one is reading right now.")


def test_where_nobody_is_on_call_the_card_says_so_and_when_somebody_is_back(world: World) -> None:
    say(world.ana, world.tuesday, CRY)
    assert card_says(world.ana).startswith("No one is reading right now.")
    assert "look in again" not in card_says(world.ana)
    shift(world.evening, world.dana, starts=HOUR)
    assert "Staff look in again" in card_says(world.ana)


def test_a_shift_nobody_answers_for_names_nobody(world: World) -> None:
    shift(world.evening, world.dana)
    say(world.ana, world.tuesday, CRY)
    assert "Dana" not in card_says(world.ana)


def test_a_hard_time_pages_nobody_and_names_nobody(world: World) -> None:
    on_call(world.evening, world.dana)
    for _ in range(2):
        say(world.ana, world.tuesday, NEAR_USE)
    assert not Page.objects.filter(case__isnull=False).exists()
    assert "Dana" not in card_says(world.ana)


def test_about_to_use_at_one_in_the_morning_says_that_nobody_is_reading_and_from_when_on(world: World) -> None:
    zone = ZoneInfo(world.evening.zone)
    tomorrow = clock.today(world.evening.zone) + timedelta(days=1)
    at_one, at_eight = (clock.on_the_wall(tomorrow, time(hour), zone) for hour in (1, 8))
    with clock.turned(at_one - clock.now()):
        shift(world.evening, world.dana, starts=at_eight - clock.now())
        say(world.ana, world.tuesday, NEAR_USE)
        (card,) = Script(world.ana).get("care").json()["results"]
    assert card["title"] == "You said it out loud. That is the hard part."
    assert card["told"].startswith("No one is reading right now. Staff look in again")
    assert "at 8am. Staff of your program see when they look in" in card["told"]
    assert "Dana" not in card["told"]


def test_who_has_it_stands_on_the_card_of_the_next_cry(world: World) -> None:
    say(world.ana, world.tuesday, CRY)
    case = Case.objects.get()
    cases.take(case=case, by=world.dana, version=case.version)
    say(world.ana, world.tuesday, "I really want to kill myself now")
    assert card_says(world.ana) == "Dana has this in hand."
