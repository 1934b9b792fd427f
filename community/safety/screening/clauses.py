"""Cuts words into clauses: a calm opening never covers the disclosure that follows it."""

from dataclasses import dataclass

TURNS = frozenset(["but", "though", "although", "however", "except", "yet", "pero", "aunque", "sino"])
ENDS = frozenset(".!?;\n")
ANSWERS = frozenset(["no", "nope", "nah", "yes", "yeah", "yep", "ya", "si"])
BREAK = ""  # a word that no pattern knows and no gap may pass


@dataclass(frozen=True, slots=True)
class Clause:
    """Words ``start`` to ``end`` of the message."""

    start: int
    end: int
    asked: bool = False
    quoted: bool = False

    @property
    def bits(self) -> int:
        return (1 << self.end) - (1 << self.start)


@dataclass(frozen=True, slots=True)
class Cut:
    """Words with a BREAK between clauses; ``kept`` says which word of the reading each was."""

    words: list[str]
    kept: list[int]
    clauses: list[Clause]
    joints: frozenset[int]  # words right after a comma


def cut(tokens: list[str]) -> Cut:
    words: list[str] = []
    kept: list[int] = []
    clauses: list[Clause] = []
    joints: set[int] = set()
    start = 0
    quoted = False
    for number, word in enumerate(tokens):
        if word.isalnum() and word not in TURNS:
            words.append(word)
            kept.append(number)
            continue
        ends = word[0] in ENDS
        if ends or word == '"' or word in TURNS or (word == "," and len(words) - start == 1 and words[-1] in ANSWERS):
            if len(words) > start:
                clauses.append(Clause(start, len(words), asked=ends and "?" in word, quoted=quoted))
                words.append(BREAK)
                kept.append(number)
                start = len(words)
            quoted ^= word == '"'
        elif word == ",":
            joints.add(len(words))
        else:
            words.append(word)
            kept.append(number)
    if len(words) > start:
        clauses.append(Clause(start, len(words), quoted=quoted))
    return Cut(words, kept, clauses, frozenset(joints))
