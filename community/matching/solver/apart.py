"""The solver in a process of its own: it ends at its time, and its memory goes with it."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from community.matching.solver import files
from community.matching.solver.instance import BEST, Eligible, Instance, Proposal
from community.matching.solver.solving import solve

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "community.matching.solver.apart")


class Attempt(NamedTuple):
    """A proposal, and whether it is the last good one, because the solver did not come to an end."""

    proposal: Proposal
    stands: bool


def solve_within(instance: Instance, *, seconds: float, last: tuple[Eligible, ...] = ()) -> Attempt:
    """The proposal, or after ``seconds`` what still holds of the ``last`` one; staff are told which of them it is."""
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, and nothing of what people wrote in the command
            COMMAND, input=json.dumps(files.written(instance)), cwd=ROOT, capture_output=True, text=True,
            timeout=seconds, check=True,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return Attempt(_still_good(instance, last), stands=True)
    found = json.loads(ended.stdout)
    matches = tuple(Eligible(*match) for match in found["matches"])
    return Attempt(Proposal(matches, tuple(found["unmatched"]), found["most"], proven=found["proven"]), stands=False)


def _still_good(instance: Instance, last: tuple[Eligible, ...]) -> Proposal:
    """Of the last proposal, what breaks no rule today: still eligible, still waiting, still a place, still one way."""
    mentors, free, waiting = tuple(instance.capacity), Counter(instance.free), dict.fromkeys(instance.waiting)
    fits = {(instance.mentees[tail], mentors[head]): fit for tail, head, fit in zip(*instance.pairs, strict=True)}
    standing: set[tuple[str, str]] = set(instance.existing)
    kept: dict[str, Eligible] = {}
    for mentee, mentor, _fit in last:
        fit = fits.get((mentee, mentor))
        turned = (mentor, mentee) in standing or mentee == mentor
        if fit is not None and mentee in waiting and mentee not in kept and free[mentor] > 0 and not turned:
            kept[mentee] = Eligible(mentee, mentor, fit)
            standing.add((mentee, mentor))
            free[mentor] -= 1
    matches = tuple(kept[mentee] for mentee in waiting if mentee in kept)
    left = tuple(mentee for mentee in waiting if mentee not in kept)
    return Proposal(matches, left, most=BEST * len(matches), proven=False)


def main() -> None:
    asked = files.read(sys.stdin.read())
    if isinstance(asked, Instance):
        found = solve(asked)
        said = {
            "matches": found.matches, "unmatched": found.unmatched, "most": found.most, "proven": found.proven
        }  # fmt: skip
        sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
