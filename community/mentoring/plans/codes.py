"""What a mentor's life is made of, and what people may say of themselves: codes; their words stand with the models.

Pure: no table, no clock.
"""

from enum import StrEnum


class State(StrEnum):
    """Where somebody stands on the way to, and as, a mentor."""

    APPLIED = "applied"
    SCREENING = "screening"
    TRAINING = "training"
    ACTIVE = "active"
    PAUSED = "paused"
    RENEWAL_DUE = "renewal_due"
    RETIRED = "retired"


class Action(StrEnum):
    """What leads from one state to another; each is one verb of the services."""

    SCREEN = "screen"
    TRAIN = "train"
    APPROVE = "approve"
    PAUSE = "pause"
    RESUME = "resume"
    FALL_DUE = "fall_due"
    RENEW = "renew"
    RETIRE = "retire"


#: Every way there is. What stands in no row is refused, and writes nothing.
MOVES: dict[tuple[State, Action], State] = {
    (State.APPLIED, Action.SCREEN): State.SCREENING,
    (State.SCREENING, Action.TRAIN): State.TRAINING,
    (State.TRAINING, Action.APPROVE): State.ACTIVE,
    (State.ACTIVE, Action.PAUSE): State.PAUSED,
    (State.RENEWAL_DUE, Action.PAUSE): State.PAUSED,
    (State.PAUSED, Action.RESUME): State.ACTIVE,
    (State.ACTIVE, Action.FALL_DUE): State.RENEWAL_DUE,
    (State.RENEWAL_DUE, Action.RENEW): State.ACTIVE,
    (State.ACTIVE, Action.RENEW): State.ACTIVE,
    **{(state, Action.RETIRE): State.RETIRED for state in State if state is not State.RETIRED},
}


GENDERS = ("woman", "man", "nonbinary")  # "" is not said, and is as good as any
PATHWAYS = ("twelve_step", "smart", "cbt_dbt", "faith", "secular")
STYLES = ("listener", "structured")
LANGUAGES = ("en", "es", "ase", "ar", "fr", "ht", "ko", "pt", "ru", "tl", "vi", "zh")

CAPACITY_MOST = 5  # MATCHING.md 2a
ADULT = 18  # of a mentor, whatever the state's age is
#: Whose mentors serve a track, unless its program says otherwise.
MENTOR_TRACKS: dict[str, tuple[str, ...]] = {
    "addiction": ("addiction", "dual"),
    "mental_health": ("dual", "mental_health"),
    "dual": ("addiction", "dual", "mental_health"),
    "teen": ("teen",),
    "eating_disorder": ("eating_disorder",),
}
#: Only with their own, in both directions (MATCHING.md 2a).
OWN_ALONE = frozenset({"teen", "eating_disorder"})


def moves(state: str, action: Action) -> State | None:
    """Where an action leads from a state; None where it may not be done."""
    return MOVES.get((State(state), action))
