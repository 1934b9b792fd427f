"""What two who walk together want from this: said by both, looked at again, and gone when they part."""

from datetime import timedelta
from typing import Any

import pytest

from community.audit.models import AuditEntry
from community.cases.plans import Priority
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, NotAllowed
from community.matches import services as matches
from community.matches.copying import answers
from community.matches.models import AIMS_MOST, Match, MatchCheckIn
from community.matches.plans.codes import State
from community.safety.models import Sign
from groups.demo.services import World
from tests.community.desk import sent, words
from tests.community.matches import again, match_at
from tests.community.test_match_beside import at
from tests.community.test_match_pages import text
from tests.doors import Script
from tests.groups.reports import taken

DANGER = "I am going to kill myself tonight."
SUNDAYS = "A walk every Sunday, and somebody to call before I go quiet."


def aimed(world: World, words: str = SUNDAYS) -> Match:
    """Ana and Ben want this from it."""
    row = match_at(world, State.ACTIVE)
    for person in (world.ana, world.ben):
        matches.aim(match=row, words=words, by=person)
    return again(row)


def test_it_stands_once_both_have_said_the_same(world: World) -> None:
    row = match_at(world, State.INTRODUCTORY)
    matches.aim(match=row, words=SUNDAYS, by=world.ana)
    assert (again(row).aims, again(row).aims_wished) == ("", SUNDAYS)
    matches.aim(match=row, words=SUNDAYS, by=world.ana)
    assert again(row).aims == ""
    matches.aim(match=row, words=SUNDAYS, by=world.ben)
    assert (again(row).aims, again(row).aims_wished) == (SUNDAYS, "")


def test_what_stands_stays_until_both_say_something_else(world: World) -> None:
    row = aimed(world)
    matches.aim(match=row, words="Only Sundays.", by=world.ben)
    assert (again(row).aims, again(row).aims_wished) == (SUNDAYS, "Only Sundays.")
    matches.aim(match=row, words=SUNDAYS, by=world.ben)  # as it stands, after all
    assert (again(row).aims, again(row).aims_wished) == (SUNDAYS, "")


def test_words_that_changed_meanwhile_are_not_agreed_to_unseen(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    matches.aim(match=row, words="Mondays.", by=world.ana)
    matches.aim(match=row, words="Fridays.", by=world.ana)
    matches.aim(match=row, words="Mondays.", by=world.ben)  # what his page showed
    assert (again(row).aims, again(row).aims_wished, again(row).aims_wished_by) == ("", "Mondays.", world.ben)


def test_one_press_on_the_page_agrees(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    assert sent(world.ana, at(row, "aims"), words=SUNDAYS).status_code == 302
    assert "It stands once Ben says so too." in text(words(world.ana, at(row)))
    page = words(world.ben, at(row))
    assert f'<input type="hidden" name="words" value="{SUNDAYS}">' in page
    sent(world.ben, at(row, "aims"), words=SUNDAYS)
    assert again(row).aims == SUNDAYS


@pytest.mark.parametrize("said", ["", "  ", "x" * (AIMS_MOST + 1)])
def test_what_cannot_be_kept_is_said_beside_the_words_which_stay(world: World, said: str) -> None:
    row = match_at(world, State.ACTIVE)
    answer = sent(world.ana, at(row, "aims"), words=said)
    assert answer.status_code == 422
    assert 'id="id_words_error"' in answer.content.decode()
    assert said in answer.content.decode()
    assert again(row).aims_wished == ""


def test_it_is_looked_at_again_when_each_is_asked_how_it_goes(world: World) -> None:
    row = aimed(world)
    with clock.turned(by=timedelta(days=15)):
        assert matches.ask_both(match=row) == 2
    for person in (world.ana, world.ben):
        asked = MatchCheckIn.objects.of(person.pk).get()
        page = text(words(person, f"/mentoring/questions/{asked.pk}/"))
        assert "What you two want from this:" in page
        assert SUNDAYS in page


def test_the_two_alone_read_it_and_it_lies_sealed(world: World) -> None:
    row = aimed(world)
    assert SUNDAYS not in again(row).aims_sealed
    for path in (f"/desk/matching/{world.evening.pk}/", f"/desk/matching/matches/{row.pk}/"):
        assert SUNDAYS not in words(world.dana, path)
    for entry in AuditEntry.objects.all():
        assert SUNDAYS not in str(vars(entry))


def test_it_is_gone_when_they_part(world: World) -> None:
    row = aimed(world)
    matches.aim(match=row, words="Only Sundays.", by=world.ben)
    matches.end(match=row, by=world.ana)
    assert (again(row).aims_sealed, again(row).aims_wished_sealed) == ("", "")


def test_nobody_else_says_what_they_want_and_nobody_after_the_end(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    for nobody in (world.cy, world.dana, world.eli):
        with pytest.raises(NotAllowed):
            matches.aim(match=row, words=SUNDAYS, by=nobody)
        assert sent(nobody, at(row, "aims"), words=SUNDAYS).status_code == 404
    with pytest.raises(Invalid):
        matches.aim(match=row, words=7, by=world.ana)
    matches.end(match=row, by=world.ana)
    with pytest.raises(Conflict):
        matches.aim(match=row, words=SUNDAYS, by=world.ben)


def test_by_rest_it_is_said_and_agreed_to(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    path = f"mentoring/matches/{row.pk}"
    found: dict[str, Any] = Script(world.ana).post(f"{path}/aims", {"words": SUNDAYS}).json()
    assert (found["aims"], found["aims_wished"]) == (None, {"words": SUNDAYS, "mine": True})
    found = Script(world.ben).post(f"{path}/aims", {"words": SUNDAYS}).json()
    assert (found["aims"], found["aims_wished"]) == (SUNDAYS, None)
    assert Script(world.eli).post(f"{path}/aims", {"words": SUNDAYS}).status_code == 404


def test_what_one_said_stands_in_the_copy_of_ones_own(world: World) -> None:
    row = aimed(world)
    matches.aim(match=row, words="Only Sundays.", by=world.ben)
    told = {person.alias: str([one.data for one in answers(person)]) for person in (world.ana, world.ben, world.cy)}
    assert SUNDAYS in told["Ana"]
    assert "Only Sundays." not in told["Ana"]
    assert SUNDAYS in told["Ben"]
    assert "Only Sundays." in told["Ben"]
    assert SUNDAYS not in told["Cy"]


def test_words_of_danger_show_help_at_once_and_staff_are_told(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    answer = sent(world.ana, at(row, "aims"), words=DANGER)
    sign = Sign.objects.get()
    assert answer.headers["Location"] == f"/care/{sign.pk}/"
    assert (sign.person, sign.case.priority) == (world.ana, Priority.P0)
    assert again(row).aims_wished == DANGER, "they stand as they were written"
    sent(world.ben, at(row, "aims"), words=DANGER)
    assert Sign.objects.count() == 1, "who agrees says nothing of themselves"
    taken(sign.case, world.dana)
    read = Script(world.dana, ("moderation",)).get(f"cases/{sign.case_id}").json()["evidence"][0]
    assert (read["where"], read["lines"][0]["words"]) == ("What two who walk together want from this", DANGER)


def test_words_on_several_lines_show_help_as_those_on_one(world: World) -> None:
    """A browser ends lines in its own way; the card is of the words as they are kept."""
    row = match_at(world, State.ACTIVE)
    answer = sent(world.ana, at(row, "aims"), words=f"  A walk.\r\n{DANGER}\r\n")
    assert answer.headers["Location"] == f"/care/{Sign.objects.get().pk}/"
    assert again(row).aims_wished == f"A walk.\n{DANGER}"


def test_by_rest_words_of_danger_come_back_with_the_card_of_who_wrote_them(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    path = f"mentoring/matches/{row.pk}/aims"
    found = Script(world.ana).post(path, {"words": DANGER}).json()
    card = found.pop("care")
    assert (card["id"], found["aims_wished"]) == (str(Sign.objects.get().pk), {"words": DANGER, "mine": True})
    assert card["title"]
    assert any(act["href"] == f"/care/{card['id']}/safe/" for act in card["acts"])
    for person, said in ((world.ben, DANGER), (world.ben, SUNDAYS), (world.ana, SUNDAYS)):
        assert "care" not in Script(person).post(path, {"words": said}).json()


def test_the_page_says_before_anybody_writes_that_danger_is_told(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    assert "You two alone read it, unless it says that somebody is in danger." in text(words(world.ana, at(row)))
    sent(world.ana, at(row, "aims"), words=SUNDAYS)
    assert not Sign.objects.exists()
