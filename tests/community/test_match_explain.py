"""``manage.py match --explain --program``: who would be left there today, and what would let each have somebody."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.consent.models import ConsentRecord
from community.foundation import clock
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor, MentorRequest
from community.people import services as people
from groups.demo.services import World
from tests.community.matches import another
from tests.community.mentoring import active, asked
from tests.community.test_match_batches import others
from tests.tables import rows

ROOT = Path(__file__).parents[2]


def explained(name: str = "Evening program") -> dict[str, Any]:
    said = StringIO()
    call_command("match", "--explain", "--program", name, stdout=said)
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def left(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = explained(world.evening.name)["left"]
    return found


def test_a_language_that_alone_is_in_the_way_is_told_with_the_mentor_who_is_missing(world: World) -> None:
    active(world)
    asked(world.ana, world.evening, languages=["ko"])
    before = rows()
    assert explained() == {
        "program": "Evening program",
        "waiting": 1,
        "matched": 0,
        "left": [
            {
                "alias": "Ana",
                "days_waiting": 0,
                "why": "nobody_fits",
                "one_more_place": [],
                "only": [{"code": "language", "about": ["Korean"], "says": "No language of both"}],
                "one_more": ["One more mentor who speaks Korean"],
            }
        ],
    }
    assert rows() == before


def test_where_places_are_taken_it_says_with_whom_one_more_would_do(world: World) -> None:
    first = asked(world.ana, world.evening)
    active(world, capacity=1)
    another(world, "Rue")
    others(world, 2, first)
    (last,) = left(world)
    assert (last["why"], last["one_more_place"]) == ("places_taken", ["Ben", "Rue"])
    assert (last["only"], last["one_more"]) == ([], [])


def test_whoever_needs_a_gender_is_told_of_with_it_and_why_a_mentor_says_not_now_is_told_of_nobody(
    world: World,
) -> None:
    active(world, gender="man")
    asked(world.ana, world.evening, wish_kind="need", wish_of=["woman"])
    (ana,) = left(world)
    assert (ana["only"], ana["one_more"]) == ([], ["One more mentor who speaks English (Woman)"])
    Mentor.objects.update(not_now=True)
    assert left(world) == [ana]


def test_nothing_of_what_stands_between_two_people_is_told(world: World) -> None:
    active(world)
    asked(world.ana, world.evening)
    people.block(person=world.ana, other=world.ben)
    (ana,) = left(world)
    assert (ana["only"], ana["why"]) == ([], "nobody_fits")
    assert "Ben" not in json.dumps(ana)


def test_no_mentor_is_asked_for_whom_no_mentor_could_help(world: World) -> None:
    active(world)
    asked(world.ana, world.evening)
    ConsentRecord.objects.live().filter(person=world.ana, purpose="matched").update(revoked=clock.now())
    (ana,) = left(world)
    assert ([rule["code"] for rule in ana["only"]], ana["one_more"]) == (["not_opted_in"], [])


def test_it_says_sponsor_where_the_program_does(world: World) -> None:
    active(world)
    asked(world.ana, world.evening, languages=["ko"])
    mentoring.set_policy(program=world.evening, wanted={"word": "sponsor"})
    assert left(world)[0]["one_more"] == ["One more sponsor who speaks Korean"]


def test_nobody_of_another_program_is_told_of_and_no_word_anybody_wrote(world: World) -> None:
    active(world)
    asked(world.ana, world.evening, languages=["ko"], hopes="Somebody who laughs.", values=["hiking"])
    asked(world.eli, world.other)
    told = json.dumps(explained())
    assert not [words for words in ("Eli", "laughs", "hiking", str(world.ana.pk)) if words in told]


def test_it_asks_as_many_questions_for_many_as_for_few(world: World) -> None:
    first = asked(world.ana, world.evening, languages=["ko"])
    active(world)
    with CaptureQueriesContext(connection) as few:
        assert len(left(world)) == 1
    others(world, 5, first)
    MentorRequest.objects.update(languages=["ko"])
    another(world, "Rue")
    with CaptureQueriesContext(connection) as many:
        assert len(left(world)) == 6
    assert len(many) == len(few)


def test_what_it_cannot_answer_is_refused_in_one_line_with_two(world: World) -> None:
    wrong = (
        (["--explain", "--program", "Nowhere"], "no program of this name"),
        (["--program", "Evening program"], "say what"),
        (["--explain"], "say what"),
    )
    for words, said in wrong:
        with pytest.raises(CommandError, match=said) as refused:
            call_command("match", *words, stdout=StringIO())
        assert refused.value.returncode == 2


@pytest.mark.once
def test_a_file_and_a_program_are_not_asked_at_once() -> None:
    command = [sys.executable, "manage.py", "match", "--dry-run", "one.json", "--program", "Evening program"]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ.copy(), capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, b"")
