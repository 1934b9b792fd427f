"""What a name in the room may look like (the alias rule), and who may ask what of people."""

import re
import unicodedata

from django.utils.translation import gettext as _

from community.foundation import inputs
from community.foundation.registers import Answer
from community.people.models import ALIAS_MOST, Block, Person

STAFF_LIKE = frozenset({
    "admin", "administrator", "administrador", "staff", "moderator", "moderador", "moderadora", "facilitator",
    "facilitador", "facilitadora", "counselor", "consejero", "consejera", "therapist", "terapeuta", "doctor", "nurse",
    "porchlight", "support", "system", "sistema", "former member", "on call",
})  # fmt: skip
PHONE = re.compile(r"(\d[\s().-]*){7,}")


def clean_alias(value: object, *, at: str = "/alias") -> str:
    """A name for the group: 1 to 40 characters, NFC, nothing invisible, no address, phone or staff-like name.

    Raises Invalid with kind words.
    """
    words = unicodedata.normalize("NFC", inputs.text(value, at=at, most=ALIAS_MOST)).strip(" ")
    if any(unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp", "Co", "Cn"} for char in words):
        inputs.refuse(at, "characters", _("There is an invisible character in this name. Please type it again."))
    if "@" in words or PHONE.search(words) or "://" in words:
        inputs.refuse(at, "contact", _("Please leave out addresses and phone numbers. A first name is enough."))
    if folded(words) in STAFF_LIKE:
        inputs.refuse(at, "staff_like", _("This name could be taken for staff. Please choose another one."))
    return words


def folded(words: str) -> str:
    """How names are compared: compatibility forms, case and spacing do not make a difference."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def blocked(viewer: Person, subject: Person, purpose: str) -> Answer:
    """A ground: a block between two people shuts everything but safety."""
    if purpose == "safety":
        return Answer.SILENT
    return Answer.SHUT if Block.objects.between(viewer.pk, subject.pk).exists() else Answer.SILENT
