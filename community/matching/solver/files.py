"""The files of ``manage.py match --dry-run``: read strictly, answered in the same form."""

import json
from array import array
from collections import Counter
from typing import Any, NoReturn

from community.matching.solver.instance import BEST, PLACES_MOST, Columns, Instance, Pair, Proposal, Unusable
from community.matching.solver.leftover import left

NEEDED = ("mentees", "mentors", "eligible", "existing_active")
FIELDS = frozenset({*NEEDED, "days_waiting"})
SHOWN = 40  # signs of what is wrong, in the line that says so
DAYS_MOST = 36_500


def read(text: str) -> Instance | list[Instance]:
    """One instance, or all that stand in an array, in order. Raises Unusable, saying in one line what is wrong."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except Unusable:
        raise
    except RecursionError as error:
        raise Unusable("this is not JSON that can be read: it is nested too deep") from error
    except ValueError as error:
        raise Unusable(f"this is not JSON: {str(error).splitlines()[0] if text.strip() else 'it is empty'}") from error
    if isinstance(found, list):
        return [_instance(one, f"instance {number}: ") for number, one in enumerate(found)]
    return _instance(found, "")


def written(asked: Instance) -> dict[str, Any]:
    """An instance as it stands in a file."""
    mentors = tuple(asked.capacity)
    return {
        "mentees": asked.mentees,
        "mentors": [{"id": mentor, "capacity": places} for mentor, places in asked.capacity.items()],
        "eligible": [(asked.mentees[tail], mentors[head], fit) for tail, head, fit in zip(*asked.pairs, strict=True)],
        "existing_active": asked.existing,
        "days_waiting": dict(asked.days_waiting),
    }


def answered(_asked: Instance, proposal: Proposal) -> dict[str, Any]:
    """What is said on standard output."""
    return {
        "matches": [[match.mentee, match.mentor] for match in proposal.matches],
        "unmatched": list(proposal.unmatched),
        "total_score": proposal.total,
    }


def explained(asked: Instance, proposal: Proposal) -> dict[str, Any]:
    """The same, with what would help those who are left, and whether a better answer could exist."""
    rows = left(asked, proposal)
    helps = Counter(mentor for row in rows for mentor in row.one_more_place)
    return {
        **answered(asked, proposal),
        "explanation": {
            "proven": proposal.proven,
            "total_score_at_most": proposal.most,
            "longest_wait_left": max((asked.days_waiting.get(mentee, 0) for mentee in proposal.unmatched), default=0),
            "left": [
                {
                    "mentee": row.mentee,
                    "why": "nobody_fits" if row.nobody_fits else "places_taken",
                    "one_more_place_at": list(row.one_more_place),
                }
                for row in rows
            ],
            "one_more_place": [
                {"mentor": mentor, "would_help_one_of": number}
                for mentor, number in sorted(helps.items(), key=lambda one: (-one[1], one[0]))
            ],
        },
    }


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unusable("a name stands twice in one object")
    return found


def _no_number(name: str) -> NoReturn:
    raise Unusable(f"this is not JSON: {name} is no number")


def _instance(found: Any, under: str) -> Instance:
    if not isinstance(found, dict):
        raise Unusable(f"{under}an instance is an object, not {_shown(found)}")
    if wrong := [name for name in found if name not in FIELDS]:
        raise Unusable(f"{under}there is no such name in an instance: {_shown(wrong[0])}")
    if missing := [name for name in NEEDED if name not in found]:
        raise Unusable(f"{under}{missing[0]} is missing")
    try:
        mentees = _mentees(_list(found["mentees"], "mentees"))
        capacity = _mentors(_list(found["mentors"], "mentors"))
        return Instance(
            mentees=tuple(mentees),
            capacity=capacity,
            pairs=_eligible(_list(found["eligible"], "eligible"), mentees, list(capacity)),
            existing=_existing(_list(found["existing_active"], "existing_active"), capacity),
            days_waiting=_days(found.get("days_waiting", {}), mentees),
        )
    except Unusable as error:
        raise Unusable(f"{under}{error}") from None


def _mentees(rows: list[Any]) -> dict[str, int]:
    """Each with their place in the line."""
    found: dict[str, int] = {}
    for place, mentee in enumerate(rows):
        if not isinstance(mentee, str):
            raise Unusable(f"mentees[{place}]: an id is text, not {_shown(mentee)}")
        if mentee in found:
            raise Unusable(f"mentees[{place}]: {_shown(mentee)} stands twice")
        found[mentee] = place
    return found


def _mentors(rows: list[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, row in enumerate(rows):
        at = f"mentors[{place}]"
        if not isinstance(row, dict) or row.keys() != {"id", "capacity"}:
            raise Unusable(f'{at}: a mentor is {{"id", "capacity"}}, not {_shown(row)}')
        mentor, capacity = row["id"], row["capacity"]
        if not isinstance(mentor, str):
            raise Unusable(f"{at}: an id is text, not {_shown(mentor)}")
        if mentor in found:
            raise Unusable(f"{at}: {_shown(mentor)} stands twice")
        if type(capacity) is not int or not 0 <= capacity <= PLACES_MOST:
            raise Unusable(f"{at}: a capacity is a whole number from 0, not {_shown(capacity)}")
        found[mentor] = capacity
    return found


def _eligible(rows: list[Any], mentees: dict[str, int], mentors: list[str]) -> Columns:
    column = {mentor: place for place, mentor in enumerate(mentors)}
    tails, heads, fits = array("i"), array("i"), array("i")
    seen: set[int] = set()
    for place, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != 3 or not isinstance(row[0], str) or not isinstance(row[1], str):
            raise Unusable(f"eligible[{place}]: a pair is [mentee, mentor, score], not {_shown(row)}")
        mentee, mentor, fit = row
        if type(fit) is not int or not 0 <= fit <= BEST:
            raise Unusable(f"eligible[{place}]: a score is a whole number from 0 to {BEST}, not {_shown(fit)}")
        if mentee not in mentees or mentor not in column:
            kind, unknown = ("mentor", mentor) if mentee in mentees else ("mentee", mentee)
            raise Unusable(f"eligible[{place}]: there is no {kind} {_shown(unknown)}")
        tail, head = mentees[mentee], column[mentor]
        key = tail * len(column) + head
        if key in seen:
            raise Unusable(f"eligible[{place}]: {_shown(row[:2])} stands twice")
        seen.add(key)
        tails.append(tail)
        heads.append(head)
        fits.append(fit)
    return tails, heads, fits


def _existing(rows: list[Any], mentors: dict[str, int]) -> tuple[Pair, ...]:
    """A match that stands may be of somebody who waits no more: such a mentee need not be in the line."""
    found: dict[Pair, None] = {}
    for place, row in enumerate(rows):
        at = f"existing_active[{place}]"
        if not isinstance(row, list) or len(row) != 2 or not all(isinstance(one, str) for one in row):
            raise Unusable(f"{at}: a match is [mentee, mentor], not {_shown(row)}")
        pair = Pair(*row)
        if pair.mentor not in mentors:
            raise Unusable(f"{at}: there is no mentor {_shown(pair.mentor)}")
        if pair in found:
            raise Unusable(f"{at}: {_shown(row)} stands twice")
        found[pair] = None
    return tuple(found)


def _days(found: Any, mentees: dict[str, int]) -> dict[str, int]:
    if not isinstance(found, dict):
        raise Unusable(f"days_waiting: this is an object of days by mentee, not {_shown(found)}")
    for mentee, days in found.items():
        if mentee not in mentees:
            raise Unusable(f"days_waiting: there is no mentee {_shown(mentee)}")
        if type(days) is not int or not 0 <= days <= DAYS_MOST:
            raise Unusable(f"days_waiting: days are a whole number from 0, not {_shown(days)}")
    return found


def _list(found: Any, name: str) -> list[Any]:
    if not isinstance(found, list):
        raise Unusable(f"{name}: this is a list, not {_shown(found)}")
    return found


def _shown(found: Any) -> str:
    """As much of it as one line can bear, in plain signs."""
    said = json.dumps(found)
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}..."
