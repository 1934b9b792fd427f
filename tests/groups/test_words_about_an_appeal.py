"""Until an appeal is decided both sides may write: three messages each way, and neither learns more than before."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from community.audit.models import AuditEntry
from community.cases.plans import Priority
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing
from community.notices.models import Notice
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import StaffRole
from community.safety.models import Sign
from groups.demo.services import World
from groups.moderation import services as moderation
from groups.moderation.models import Appeal, AppealMessage, Decision
from groups.moderation.plans import Action, Side
from groups.moderation.rules import appeals_for, said_in
from groups.moderation.services.conversing import WROTE_ON
from groups.moderation.services.deciding import DECIDED
from tests.doors import ALL, Script, browser, problem, say
from tests.groups.copies import copy_of
from tests.groups.reports import decided, told_of, worker

QUERIES = 9  # also for three
CRY = "I want to kill myself tonight"


@pytest.fixture
def made(world: World) -> Decision:
    """Ben does not write in a room for a week, and asked about it."""
    row = decided(world, told_of(world.ana, say(world.ben, world.tuesday, "You are nothing.")), Action.MUTE, amount=7)
    moderation.appeal(decision=row, by=world.ben, words="It was a joke between us.")
    return row


def writes(world: World, made: Decision, words: object) -> AppealMessage:
    said = moderation.write_on(decision=made, by=world.ben, words=words)
    if said.refusal is not None:
        raise said.refusal
    assert said.message is not None
    return said.message


def said(made: Decision) -> list[tuple[str, str]]:
    return [(turn.side, turn.words) for turn in said_in(Appeal.objects.get(pk=made.pk))]


def told(person: Person, kind: str, made: Decision) -> int:
    return Notice.objects.filter(person=person, kind=kind, about=made.pk).unseen().count()


def test_three_messages_each_way_stand_in_the_order_they_were_written(world: World, made: Decision) -> None:
    moderation.ask_back(decision=made, by=world.cy, words="Did Ana know that it was one?")
    writes(world, made, "She laughed.")
    writes(world, made, "And she wrote so an hour later.")
    moderation.ask_back(decision=made, by=world.cy, words="Thank you. I will read that.")
    moderation.decide_appeal(decision=made, by=world.cy, answer="lifted", words="You are right.")
    assert said(made) == [
        (Side.ASKED, "It was a joke between us."),
        (Side.LOOKS, "Did Ana know that it was one?"),
        (Side.ASKED, "She laughed."),
        (Side.ASKED, "And she wrote so an hour later."),
        (Side.LOOKS, "Thank you. I will read that."),
        (Side.LOOKS, "You are right."),
    ]


def test_a_fourth_message_is_refused_and_what_stands_is_kept(world: World, made: Decision) -> None:
    for words in ("Two.", "Three."):
        writes(world, made, words)
    with pytest.raises(Conflict, match="three") as refused:
        writes(world, made, "Four.")
    assert refused.value.code == "most"
    assert len(said(made)) == 3


def test_who_looks_again_asks_twice_between_them_so_that_the_answer_is_the_third(world: World, made: Decision) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    moderation.ask_back(decision=made, by=world.cy, words="What happened before?")
    moderation.ask_back(decision=made, by=fay, words="And after?")
    for one in (world.cy, fay):
        with pytest.raises(Conflict) as refused:
            moderation.ask_back(decision=made, by=one, words="And then?")
        assert refused.value.code == "most"
    moderation.decide_appeal(decision=made, by=fay, answer="stands", words="We stay with it.")
    assert [side for side, _words in said(made)].count(Side.LOOKS) == 3


def test_the_same_words_twice_are_one_message(world: World, made: Decision) -> None:
    writes(world, made, "Please.")
    for again in ("Please.", "It was a joke between us."):
        with pytest.raises(Conflict) as refused:
            writes(world, made, again)
        assert refused.value.code == "said"
    moderation.ask_back(decision=made, by=world.cy, words="Why?")
    with pytest.raises(Conflict):
        moderation.ask_back(decision=made, by=world.cy, words="Why?")
    assert AppealMessage.objects.count() == 2


def test_once_it_is_decided_nobody_writes(world: World, made: Decision) -> None:
    moderation.decide_appeal(decision=made, by=world.cy, answer="stands", words="We stay with it.")
    with pytest.raises(Conflict) as refused:
        writes(world, made, "But.")
    assert refused.value.code == "again"
    with pytest.raises(Conflict):
        moderation.ask_back(decision=made, by=world.cy, words="One more thing.")
    assert not AppealMessage.objects.exists()


def test_nobody_else_writes_and_bad_words_change_nothing(world: World, made: Decision) -> None:
    for nobody in (world.ana, world.cy, world.dana, world.eli):
        with pytest.raises(Missing):
            moderation.write_on(decision=made, by=nobody, words="Mine.")
    for nobody in (world.ben, world.ana, world.eli, world.dana):  # Dana decided it
        with pytest.raises(Missing):
            moderation.ask_back(decision=made, by=nobody, words="Mine.")
    for wrong in (" ", "x" * 2001, 5):
        with pytest.raises(Invalid):
            writes(world, made, wrong)
        with pytest.raises(Invalid):
            moderation.ask_back(decision=made, by=world.cy, words=wrong)
    assert not AppealMessage.objects.exists()


def test_without_an_appeal_there_is_nothing_to_write_to(world: World) -> None:
    row = decided(world, told_of(world.ana, say(world.ben, world.tuesday)), Action.HIDE)
    with pytest.raises(Missing):
        writes(world, row, "Mine.")
    with pytest.raises(Missing):
        moderation.ask_back(decision=row, by=world.cy, words="Mine.")


def test_each_side_is_told_that_there_is_something_to_read_and_nothing_of_it(world: World, made: Decision) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    Notice.objects.all().delete()
    writes(world, made, "She laughed.")
    assert not Notice.objects.filter(kind=WROTE_ON).exists(), "it stands at the desk, and nobody wrote to him yet"
    moderation.ask_back(decision=made, by=world.cy, words="Who laughed?")
    assert told(world.ben, DECIDED, made) == 1
    writes(world, made, "Ana did.")
    assert (told(world.cy, WROTE_ON, made), told(fay, WROTE_ON, made)) == (1, 0)
    page = browser(world.cy).get("/notices/").content.decode()
    assert "Somebody wrote more about a decision you look at again." in page
    assert "Ana did" not in page


def test_who_may_not_decide_it_any_more_is_not_told(world: World, made: Decision) -> None:
    fay = worker("Fay", world.evening, StaffRole.FACILITATOR)
    moderation.ask_back(decision=made, by=fay, words="Who laughed?")
    programs.dismiss(appointment=fay.appointments.get(), by=None)
    writes(world, made, "Ana did.")
    assert told(fay, WROTE_ON, made) == 0


def test_the_seven_days_go_on_and_the_list_keeps_its_order(world: World, made: Decision) -> None:
    due = Appeal.objects.get().due
    with clock.turned(timedelta(days=2)):
        moderation.ask_back(decision=made, by=world.cy, words="Who laughed?")
        writes(world, made, "Ana did.")
    assert Appeal.objects.get().due == due
    assert [row.pk for row in appeals_for(world.cy)] == [made.pk]


def test_the_words_are_encrypted_and_the_audit_holds_none_of_them(world: World, made: Decision) -> None:
    writes(world, made, "She laughed.")
    moderation.ask_back(decision=made, by=world.cy, words="Who laughed?")
    assert not any("laughed" in sealed for sealed in AppealMessage.objects.values_list("words_sealed", flat=True))
    entries = AuditEntry.objects.filter(action__startswith="appeal.message_").order_by("number")
    assert [(one.action, one.actor, one.subject) for one in entries] == [
        ("appeal.message_asked", world.ben.pk, f"decision:{made.pk}"),
        ("appeal.message_looks", world.cy.pk, f"decision:{made.pk}"),
    ]


def test_both_pages_show_all_of_it_and_who_looks_again_stays_unnamed(world: World, made: Decision) -> None:
    ben, cy = browser(world.ben), browser(world.cy)
    mine, theirs = f"/decisions/{made.pk}/", f"/desk/appeals/{made.pk}/"
    assert "You can write 2 more messages" in ben.get(mine).content.decode()
    assert cy.post(f"{theirs}ask/", {"question": "Who laughed?"}).headers["Location"] == theirs
    assert ben.post(f"{mine}write/", {"words": "Ana did."}).headers["Location"] == mine
    for page in (ben.get(mine).content.decode(), cy.get(theirs).content.decode()):
        main = page.split("<main", 1)[1].split("</main", 1)[0]
        places = [main.index(words) for words in ("It was a joke between us.", "Who laughed?", "Ana did.")]
        assert places == sorted(places)
        assert "1 more message" in main
    main = ben.get(mine).content.decode().split("<main", 1)[1].split("</main", 1)[0]
    assert not re.search(r"\bCy\b", main)  # by no chance in a token
    assert "Somebody who looks at it again" in ben.get(mine).content.decode()


def test_what_is_wrong_stands_on_the_page_with_the_words_kept(world: World, made: Decision) -> None:
    ben, cy = browser(world.ben), browser(world.cy)
    mine, theirs = f"/decisions/{made.pk}/", f"/desk/appeals/{made.pk}/"
    writes(world, made, "Two.")
    again = ben.post(f"{mine}write/", {"words": "Two."})
    assert (again.status_code, "This was said already" in again.content.decode()) == (422, True)
    assert ben.post(f"{mine}write/", {"words": ""}).status_code == 422
    assert cy.post(f"{theirs}ask/", {"question": ""}).status_code == 422
    moderation.decide_appeal(decision=made, by=world.cy, answer="stands", words="No.")
    for late in (ben.post(f"{mine}write/", {"words": "But."}), cy.post(f"{theirs}ask/", {"question": "But."})):
        assert (late.status_code, "This was answered already." in late.content.decode()) == (422, True)
    assert "<textarea" not in ben.get(mine).content.decode()
    assert ben.get(f"{mine}write/").status_code == cy.get(f"{theirs}ask/").status_code == 405


def test_the_whole_way_works_by_rest(world: World, made: Decision) -> None:
    ben, cy = Script(world.ben, ALL), Script(world.cy, ALL)
    asks = cy.post(f"appeals/{made.pk}/messages", {"words": "Who laughed?"})
    assert asks.status_code == 201
    answer = ben.post(f"decisions/{made.pk}/appeal/messages", {"words": "Ana did."})
    assert answer.status_code == 201
    assert [(one["side"], one["words"]) for one in answer.json()["appeal"]["messages"]] == said(made)
    assert "by" not in str(answer.json()["appeal"]["messages"][1].keys())
    assert ben.post(f"decisions/{made.pk}/appeal/messages", {"words": "And I did."}).status_code == 201
    problem(ben.post(f"decisions/{made.pk}/appeal/messages", {"words": "Four."}), 409, "most")
    problem(ben.post(f"decisions/{made.pk}/appeal/messages", {"words": " "}), 422, "blank")
    problem(ben.post(f"appeals/{made.pk}/messages", {"words": "Mine."}), 404, "not_found")
    problem(cy.post(f"decisions/{made.pk}/appeal/messages", {"words": "Mine."}), 404, "not_found")
    problem(cy.post(f"appeals/{uuid4()}/messages", {"words": "Mine."}), 404, "not_found")
    cy.post(f"appeals/{made.pk}/answer", {"answer": "stands", "words": "We stay with it."})
    problem(cy.post(f"appeals/{made.pk}/messages", {"words": "Mine."}), 409, "again")
    problem(ben.post(f"decisions/{made.pk}/appeal/messages", {"words": "But."}), 409, "again")


def test_danger_in_what_is_written_then_shows_help_and_is_told(world: World, made: Decision) -> None:
    sent = browser(world.ben).post(f"/decisions/{made.pk}/write/", {"words": CRY})
    sign = Sign.objects.get()
    assert sent.headers["Location"] == f"/care/{sign.pk}/"
    assert (sign.case.subject, sign.case.priority, sign.case.program) == (world.ben, Priority.P0, world.evening)
    by_rest = Script(world.ben, ALL).post(f"decisions/{made.pk}/appeal/messages", {"words": f"{CRY}."})
    assert by_rest.json()["care"]["kind"] == "life"


def test_danger_in_words_that_come_too_late_is_heard_all_the_same(world: World, made: Decision) -> None:
    moderation.decide_appeal(decision=made, by=world.cy, answer="stands", words="We stay with it.")
    sent = browser(world.ben).post(f"/decisions/{made.pk}/write/", {"words": CRY})
    sign = Sign.objects.get()
    assert sent.headers["Location"] == f"/care/{sign.pk}/"
    late: dict[str, Any] = Script(world.ben, ALL).post(f"decisions/{made.pk}/appeal/messages", {"words": CRY}).json()
    assert (late["code"], late["care"]["kind"]) == ("again", "life")
    assert not AppealMessage.objects.exists()
    assert Sign.objects.count() == 1


def test_who_is_out_of_every_room_writes_too(world: World) -> None:
    row = decided(world, told_of(world.ana, say(world.ben, world.tuesday)), Action.SUSPEND, amount=24)
    moderation.appeal(decision=row, by=world.ben, words="It was a joke.")
    world.ben.refresh_from_db()
    assert browser(world.ben).post(f"/decisions/{row.pk}/write/", {"words": "Please."}).status_code == 302
    sent = Script(world.ben, ALL).post(f"decisions/{row.pk}/appeal/messages", {"words": "Please, look at it."})
    assert sent.status_code == 201


def test_my_copy_holds_what_i_wrote_and_nothing_of_what_came_back(world: World, made: Decision) -> None:
    moderation.ask_back(decision=made, by=world.cy, words="Who laughed?")
    writes(world, made, "Ana did.")
    copy = copy_of(world.ben)
    (mine,) = copy.chapters["appeals"]
    assert (mine["words"], [one["words"] for one in mine["further"]]) == ("It was a joke between us.", ["Ana did."])
    assert "Ana did." in copy.page
    assert "Who laughed?" not in str(copy.data)


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_by_rest_asks_as_much_for_one_as_for_three(
    world: World, many: int, django_assert_num_queries: Any
) -> None:
    for _number in range(many):
        row = decided(world, told_of(world.ana, say(world.ben, world.tuesday)), Action.HIDE)
        moderation.appeal(decision=row, by=world.ben, words="Please.")
        moderation.ask_back(decision=row, by=world.cy, words="Why?")
    cy = Script(world.cy, ALL)
    cy.get("appeals")
    with django_assert_num_queries(QUERIES):
        assert len(cy.get("appeals").json()["results"]) == many
