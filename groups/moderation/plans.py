"""What may follow from a case, and the words each begins with; as data."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """From the lightest to the heaviest; each is told in words, and each may be appealed."""

    NUDGE = "nudge", _("A private word")
    WARN = "warn", _("A warning")
    HIDE = "hide", _("Hide the message")
    HOLD = "hold", _("What they write next waits")
    MUTE = "mute", _("They read, and do not write, for a while")
    REMOVE = "remove", _("End their seat in this room")
    SUSPEND = "suspend", _("They are out of every room, for a while")
    BAN = "ban", _("They are out of every room, for good")


#: What somebody can tell by themselves the moment it happens: they are told why in that moment.
FELT = frozenset({Action.HIDE, Action.HOLD, Action.MUTE, Action.REMOVE, Action.SUSPEND, Action.BAN})

#: What reaches beyond one room: for who leads or runs the program, and never about somebody who works here.
BEYOND_A_ROOM = frozenset({Action.SUSPEND, Action.BAN})

#: What is over by itself at a moment.
LASTING = (Action.MUTE, Action.SUSPEND)

#: What may stand instead once somebody else looked again: shorter, or only in one room. Of the others there is no part.
LESS: Mapping[Action, tuple[Action, ...]] = MappingProxyType(
    {
        Action.BAN: (Action.SUSPEND, Action.MUTE, Action.HOLD),
        Action.SUSPEND: (Action.SUSPEND, Action.MUTE, Action.HOLD),
        Action.MUTE: (Action.MUTE, Action.HOLD),
        Action.HOLD: (Action.HOLD,),
    }
)

WORDS_MOST = 1000  # of a decision
APPEAL_MOST = 2000  # characters of each message about an appeal
MESSAGES_MOST = 3  # each way (SAFETY 1): what it was asked with is one of theirs, the answer one of ours
HOLD_MOST = 50  # messages
MUTE_MOST = 30  # days
#: Four eyes (SAFETY 1): what one person may do alone, what two may, and how long a proposal waits for the second.
ALONE_MOST = 72  # hours
TOGETHER_MOST = 720  # hours: thirty days
PROPOSED_FOR = timedelta(hours=24)
RENEWED_WITHIN = timedelta(hours=72)  # of its end: then another suspension is the same one, renewed
AMOUNT_MOST = 720  # of whatever
LATER_LEAST, LATER_MOST = timedelta(minutes=10), timedelta(minutes=60)
APPEAL_WITHIN = timedelta(days=14)
APPEAL_DECIDED = timedelta(days=7)

#: What they will read, unless somebody changes the words. Nobody is named, and nothing says that anybody told us.
WORDS: Mapping[Action, Promise] = MappingProxyType(
    {
        Action.NUDGE: _(
            "We read something you wrote in the group, and would like to ask you to go easy there. Nothing follows "
            "from this. If you would like to talk about it, ask to talk on Today."
        ),
        Action.WARN: _(
            "Something you wrote in the group does not fit what we all agreed to. Please don’t write like that again. "
            "You are welcome here, and you can ask to talk on Today."
        ),
        Action.HIDE: _(
            "We hid a message of yours, because it does not fit what we all agreed to. The group sees that a message "
            "was hidden, and not what it said."
        ),
        Action.HOLD: _(
            "For now, what you write in this group waits until somebody who keeps it has read it. You see that it "
            "waits, and nothing you write is lost."
        ),
        Action.MUTE: _(
            "You can read this group, and not write in it, for some days. Get help now, your other rooms and staff are "
            "there for you as before."
        ),
        Action.REMOVE: _(
            "Your place in this group has ended. Get help now and staff are there for you as before: ask to talk on "
            "Today, and we find out together what fits."
        ),
        Action.SUSPEND: _(
            "You don’t read or write in your rooms for now. Something that happened there cannot stay as it is, and we "
            "need time to look at it. Get help now, your check-ins, your own path and staff are there as before: "
            "ask to talk on Today."
        ),
        Action.BAN: _(
            "Your time in the rooms here has ended, for good. Two people decided it, each for themselves. Get help now "
            "and staff are there for you as before: ask to talk on Today, and we find out together where you go on."
        ),
    }
)


def a_little_later() -> timedelta:
    """How long a word waits, another time each time, so that nobody can tell from the hour who told us."""
    return LATER_LEAST + timedelta(seconds=secrets.randbelow(int((LATER_MOST - LATER_LEAST).total_seconds())))


class Answer(models.TextChoices):
    """What an appeal comes to."""

    STANDS = "stands", _("It stands")
    PARTLY = "partly", _("Part of it stands")
    LIFTED = "lifted", _("It is lifted")


class Side(models.TextChoices):
    """Who wrote something about an appeal: whoever may decide it is one side, by nobody's name."""

    ASKED = "asked", _("Who asked")
    LOOKS = "looks", _("Who looks at it again")


class Verdict(models.TextChoices):
    """What became of a proposal."""

    YES = "yes", _("Yes, do it")
    NO = "no", _("No, not this")
    BACK = "back", _("Taken back")
    OVER = "over", _("Nobody said yes in time")
