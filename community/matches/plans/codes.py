"""The life of a match: ten states, eleven actions, and every way there is (MATCHING.md 2d).

Pure: no table, no clock. The words for people stand with the models.
"""

from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """Where two people stand with each other."""

    PROPOSED = "proposed"  # staff alone know
    SHORTLISTED = "shortlisted"  # a card in front of the mentee
    OFFERED = "offered"  # the mentee chose, the mentor is asked
    INTRODUCTORY = "introductory"  # both said yes; the first fourteen days
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What leads from one state to another; each is one verb of the services."""

    APPROVE = "approve"
    REJECT = "reject"
    CHOOSE = "choose"
    DECLINE = "decline"
    EXPIRE = "expire"
    ACCEPT = "accept"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


#: Every way there is. What stands in no row is refused, and writes nothing. Two of them may also stay where they are:
#: the first of two who confirms changes no state, and who comes back from a break in the first days is still in them.
MOVES: dict[tuple[State, Action], State] = {
    (State.PROPOSED, Action.APPROVE): State.SHORTLISTED,
    (State.PROPOSED, Action.REJECT): State.WITHDRAWN,
    (State.SHORTLISTED, Action.CHOOSE): State.OFFERED,
    (State.SHORTLISTED, Action.DECLINE): State.DECLINED,
    (State.SHORTLISTED, Action.EXPIRE): State.EXPIRED,
    (State.OFFERED, Action.ACCEPT): State.INTRODUCTORY,
    (State.OFFERED, Action.DECLINE): State.DECLINED,
    (State.OFFERED, Action.EXPIRE): State.EXPIRED,
    (State.OFFERED, Action.WITHDRAW): State.WITHDRAWN,
    (State.INTRODUCTORY, Action.CONFIRM): State.ACTIVE,
    (State.INTRODUCTORY, Action.PAUSE): State.PAUSED,
    (State.INTRODUCTORY, Action.END): State.ENDED,
    (State.ACTIVE, Action.PAUSE): State.PAUSED,
    (State.ACTIVE, Action.END): State.ENDED,
    (State.PAUSED, Action.RESUME): State.ACTIVE,
    (State.PAUSED, Action.END): State.ENDED,
}

WALKING = frozenset({State.INTRODUCTORY, State.ACTIVE, State.PAUSED})  # both said yes
GOING = WALKING - {State.PAUSED}  # and not on a break of the two
PLACED = WALKING | {State.OFFERED}  # takes one of the mentor's places, and is the mentee's only one
OPEN = PLACED | {State.PROPOSED, State.SHORTLISTED}

LIFT = "lift"  # no step of a match: that the two may be suggested again
CARD_LASTS = timedelta(days=14)  # MATCHING.md 2d, as all that follow
OFFER_LASTS = timedelta(hours=72)
OFFER_REMINDS = timedelta(hours=48)
TRIAL_LASTS = timedelta(days=14)
PAUSE_LASTS = timedelta(days=30)
COVER_LASTS = timedelta(days=14)
DECIDES_BEFORE = timedelta(days=2)  # the end of the first days: on the twelfth each is asked alone
GOODBYE_BEFORE = timedelta(days=7)  # the planned end: each is asked once for a word to say goodbye
SILENT_AFTER = timedelta(days=7)  # without a message, an answer or a sign-in of the mentor's
SILENT_LONG = timedelta(days=14)
UNDO_LASTS = timedelta(seconds=10)  # how long staff may take back what they approved; until then nobody sees it
BATCH_LASTS = timedelta(minutes=15)  # no proposal for all takes so long: its task was lost (foundation/worker.py)
MANY, FRESH = 3, timedelta(days=30)  # so many people, and one of them so new, is a lot for a mentor
CARDS = 3  # a mentee chooses from
LISTS_A_PLACE = 3  # on which a mentor stands, for each free place


class Kind(StrEnum):
    """Somebody's mentor, or who stands in for one for two weeks."""

    PRIMARY = "primary"
    COVER = "cover"


class Reason(StrEnum):
    """Why it came to nothing, or ended. Staff and outcomes read these; neither side reads the other's."""

    NO_TIME = "no_time"
    NOT_A_FIT = "not_a_fit"
    KNOWN = "known"  # they know each other from elsewhere
    SOMEBODY_ELSE = "somebody_else"
    NOT_SAID = "not_said"
    FINISHED = "finished"  # it went its way to the end
    STAFF = "staff"
    MENTOR_LEFT = "mentor_left"
    NOT_WAITING = "not_waiting"  # the request waits no more
    MATCHED = "matched"  # with another
    RAN_OUT = "ran_out"
    RULES = "rules"  # a rule is broken by now
    COVER_OVER = "cover_over"
    DIED = "died"  # one of the two


class Need(StrEnum):
    """Why somebody who coordinates should look."""

    UNDER_AGE = "under_age"
    KEPT_APART = "kept_apart"
    WANTS_STAFF = "wants_staff"
    HARD = "hard"
    NOT_TALKED = "not_talked"
    NOT_CONFIRMED = "not_confirmed"
    SILENT_LONG = "silent_long"
    SILENT = "silent"
    BREAK_OVER = "break_over"
    RENEWAL = "renewal"
    COVER = "cover"
    AWAY = "away"
    COVER_WISHED = "cover_wished"
    STAND_IN_AWAY = "stand_in_away"
    LITTLE_IN_COMMON = "little_in_common"


#: What people may give as a reason themselves.
SAYABLE = frozenset({Reason.NO_TIME, Reason.NOT_A_FIT, Reason.KNOWN, Reason.SOMEBODY_ELSE, Reason.NOT_SAID})


def moves(state: str, action: Action) -> State | None:
    """Where an action leads from a state; None where it may not be done."""
    return MOVES.get((State(state), action))
