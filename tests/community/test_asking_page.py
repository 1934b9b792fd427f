"""The page that asks for a mentor: five short questions, and more for who likes to say more."""

import re
from typing import Any

import pytest

from community.mentoring import services as mentoring
from community.mentoring.models import MentorRequest
from groups.demo.services import World
from tests.community.desk import sent, words
from tests.community.mentoring import active, asked

FEWEST: dict[str, Any] = {"hours": ["1-evening"], "languages": ["en"], "wish_kind": "any", "agrees": "on"}
FOLD = re.compile(r'<details class="said-more"( open)?>(.*?)</details>', re.DOTALL)


def parts(page: str) -> tuple[str, bool, str]:
    """What stands outside the fold, whether that is open, and what stands in it."""
    fold = FOLD.search(page)
    assert fold is not None
    return page[: fold.start()] + page[fold.end() :], bool(fold[1]), fold[2]


def questions(page: str) -> set[str]:
    return set(re.findall(r'<(?:input|textarea|select)[^>]* name="([a-z_]+)"', page)) - {"csrfmiddlewaretoken"}


def ask_page(world: World) -> str:
    return f"/mentoring/ask/{world.evening.pk}/"


def test_five_questions_stand_open_and_the_rest_waits_behind_one_fold(world: World) -> None:
    outside, opened, inside = parts(words(world.ana, ask_page(world)))
    main = outside[outside.index("<main") :]
    assert len(re.findall(r'class="(?:[a-z]+ )?asked(?: [a-z]+)?"', main)) == 5
    with_its_gender = {"wish_kind", "wish_of"}  # one question: who minds it says which
    assert questions(main) - {"agrees"} == {"hours", "languages", *with_its_gender, "pathways", "hopes"}
    assert not opened
    assert questions(inside) == {"style", "gender", "life_stages", "values", "across"}


def test_what_has_to_fit_stands_apart_from_what_would_be_nice(world: World) -> None:
    page = words(world.ana, ask_page(world))
    must, nice = page.split('id="nice"')
    assert {"hours", "languages", "wish_kind"} <= questions(must)
    assert {"pathways", "hopes"} <= questions(nice)
    assert "All of this may stay empty." in nice


def test_a_time_a_language_and_ones_yes_are_all_that_is_needed(world: World) -> None:
    assert sent(world.ana, ask_page(world), **FEWEST).status_code == 302
    row = MentorRequest.objects.get()
    assert (row.hopes, row.pathways, row.gender, row.values) == ("", [], "", [])


def test_a_mentor_says_their_own_gender_in_the_open_since_a_newcomer_may_need_it(world: World) -> None:
    pages = [words(world.ben, f"/mentoring/offer/{world.evening.pk}/")]
    pages.append(words(world.ben, f"/mentoring/mine/{active(world).pk}/"))
    for page in pages:
        outside, _opened, inside = parts(page)
        assert "gender" in questions(outside)
        assert questions(inside) == {"style", "life_stages", "values", "across"}


@pytest.mark.parametrize("name", ["values", "life_stages"])
@pytest.mark.parametrize("typed", ["a\nb\nc\nd\ne\nf\ng", "Dogs\n" + "x" * 41], ids=["too many", "one too long"])
def test_what_is_wrong_within_the_fold_opens_it_and_keeps_what_was_written(world: World, name: str, typed: str) -> None:
    answer = sent(world.ana, ask_page(world), **FEWEST, hopes="Somebody who laughs.", **{name: typed})
    assert answer.status_code == 422
    outside, opened, inside = parts(answer.content.decode())
    assert opened
    assert f'id="id_{name}_error"' in inside
    assert "field-error" not in outside
    assert typed in inside
    assert "Somebody who laughs." in outside
    assert 'value="1-evening" checked' in outside
    assert not MentorRequest.objects.exists()


def test_what_is_wrong_outside_the_fold_leaves_it_closed(world: World) -> None:
    answer = sent(world.ana, ask_page(world), **{**FEWEST, "hours": []})
    outside, opened, _inside = parts(answer.content.decode())
    assert not opened
    assert 'aria-describedby="id_hours_error"' in outside
    assert 'id="id_hours_error"' in outside


def test_the_fold_is_open_where_something_was_said_in_it(world: World) -> None:
    asked(world.ana, world.evening, values=["Dogs"])
    assert parts(words(world.ana, ask_page(world)))[1]
    mentoring.change_request(person=world.ana, request=MentorRequest.objects.get(), wanted={"values": []})
    assert not parts(words(world.ana, ask_page(world)))[1]


def test_who_minds_a_gender_and_names_none_reads_so_where_it_is_asked(world: World) -> None:
    answer = sent(world.ana, ask_page(world), **{**FEWEST, "wish_kind": "need", "wish_of": []})
    assert answer.status_code == 422
    assert 'data-wrong aria-describedby="id_wish_of_error"' in answer.content.decode()


def test_who_ticked_a_gender_and_then_says_it_does_not_matter_is_believed(world: World) -> None:
    assert sent(world.ana, ask_page(world), **{**FEWEST, "wish_kind": "any", "wish_of": ["woman"]}).status_code == 302
    row = MentorRequest.objects.get()
    assert (row.wish_kind, row.wish_of) == ("any", [])
