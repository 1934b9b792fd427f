"""The parts of pairs_from_rows.py, each in a process of its own: people who wait and mentors, and their proposal."""

import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings.demo")
django.setup()

from community.consent.models import ConsentRecord, Purpose  # noqa: E402 - Django comes first
from community.foundation import clock  # noqa: E402
from community.matches.desk import outcome  # noqa: E402
from community.matching.crowd import instances, lists  # noqa: E402
from community.matching.crowd.columns import Columns  # noqa: E402
from community.matching.solver import flow  # noqa: E402
from community.matching.solver.instance import Instance  # noqa: E402
from community.matching.solver.market import open_market  # noqa: E402
from community.matching.solver.mutual import assign_one_way  # noqa: E402
from community.matching.solver.solving import solve  # noqa: E402
from community.mentoring.models import Mentor, MentorRequest  # noqa: E402
from community.mentoring.plans.codes import GENDERS, PATHWAYS, STYLES  # noqa: E402
from community.mentoring.rules.standing import agreement_subject  # noqa: E402
from community.milestones.models import Focus, Run  # noqa: E402
from community.people.models import Person  # noqa: E402
from community.programs import services as programs  # noqa: E402
from community.programs.models import Program, Track  # noqa: E402

SPOKEN = [["en"], ["en"], ["en"], ["en", "es"], ["es"], ["en", "fr"]]
WORDS = [f"something that matters, {number}" for number in range(150)]
ROUNDS = 3
EXACT_MOST = 5_000  # people, up to whom the highest total over all pairs is worked out


def arrange(people: int) -> dict[str, Any]:
    chance = random.Random(people)  # noqa: S311 - people of a measurement
    program = programs.open_program(name=f"Program of {people}", track=Track.ADDICTION, zone="America/New_York")
    now = clock.now()
    who = Person.objects.bulk_create(
        [Person(alias="Somebody", joined=now) for _one in range(people + people // 2)], batch_size=2_000
    )
    waiting, mentors = who[:people], who[people:]
    requests = [
        said(MentorRequest(person=one, program=program, asked_at=now - timedelta(minutes=place), changed=now), chance)
        for place, one in enumerate(waiting)
    ]
    MentorRequest.objects.bulk_create(requests, batch_size=1_000)
    year = {"cleared_until": now + timedelta(days=300), "approved_until": now + timedelta(days=300)}
    rows = [Mentor(person=one, program=program, state="active", applied=now, since=now, **year) for one in mentors]
    for row in rows:
        said(row, chance).capacity = chance.choice([1, 1, 2, 2, 2, 3])
    Mentor.objects.bulk_create(rows, batch_size=1_000)
    consents(waiting, Purpose.MATCHED, program)
    consents(mentors, Purpose.MENTORING, program)
    focuses = Focus.objects.bulk_create([Focus(person=one, created=now) for one in mentors], batch_size=2_000)
    start = (now - timedelta(days=800)).date()
    Run.objects.bulk_create(
        [Run(focus=one, start=start, entered=now, created=now) for one in focuses], batch_size=2_000
    )
    return {"program": str(program.pk)}


def said[R: (MentorRequest, Mentor)](row: R, chance: random.Random) -> R:
    days = sorted(chance.sample(range(7), chance.randint(2, 4)))
    row.zone = chance.choice([*["America/New_York"] * 8, "America/Chicago"])
    row.hours = [[day, begin, begin + chance.choice([60, 90, 120, 180])] for day in days for begin in [hour(chance)]]
    row.languages, row.gender = chance.choice(SPOKEN), chance.choice(["", *GENDERS[:2] * 8, *GENDERS])
    row.wish_kind = chance.choices(["any", "prefer", "need"], [70, 20, 10])[0]
    row.wish_of = [] if row.wish_kind == "any" else [chance.choice(GENDERS[:2])]
    row.pathways = chance.sample(PATHWAYS, chance.randint(0, 2))
    row.style = chance.choice(["", *STYLES])
    row.stages, row.valued = (
        "\n".join(chance.sample(words, chance.randint(0, 3))) for words in (WORDS[:30], WORDS)
    )  # fmt: skip
    return row


def hour(chance: random.Random) -> int:
    return chance.choice([8, 10, 12, 17, 18, 19, 20]) * 60 + chance.choice([0, 30])


def consents(people: list[Person], purpose: str, program: Program) -> None:
    about = {"purpose": purpose, "subject": agreement_subject(program.pk), "version": 1, "language": "en"}
    given = {"digest": "of a measurement", "given": clock.now(), "channel": "page"}
    ConsentRecord.objects.bulk_create([ConsentRecord(person=one, **about, **given) for one in people], batch_size=2_000)


def propose(program_id: str) -> dict[str, Any]:
    program = Program.objects.get(pk=program_id)
    with (
        heard(outcome, "solve_within") as solved,
        heard(instances, "lists") as made,
        heard(instances, "instance_of") as seen,
    ):
        started, before = time.perf_counter(), worked()
        found = outcome.worked_out(program)
        seconds, cpu = time.perf_counter() - started, worked() - before
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    (asked,) = solved
    question = asked.given[0]
    return {
        "eligible": sum(int.from_bytes(bits.tobytes()).bit_count() for bits in made[0].answer.graph.bits),
        "pairs": len(question.pairs[0]),
        "seconds": seconds,
        "cpu": cpu,
        "before": asked.at - started,
        "ratio": ratio(question),
        "megabytes": memory / 1024,
        "matched": found.figures["matched"],
        **of_the_best(seen[0].given[0], question),
    }


@dataclass(frozen=True, slots=True)
class Call:
    """What was given, what came back, and when it was asked (seconds of the processor's clock)."""

    given: tuple[Any, ...]
    answer: Any
    at: float


@contextmanager
def heard(place: ModuleType, name: str) -> Iterator[list[Call]]:
    """Each call of a function of ours, which does as always."""
    calls: list[Call] = []
    does = getattr(place, name)

    def listening(*given: Any, **more: Any) -> Any:
        at = time.perf_counter()
        answer = does(*given, **more)
        calls.append(Call(given, answer, at))
        return answer

    with patch.object(place, name, listening):
        yield calls


def of_the_best(columns: Columns, question: Instance) -> dict[str, float | None]:
    """The total fit of who is proposed, of the highest there is for these people over all pairs that break no rule.

    ``exact``: of that highest itself, where it can be worked out. ``least``: of what nothing can exceed, by the prices
    of the mentors; so much of the highest it is at least.
    """
    chosen = solve(question)
    exact = None
    if len(columns.mentees) <= EXACT_MOST:
        instances.EXACT = len(columns.mentees)  # all pairs, as for few
        best = solve(instances.instance_of(columns))
        if best.unmatched != chosen.unmatched:
            raise ValueError("others are matched than over all pairs: their totals cannot be compared")
        exact = chosen.total / best.total if best.total else 1.0
    bound = most_over_all(columns, question)
    if exact is not None and best.total > bound:
        raise ValueError("a bound that is exceeded bounds nothing")
    return {"exact": exact, "least": chosen.total / bound if bound else 1.0}


def most_over_all(columns: Columns, question: Instance) -> int:
    """What no assignment of those who are served can exceed, whatever pairs it is made of.

    Each the best they can pay for, and what the places cost: true of any prices that are not below 0, and so of those
    that the lists alone led to.
    """
    market = open_market(question)
    found, _proven = assign_one_way(market)
    priced = dict(zip(market.mentors, found.price.tolist(), strict=True))
    price = np.array([priced.get(one.person, 0) for one in columns.mentors], np.int64)
    free = np.array([max(one.free, 0) for one in columns.mentors], np.int64)
    if (price < 0).any():
        raise ValueError("a place that costs less than nothing bounds nothing")
    left = {market.mentees[place] for place in np.flatnonzero(found.chosen < 0).tolist()}
    served = {one for one in market.mentees if one not in left}
    total = int((free * price).sum())
    for block in columns.blocks():
        offered, step = block.columns, max(lists.CELLS // len(block.columns), 1)
        for start in range(0, len(block.rows), step):
            rows = block.rows[start : start + step]
            fits = columns.fits(block, rows).astype(np.int64)
            fair = (fits >= 0) & (free[offered] > 0)[None, :]
            worth = np.where(fair, fits - price[offered][None, :], np.iinfo(np.int64).min).max(axis=1)
            total += sum(
                one for row, one in zip(rows.tolist(), worth.tolist(), strict=True)
                if columns.mentees[row].person in served
            )  # fmt: skip
    return total


def worked() -> float:
    """Seconds of work of this process and of those it waited for, on however many cores."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def ratio(question: Instance) -> float:
    """How long the solver takes, to OR-tools' flow on the same lists; in turn, so that other work falls on both."""
    market, bare, whole = open_market(question), [], []
    for _round in range(ROUNDS):
        bare.append(timed(lambda: flow.served(market)))
        whole.append(timed(lambda: solve(question)))
    return min(whole) / min(bare)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    part, given = sys.argv[1:]
    print(json.dumps(arrange(int(given)) if part == "arrange" else propose(given)))
