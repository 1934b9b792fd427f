"""What the words of a message may be a sign of, and what follows: which card, which case, how urgent; as data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.cases.plans import Priority, Reason
from community.programs.models import Track


class Tier(models.TextChoices):
    """How much help is shown; what is none leaves no row."""

    ALERT = "alert", _("Help, and somebody is called")
    CONCERN = "concern", _("Help, and somebody looks at it")


class Kind(models.TextChoices):
    """Which card the author reads; the first of these that the words ask for."""

    OVERDOSE = "overdose", _("An overdose")
    WITHDRAWAL = "withdrawal", _("Withdrawal that may be dangerous")
    DANGER = "danger", _("Danger from somebody")
    UNPROTECTED = "unprotected", _("Somebody who can’t protect themselves")
    OTHERS = "others", _("Somebody else is in danger")
    THREAT = "threat", _("Harm to somebody")
    LIFE = "life", _("Their own life")
    AFTER_BREAK = "after_break", _("Use after a break")
    USE = "use", _("About to use, or just used")
    EATING = "eating", _("Food and body")
    HARD = "hard", _("A very hard time")


#: The categories of the packs (SAFETY 2), by the card each asks for.
CATEGORIES: Mapping[str, Kind] = MappingProxyType(
    {
        "overdose_now": Kind.OVERDOSE,
        "withdrawal_danger": Kind.WITHDRAWAL,
        "danger_from_other": Kind.DANGER,
        "abuse": Kind.DANGER,
        "unprotected_person": Kind.UNPROTECTED,
        "third_party_now": Kind.OTHERS,
        "third_party_soft": Kind.OTHERS,
        "harm_to_others": Kind.THREAT,
        "active_ideation": Kind.LIFE,
        "active_intent": Kind.LIFE,
        "recent_attempt": Kind.LIFE,
        "method_seeking": Kind.LIFE,
        "goodbye": Kind.LIFE,
        "passive_ideation": Kind.LIFE,
        "self_harm": Kind.LIFE,
        "use_after_break": Kind.AFTER_BREAK,
        "relapse_risk": Kind.USE,
        "ed_distress": Kind.EATING,
        "hopeless": Kind.HARD,
    }
)

REASONS: Mapping[Kind, Reason] = MappingProxyType(
    {
        Kind.OVERDOSE: Reason.OVERDOSE,
        Kind.WITHDRAWAL: Reason.OVERDOSE,
        Kind.DANGER: Reason.IN_DANGER,
        Kind.UNPROTECTED: Reason.UNPROTECTED,
        Kind.OTHERS: Reason.SOMEBODY_ELSE,
        Kind.THREAT: Reason.HARM_TO_OTHERS,
        Kind.LIFE: Reason.SELF_HARM,
        Kind.AFTER_BREAK: Reason.USE,
        Kind.USE: Reason.USE,
        Kind.EATING: Reason.HARD_TIME,
        Kind.HARD: Reason.HARD_TIME,
    }
)

URGENCY: Mapping[Tier, Priority] = MappingProxyType({Tier.ALERT: Priority.P0, Tier.CONCERN: Priority.P1})


def kind_of(frames: Iterable[str]) -> Kind:
    """The card for what was found (``category:frame`` each); what no pack names is a very hard time."""
    found = {CATEGORIES.get(frame.partition(":")[0], Kind.HARD) for frame in frames}
    return next((kind for kind in Kind if kind in found), Kind.HARD)


#: Where words were written that stand in no room as they are written, by the kind of what holds them.
WRITTEN: Mapping[str, Promise] = MappingProxyType(
    {
        "checkin": _("A note in a check-in"),
        "match": _("What two who walk together want from this"),
        "celebration": _("Words for a celebration"),
        "decision": _("What they wrote when they asked to look at a decision again"),
    }
)


class Deed(models.TextChoices):
    """What a rule does with words before they go, from the lightest to the heaviest. Nothing is dropped."""

    NUDGE = "nudge", _("Asked whether to send it as it is")
    COVER = "cover", _("Delivered with those words covered")
    HOLD = "hold", _("Waits for a facilitator")


WAYS = frozenset({"pii_phone", "pii_email", "pii_address", "pii_handle"})  # to reach somebody outside
SELVES = frozenset({"pii_name", "pii_ssn", "pii_dob", "identity_outing"})  # who somebody is outside

#: What is held or covered is looked at, for this reason and no sooner than its clock says.
LOOKED_AT: Mapping[str, Reason] = MappingProxyType(
    {
        "sourcing": Reason.SOURCING,
        "invite_link": Reason.SPAM,
        "method_detail": Reason.USE_DETAIL,
        **dict.fromkeys(WAYS, Reason.IDENTITY),
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a label asks for: ``first``, and ``then`` once its author was asked and sends it as it is."""

    first: Deed
    then: Deed | None = None


ASK, HOLD, COVER = Rule(Deed.NUDGE), Rule(Deed.HOLD, Deed.HOLD), Rule(Deed.COVER, Deed.COVER)
TEEN, EATING = Track.TEEN, Track.EATING_DISORDER

#: PRODUCT 3.8, by label and track ("" where the track says nothing of its own). One's own prescription, dose, craving,
#: old dealer or return to use, and the lines of help, carry no label.
RULES: Mapping[str, Mapping[str, Rule]] = MappingProxyType(
    {
        "sourcing": {"": HOLD},
        "invite_link": {"": HOLD},
        "method_detail": {"": COVER},
        "use_detail": {"": ASK},
        "harassment": {"": ASK, TEEN: COVER},
        "numbers_ed": {TEEN: ASK, EATING: Rule(Deed.NUDGE, Deed.COVER)},
        **{label: {"": ASK, TEEN: HOLD} for label in WAYS},
        **{label: {"": ASK} for label in SELVES},
    }
)


def deed_of(label: str, track: str, *, seen: bool, noted: bool) -> Deed | None:
    """What a label asks for in a program of this track.

    ``seen``: its author was asked already and sends it as it is; ``noted``: a content note stands over it.
    """
    rules = RULES.get(label, {})
    rule = rules.get(track) or rules.get("")
    if rule is None or (label == "use_detail" and noted):
        return None
    return rule.then if seen else rule.first
