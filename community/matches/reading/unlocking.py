"""Who would be left in a program, and what would help, as the command tells it: aliases, codes, words in English."""

from typing import Any

from community.matches.desk.unlocking import Locked, Rule, Unlocking
from community.matches.reading.batches import one_more
from community.matches.reading.suggesting import code_words
from community.mentoring.models import LANGUAGE_WORDS
from community.mentoring.rules import sponsors_in
from community.programs.models import Program


def shape_unlocking(program: Program, found: Unlocking) -> dict[str, Any]:
    """In the order of the line. Nothing that anybody wrote is in it."""
    sponsors = sponsors_in([program])
    return {
        "program": program.name,
        "waiting": found.waiting,
        "matched": found.matched,
        "left": [_left(one, sponsors=sponsors) for one in found.left],
    }


def _left(one: Locked, *, sponsors: bool) -> dict[str, Any]:
    return {
        "alias": one.request.person.alias,
        "days_waiting": one.days,
        "why": "places_taken" if one.places else "nobody_fits",
        "one_more_place": sorted(mentor.person.alias for mentor in one.places),
        "only": [_rule(rule) for rule in one.rules],
        "one_more": [one_more(kind.language, kind.gender, sponsors=sponsors) for kind in one.mentors],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    about = [str(LANGUAGE_WORDS[one]) for one in rule.about]
    return {"code": str(rule.code), "about": about, "says": code_words(rule.code)}
