"""The private help card, and the words of each: no method, no blame; who was told stands apart (reading.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.safety.plans import Kind


@dataclass(frozen=True, slots=True)
class CardWords:
    """What the author reads first. ``emergency_first``: the emergency line stands before all others."""

    title: Promise
    text: tuple[Promise, ...]
    emergency_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something to press: a link, or (``post``) a form."""

    label: str
    href: str
    post: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The private help card, whole: it needs nothing else to be shown. ``lines`` come first, then ``acts``."""

    id: UUID
    kind: Kind
    title: str
    text: tuple[str, ...]
    told: str
    lines: tuple[Act, ...]
    acts: tuple[Act, ...]


CARDS: Mapping[Kind, CardWords] = MappingProxyType(
    {
        Kind.OVERDOSE: CardWords(
            _("Call 911 now."),
            (
                _("Say where you are first. If naloxone (Narcan) is near, use it now."),
                _("Nobody should be alone with this. 911 tells you what to do until help is there."),
            ),
            emergency_first=True,
        ),
        Kind.WITHDRAWAL: CardWords(
            _("This is a medical emergency. Call 911."),
            (
                _("Shaking, seeing things or a fit after stopping is dangerous, and it can be treated."),
                _("Ask somebody to stay with you until help is there. You are not in trouble."),
            ),
            emergency_first=True,
        ),
        Kind.DANGER: CardWords(
            _("You deserve to be safe."),
            (
                _("If somebody may hurt you right now, call 911, or go where other people are if you can."),
                _("What is done to you is not your fault. You are not in trouble for writing this."),
            ),
            emergency_first=True,
        ),
        Kind.UNPROTECTED: CardWords(
            _("Thank you for saying this."),
            (
                _("If somebody is being hurt right now, call 911."),
                _("Staff must act on this. They tell you first if they can."),
            ),
            emergency_first=True,
        ),
        Kind.OTHERS: CardWords(
            _("You are right to take this seriously."),
            (
                _("If they don’t wake up, or may die: call 911 now, and use naloxone (Narcan) if it is near."),
                _("988 is there for you too, when you worry about somebody else."),
            ),
            emergency_first=True,
        ),
        Kind.THREAT: CardWords(
            _("Nothing has to happen tonight."),
            (
                _("Go somewhere else for a while, if you can. Put time and distance between you and them."),
                _("Staff must act when somebody may be hurt. They tell you first if they can."),
            ),
        ),
        Kind.LIFE: CardWords(
            _("We are glad you wrote this. You’re not in trouble."),
            (
                _("You can say it all to a person, right now, at any hour. You don’t have to be sure."),
                _("Put distance between you and anything that could hurt you, or go where someone else is."),
            ),
        ),
        Kind.AFTER_BREAK: CardWords(
            _("After a break your body can take much less than before."),
            (
                _("What was usual once can stop your breathing now. Please don’t use alone; keep naloxone near."),
                _("If somebody can’t be woken, call 911. You are still welcome here."),
            ),
        ),
        Kind.USE: CardWords(
            _("You said it out loud. That is the hard part."),
            (_("Stay with us ten minutes. You don’t have to decide anything else right now."),),
        ),
        Kind.EATING: CardWords(
            _("Thank you for saying this."),
            (_("You don’t have to carry it alone. Your team can help with it."),),
        ),
        Kind.HARD: CardWords(
            _("Thank you for putting this into words."),
            (_("You don’t have to get through this alone. It is enough to say that it is a bad night."),),
        ),
    }
)
