"""When both of two people are asked how it goes, and what may be answered."""

from datetime import timedelta

DAY_3, DAY_12, WEEK_2, WEEK_4, MONTH = "d3", "d12", "w2", "w4", "m"
EVERY = timedelta(days=30)

NOT_YET, HARD = "not_yet", "hard"
TALKED = frozenset({"yes", NOT_YET})
KEEP = frozenset({"yes", "talk", "another"})
FACES = frozenset({"good", "mixed", HARD})
HEAVY = frozenset({NOT_YET, HARD})  # as the last word of somebody it is for staff to see to
#: After how long each is asked, from both having said yes; breaks do not count.
AFTER = {
    DAY_3: timedelta(days=3),
    DAY_12: timedelta(days=12),
    WEEK_2: timedelta(days=14),
    WEEK_4: timedelta(days=28),
}
ANSWERS = {DAY_3: TALKED, DAY_12: KEEP, WEEK_2: FACES, WEEK_4: FACES, MONTH: FACES}


def latest(together: timedelta, *, deciding: bool) -> tuple[str, int] | None:
    """What is asked last by now, and which month's it is (else 0); None before the third day.

    While the first two weeks wait to be confirmed (``deciding``) it stays the twelfth day's question.
    """
    months = (together - AFTER[WEEK_4]) // EVERY
    if months > 0 and not deciding:
        return MONTH, months
    due = [step for step in _steps(deciding=deciding) if together >= AFTER[step]]
    return (due[-1], 0) if due else None


def following(together: timedelta, *, deciding: bool) -> timedelta | None:
    """After how long the next question comes; None where none comes before both have decided."""
    ahead = [AFTER[step] for step in _steps(deciding=deciding) if AFTER[step] > together]
    if ahead or deciding:
        return ahead[0] if ahead else None
    return AFTER[WEEK_4] + EVERY * ((together - AFTER[WEEK_4]) // EVERY + 1)


def _steps(*, deciding: bool) -> tuple[str, ...]:
    """The twelfth day's question is for who has not decided, and whoever has is asked how it goes."""
    return (DAY_3, DAY_12) if deciding else (DAY_3, WEEK_2, WEEK_4)
