"""What was said just before: a question answered with one word, a sentence sent in pieces."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from community.safety.screening.normalizer import tokens

SHORT = 60  # characters; a longer message says enough alone
LAST = 5
ABOUT_DYING = re.compile(
    r"kill|suicid|end your life|"
    r"hurt yourself|harm yourself|want to die|wanting to die|matar|morir|hacerte dano|quitarte"
)
ABOUT_SAFETY = re.compile(r"are you (?:safe|ok right now)|estas a salvo|estas segur")
YES = re.compile(
    r"^(?:yes|yeah|yep|yup|ya|si|"
    r"kind of|kinda|sort of|maybe|a little|sometimes|i think so|i guess|i am|i do|honestly yes|probably|"
    r"un poco|creo que si|tal vez|a veces|more than)\b"
)
NO = re.compile(r"^(?:no|nope|nah|not really|not at all|never|not anymore|para nada)\b")
UNSURE = re.compile(r"^(?:not really|unsure|i do not know|not sure|no se|no estoy)\b")


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    by_author: bool = False


def answer(text: str, before: Sequence[Said]) -> str | None:
    """The tier a short answer to a direct question deserves; None where there was no such question."""
    if not before or before[-1].by_author or len(text) > SHORT:
        return None
    asked = " ".join(tokens(before[-1].text))
    said = " ".join(tokens(text))
    if ABOUT_DYING.search(asked):
        return "alert" if YES.match(said) else "concern" if UNSURE.match(said) else "none" if NO.match(said) else None
    if ABOUT_SAFETY.search(asked):
        return "alert" if NO.match(said) or UNSURE.match(said) else None
    return None


def pieces(text: str, before: Sequence[Said]) -> list[str]:
    """The author's last short messages and this one, where they were sent in one breath; else nothing."""
    found: list[str] = []
    for said in reversed(before[-LAST:]):
        if not said.by_author or len(said.text) > SHORT:
            break
        found.insert(0, said.text)
    return [*found, text] if found and len(text) <= SHORT else []
