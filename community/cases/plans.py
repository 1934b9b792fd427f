"""What somebody may tell us, how soon a person looks at it, and who may; as data.

The clocks are goals a program sets itself (SAFETY 1), not promises: no member is ever shown one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why something needs a person. Those before the last four are what somebody tells us, in the words they choose

    from; a worry about a person stands first.
    """

    WORRIED = "worried_about_person", _("I’m worried about this person")
    SELF_HARM = "self_harm", _("Suicide or self-harm")
    OVERDOSE = "overdose_now", _("An overdose, or something medical right now")
    UNPROTECTED = "unprotected_person", _("A child or someone who can’t protect themselves is being hurt")
    HARM_TO_OTHERS = "harm_to_others", _("Violence or a threat")
    MINOR_SAFETY = "minor_safety", _("An adult and a minor")
    SOURCING = "sourcing", _("Offering, selling or asking for drugs")
    IDENTITY = "identity_outing", _("Gives away who somebody is, or how to reach them")
    HARASSMENT = "harassment", _("Hurts or harasses somebody")
    SEXUAL = "sexual", _("A sexual approach")
    HATE = "hate", _("Hate against a group of people")
    NUMBERS = "numbers_ed", _("Weights, calories or sizes")
    USE_DETAIL = "use_detail", _("Details of use, or of a method")
    SPAM = "spam", _("Spam, a scam, or selling treatment")
    CONDUCT = "conduct", _("How somebody of the staff, or a mentor, behaves")
    RETALIATION = "retaliation", _("Somebody is made to pay for having told")
    OTHER = "other", _("Something else")
    IN_DANGER = "in_danger", _("Fear or danger from somebody")
    SOMEBODY_ELSE = "somebody_else", _("Somebody close to them may be in danger")
    USE = "use", _("About to use, or used")
    HARD_TIME = "hard_time", _("A very hard time")


#: What words may seem to tell and not mean ("this is killing me"). Not the rest: whoever is in danger from somebody, or
#: took too much, may have to say that they are safe; and of somebody else they cannot say it.
FIGURES_OF_SPEECH = frozenset({Reason.SELF_HARM, Reason.USE, Reason.HARD_TIME})
#: What only somebody's own words tell; nobody chooses from these.
READ = frozenset({Reason.IN_DANGER, Reason.SOMEBODY_ELSE, Reason.USE, Reason.HARD_TIME})
TOLD = tuple(reason for reason in Reason if reason not in READ)


class Priority(models.IntegerChoices):
    P0 = 0, "P0"
    P1 = 1, "P1"
    P2 = 2, "P2"
    P3 = 3, "P3"


class Reach(models.IntegerChoices):
    """Who may look into it: the wider one holds the narrower."""

    LEAD = 0, _("Who runs the program")
    STAFF = 1, _("Staff")
    ROOM = 2, _("Staff, and who keeps the room")


class State(models.TextChoices):
    NEW = "new", _("New")
    TRIAGED = "triaged", _("Looked at")
    CLAIMED = "claimed", _("Somebody has it")
    WAITING_PERSON = "waiting_person", _("Waiting for the person")
    WAITING_CLINICAL = "waiting_clinical", _("Waiting for a clinician")
    RESOLVED = "resolved", _("Closed")
    REOPENED = "reopened", _("Open again")


HELD = frozenset({State.CLAIMED, State.WAITING_PERSON, State.WAITING_CLINICAL})


class Outcome(models.TextChoices):
    """How it ended. The first three are for what was done about words, the others for how it went with a person."""

    ACTIONED = "actioned", _("Something was done")
    NO_ACTION = "no_action", _("Nothing had to be done")
    DUPLICATE = "duplicate", _("The same as another one")
    HANDED_OVER = "handed_over", _("Somebody outside this place has it")
    TALKED = "talked", _("We talked")
    REFERRED = "referred", _("We talked, and they have further help")
    EMERGENCY = "emergency_services", _("Emergency services were called")
    LEGAL_REPORT = "legal_report", _("A report that the law asks for was made")
    FALSE_ALARM = "false_alarm", _("It was meant in another way")
    UNREACHABLE = "unreachable", _("They could not be reached")


class Fact(models.TextChoices):
    """What must be written down before some outcomes can stand.

    Of a medical emergency 42 CFR 2.51(c) asks for recipient and facility, who told them, when, and what it was about;
    of a report the law asks for, who decided, who reported, to whom, when, and under which reference.
    """

    WHO_HEARD = "who_heard", _("Whom you told, and where they work")
    WHO_TOLD = "who_told", _("Who told them")
    WHEN = "when", _("When")
    WHAT = "what", _("What kind of emergency it was")
    WHO_DECIDED = "who_decided", _("Which clinician decided")
    REFERENCE = "reference", _("The reference you were given, or that there is none")


FACTS: Mapping[Outcome, tuple[Fact, ...]] = MappingProxyType(
    {
        Outcome.EMERGENCY: (Fact.WHO_HEARD, Fact.WHO_TOLD, Fact.WHEN, Fact.WHAT),
        Outcome.LEGAL_REPORT: (Fact.WHO_DECIDED, Fact.WHO_TOLD, Fact.WHO_HEARD, Fact.WHEN, Fact.REFERENCE),
    }
)


def facts_for(reason: Reason, outcome: Outcome) -> tuple[Fact, ...]:
    """What must be written down before this can be how it ended.

    Whether somebody who cannot protect themselves needs a report is for a clinician to decide, either way.
    """
    if reason == Reason.UNPROTECTED and outcome not in {Outcome.LEGAL_REPORT, Outcome.EMERGENCY, Outcome.DUPLICATE}:
        return (Fact.WHO_DECIDED, Fact.WHEN)
    return FACTS.get(outcome, ())


@dataclass(frozen=True, slots=True)
class Clock:
    """How soon somebody answers, when others are told if nobody has it yet, and how soon it is closed.

    From the moment we were told, each. ``second`` is None where nobody is told again.
    """

    answer: timedelta
    second: timedelta | None
    close: timedelta


CLOCKS: Mapping[Priority, Clock] = MappingProxyType(
    {
        Priority.P0: Clock(timedelta(minutes=5), timedelta(minutes=3), timedelta(hours=8)),  # the same shift
        Priority.P1: Clock(timedelta(minutes=30), timedelta(minutes=60), timedelta(hours=24)),
        Priority.P2: Clock(timedelta(hours=4), timedelta(hours=12), timedelta(hours=72)),
        Priority.P3: Clock(timedelta(hours=24), None, timedelta(days=7)),
    }
)


def holds(priority: Priority) -> timedelta:
    """How long somebody has it without a sign of life; what cannot wait does not wait for who went home."""
    return timedelta(minutes=5 if priority == Priority.P0 else 15)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a reason means. ``care``: it is about how a person is, never about rules, and nothing of it is a strike."""

    priority: Priority
    reach: Reach = Reach.ROOM
    care: bool = False


PLANS: Mapping[Reason, Plan] = MappingProxyType(
    {
        Reason.WORRIED: Plan(Priority.P0, Reach.STAFF, care=True),
        Reason.SELF_HARM: Plan(Priority.P0, Reach.STAFF, care=True),
        Reason.OVERDOSE: Plan(Priority.P0, Reach.STAFF, care=True),
        Reason.UNPROTECTED: Plan(Priority.P0, Reach.STAFF),
        Reason.HARM_TO_OTHERS: Plan(Priority.P0, Reach.STAFF),
        Reason.MINOR_SAFETY: Plan(Priority.P0, Reach.STAFF),
        Reason.SOURCING: Plan(Priority.P1),
        Reason.IDENTITY: Plan(Priority.P1),
        Reason.SEXUAL: Plan(Priority.P1),
        Reason.HARASSMENT: Plan(Priority.P2),
        Reason.HATE: Plan(Priority.P2),
        Reason.NUMBERS: Plan(Priority.P2),
        Reason.USE_DETAIL: Plan(Priority.P2),
        Reason.SPAM: Plan(Priority.P3),
        Reason.CONDUCT: Plan(Priority.P1, Reach.LEAD),
        Reason.RETALIATION: Plan(Priority.P1, Reach.LEAD),
        Reason.OTHER: Plan(Priority.P3),
        Reason.IN_DANGER: Plan(Priority.P0, Reach.STAFF, care=True),
        Reason.SOMEBODY_ELSE: Plan(Priority.P0, Reach.STAFF, care=True),
        Reason.USE: Plan(Priority.P1, Reach.STAFF, care=True),
        Reason.HARD_TIME: Plan(Priority.P1, Reach.STAFF, care=True),
    }
)


def plan_of(reason: Reason, *, minors: bool) -> Plan:
    """What a reason means where ``minors`` may be about: a sexual approach there cannot wait, and is for staff."""
    if minors and reason == Reason.SEXUAL:
        return Plan(Priority.P0, Reach.STAFF)
    return PLANS[reason]


#: What stood among kept words and was there no more, for who reads them.
GONE: Mapping[str, Promise] = MappingProxyType(
    {"author": _("taken back by its author"), "moderator": _("hidden"), "held": _("waiting")}
)
#: What was done, by its code, where the steps so far say more of it than that something was.
DEEDS: Mapping[str, Promise] = MappingProxyType({"emergency_sheet": _("The emergency sheet was opened")})
