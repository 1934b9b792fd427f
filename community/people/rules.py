"""What a name in the room may look like (the alias rule), and who may ask what of people."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.foundation import inputs
from community.foundation.registers import Answer, kept_apart
from community.people.models import ALIAS_MOST, Block, Identity, Person

STAFF_LIKE = frozenset({
    "admin", "administrator", "administrador", "administradora", "staff", "moderator", "moderador", "moderadora", "mod",
    "facilitator", "facilitador", "facilitadora", "coordinator", "coordinador", "coordinadora", "counselor",
    "consejero", "consejera", "clinician", "therapist", "terapeuta", "doctor", "doctora", "dr", "dra", "nurse",
    "enfermero", "enfermera", "care team", "porchlight", "support", "system", "sistema", "former member", "on call",
})  # fmt: skip
PASSWORD_MOST = 200
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Co", "Cn"})
DIGITS = re.compile(r"\d+")
PHONE = re.compile(r"(\d[\s()./-]*){6,}")  # a birth date is found as well
#: Letters of other scripts that are drawn like Latin ones, in lower case (Unicode TS 39, the common ones).
DRAWN_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u043a\u043c\u0442\u0432\u043d"
    "\u03b1\u03bf\u03c1\u03bd\u03b9\u03ba\u03c4\u03c5\u03c7\u0131\u0261\u0251",
    "aeopcyxijshdqwkmtbhaopviktuxiga",
)
STROKES = str.maketrans("i1|0", "lllo")  # one stroke, one ring: "Ian" and "lan" cannot be told apart
MARKS_MOST = 4  # over and under one letter; scripts that are full of them need no more


def clean_alias(value: object, *, at: str = "/alias") -> str:
    """A name for the group: 1 to 40 characters, NFC, nothing invisible, no address, phone or staff-like name.

    Raises Invalid with kind words.
    """
    words = unicodedata.normalize("NFC", inputs.text(value, at=at, most=ALIAS_MOST)).strip(" ")
    if len(words) > ALIAS_MOST:  # a composed form may be longer than what was typed
        inputs.refuse(at, "too_long", _("This can be %(most)s characters at most.") % {"most": ALIAS_MOST})
    if any(unicodedata.category(char) in UNSEEN or char in inputs.BLANKS for char in words):
        inputs.refuse(at, "characters", _("There is an invisible character in this name. Please type it again."))
    if _piled_up(words):
        inputs.refuse(at, "characters", _("There are too many marks on one letter of this name. Please type it again."))
    if "@" in words or PHONE.search(words) or "://" in words:
        inputs.refuse(at, "contact", _("Please leave out addresses and phone numbers. A first name is enough."))
    spoken = f" {_plain(words)} "
    if any(f" {told} " in spoken or f" {told}s " in spoken for told in map(_plain, STAFF_LIKE)):
        inputs.refuse(at, "staff_like", _("This name could be taken for staff. Please choose another one."))
    return words


def clean_password(value: object, *, at: str = "/password") -> str:
    """A new password: 10 to 200 characters, none that everybody tries first. Raises Invalid with kind words."""
    words = inputs.text(value, at=at, most=PASSWORD_MOST)
    try:
        validate_password(words)
    except ValidationError as error:
        inputs.refuse(at, "weak", " ".join(error.messages))
    return words


def require_password(person: Person, typed: object, *, at: str = "/password") -> None:
    """Before something that opens or closes a way in: the password once more. Raises Invalid with kind words."""
    if not isinstance(typed, str) or not person.check_password(typed):
        inputs.refuse(at, "mismatch", _("This is not your password. Please try again."))


def refuse_legal_name(person: Person, alias: str, *, at: str = "/alias") -> None:
    """A name in the room never holds the last name somebody bears by law. Raises Invalid."""
    known = Identity.objects.filter(person=person).first()
    legal = _plain(known.legal_name).split() if known else []
    if len(legal) > 1 and legal[-1] in _plain(alias).split():
        inputs.refuse(at, "legal_name", _("Please leave out your last name. A first name is enough."))


def folded(words: str) -> str:
    """How names are compared: what is drawn alike, case and spacing do not make a difference."""
    same = unicodedata.normalize("NFKC", inputs.VARIATIONS.sub("", words)).casefold()
    return " ".join(same.translate(DRAWN_ALIKE).translate(STROKES).split())


def look_alike(one: str, other: str) -> bool:
    """Whether nothing tells two names apart but case, spacing, what stands between words, or how a letter is drawn."""
    return _bare(one) == _bare(other)


def passes_for(alias: str, other: str) -> bool:
    """Whether a name is another one with nothing but initials or numbers beside it: "Dana T" and "Dana 2" for "Dana".

    Between two who take part an initial is what tells them apart; beside who keeps a room it could be taken for theirs.
    """
    ours, theirs = _plain(DIGITS.sub(" ", alias)).split(), _plain(other).split()
    for at in range(len(ours) - len(theirs) + 1 if theirs else 0):
        if ours[at : at + len(theirs)] == theirs:
            return all(len(word) == 1 for word in (*ours[:at], *ours[at + len(theirs) :]))
    return False


def _bare(words: str) -> str:
    return _plain(words).replace(" ", "") or folded(words)  # a name may be one sign that is no letter


def _piled_up(words: str) -> bool:
    """Whether marks stand on nothing, or so many on one letter that they would cover the lines around."""
    marks = MARKS_MOST
    for char in inputs.VARIATIONS.sub("", words):
        marks = marks + 1 if unicodedata.category(char).startswith("M") else 0
        if marks > MARKS_MOST:
            return True
    return False


def _plain(words: str) -> str:
    """The words of a name without what stands between them."""
    return " ".join(re.findall(r"\w+", folded(words).replace("_", " ")))


def blocked(viewer: Person, subject: Person, purpose: str) -> Answer:
    """A ground: a block between two people shuts everything but safety."""
    if purpose == "safety":
        return Answer.SILENT
    return Answer.SHUT if Block.objects.between(viewer.pk, subject.pk).exists() else Answer.SILENT


def kept_from(person: UUID) -> set[UUID]:
    """With whom staff let somebody sit in no room; neither of the two knows it."""
    return {other for those in kept_apart for other in those(person)}


def blocked_among(people: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """Who of these chose not to meet whom of them."""
    return Block.objects.among(people).values_list("blocker_id", "blocked_id")


def apart_by_block(person: UUID) -> Iterable[UUID]:
    """Whom somebody chose not to meet, and who chose that of them."""
    for row in Block.objects.touching(person).values_list("blocker_id", "blocked_id"):
        yield from (one for one in row if one != person)
