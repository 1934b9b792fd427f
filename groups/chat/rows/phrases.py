"""The words around messages, in the reader's language and zone.

The script draws the same rows from the same phrases (``PHRASES`` stands in the page), so page and update cannot differ.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

QUOTE_POINTS = 140

#: The six of PROTOCOL.md, in the order they are offered: name, icon, words.
REACTIONS: tuple[tuple[str, str, Promise], ...] = (
    ("with_you", "heart-handshake", _("With you")),
    ("thank_you", "heart", _("Thank you")),
    ("strength", "mountain", _("Strength")),
    ("hope", "sprout", _("Hope")),
    ("me_too", "hand", _("Me too")),
    ("hug", "hug", _("Hug")),
)

PHRASES: dict[str, Promise | str] = {
    "you": _("You"),
    "somebody": _("Someone who was here"),
    "and_others": _("{names} and others"),
    "removed_author": _("{name} removed this message"),
    "removed_own": _("You removed this message"),
    "removed_celebration": _("Something shared here was taken back"),
    "removed_moderator": _("A facilitator hid this message"),
    "removed_held": _("This place is waiting for a facilitator"),
    "note": _("Content note: {note}"),
    "note_why": _("{name} added this so you can choose."),
    "note_own": _("You added this so others can choose."),
    "collapsed": _("A message from someone you blocked"),
    "earlier": _("An earlier message"),
    "new_one": _("1 new since you were last here"),
    "new_other": _("{count} new since you were last here"),
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "day_year": _("{day}, {year}"),
    "held": _("Waiting for a facilitator. Others can't see it yet."),
    "sending": _("Sending"),
    "waiting": _("Not sent yet. We'll keep trying."),
    "refused": _("This could not be sent."),
    "below_one": _("1 new below"),
    "below_other": _("{count} new below"),
    "jump_new": _("Jump to new"),
    "jump_back": _("Back to where you were"),
    "heard_one": _("{name}: {words}"),
    "heard_line": "{words}",
    "heard_other": _("{count} new messages"),
    "offline": _("You're offline. You can keep writing."),
    "reconnecting": _("The connection was lost. We're trying again. You can keep writing."),
    "ended": _("You've been signed out. What you wrote is kept for when you sign in again."),
    "left": _("Your seat in this room has ended. What you wrote here and didn't send is still below."),
    "replying": _("Replying to {name}"),
    "editing": _("Editing your message"),
    "too_long_one": _("This is 1 character too long."),
    "too_long_other": _("This is {count} characters too long."),
    "try_again": _("That did not work just now. Please try again."),
    "around": _("{count} are around now"),
    "typing_one": _("{name} is writing"),
    "typing_two": _("{name} and {other} are writing"),
    "typing_many": _("Several people are writing"),
}

ENDED_SHARED = _("You've been signed out. What you wrote is still here; this phone keeps none of it after that.")


def phrases(*, only_mine: bool) -> dict[str, Promise | str]:
    """What the script of a page may say; what stays once somebody is signed out is the phone's to say."""
    return PHRASES if only_mine else {**PHRASES, "ended": ENDED_SHARED}


def say(phrase: str, **values: object) -> str:
    return str(PHRASES[phrase]).format(**values)


def count(phrase: str, number: int) -> str:
    return say(f"{phrase}_{'one' if number == 1 else 'other'}", count=number)


def clipped(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= QUOTE_POINTS else f"{line[: QUOTE_POINTS - 1]}…"
