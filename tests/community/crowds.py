"""What the tests of many people share: somebody who might say anything, and a whole town of them."""

import random
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy, Window, Wish, WishKind

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
WORDS = [f"word {number}" for number in range(80)]  # more than are bits
GENDERS = ["woman", "man", "nonbinary"]
LANGUAGES = ["en", "es", "fr", "vi"]
ZONES = ["America/New_York", "America/Chicago", "Asia/Kolkata"]
WAYS = ["twelve_step", "smart", "faith"]


def side(chance: random.Random, number: int, role: str) -> dict[str, Any]:
    """What somebody may have said; a few are mentor and mentee."""
    wish = chance.choices(list(WishKind), [75, 20, 5])[0]
    return {
        "id": f"{role} {number}",
        "person": f"person {number}" if not number % 7 else f"{role} {number}",
        "program": chance.choice(["evening", "evening", "evening", "morning"]),
        "track": chance.choice([*["addiction"] * 6, "dual", "teen"]),
        "across": chance.random() < 0.4,
        "opted_in": chance.random() < 0.95,
        "languages": tuple(chance.sample(LANGUAGES, chance.choice([0, 1, 2, 2, 3]))),
        "gender": chance.choice(["", *GENDERS]),
        "gender_wish": Wish(wish, frozenset() if wish == WishKind.ANY else frozenset(chance.sample(GENDERS, 1))),
        "pathways": frozenset(chance.sample(WAYS, chance.randint(0, 3))),
        "life_stages": frozenset(chance.sample(WORDS[:6], chance.randint(0, 2))),
        "values": frozenset(chance.choices(WORDS, k=chance.randint(0, 6))),
        "birth_year": chance.choice([None, *range(1960, 2005)]),
        "style": chance.choice(["", "listener", "structured"]),
        "windows": tuple(window(chance) for _window in range(chance.randint(0, 6))),
    }


def window(chance: random.Random) -> Window:
    start = chance.choice([7, 17, 18, 19, 23]) * 60 + chance.choice([0, 30, 41])
    return Window(chance.randrange(7), start, (start + chance.randint(30, 400)) % 1440, chance.choice(ZONES))


def town(chance: random.Random, mentees: int, mentors: int) -> tuple[list[MenteeFacts], list[MentorFacts], Bonds]:
    """People who said this and that, and what stands between some of them."""
    waiting = [
        MenteeFacts(
            **side(chance, number, "mentee"), minor=chance.random() < 0.05, guardian_consent=chance.random() < 0.5
        )
        for number in range(mentees)
    ]
    offered = [
        MentorFacts(
            **side(chance, number, "mentor"), **standing(chance)
        )
        for number in range(mentors)
    ]  # fmt: skip
    kinds = ["open", "blocked", "no_rematch", "conflicts"]
    drawn: dict[str, set[frozenset[str]]] = {kind: set() for kind in kinds}
    for _bond in range((mentees + mentors) // 3 if mentees and mentors else 0):
        two = frozenset({chance.choice(waiting).person, chance.choice(offered).person})
        drawn[chance.choice(kinds)].add(two)
    return waiting, offered, Bonds(**{kind: frozenset(found) for kind, found in drawn.items()})


def standing(chance: random.Random) -> dict[str, Any]:
    places = chance.randint(0, 3)
    return {
        "adult": chance.random() < 0.97,
        "approved": chance.random() < 0.95,
        "available": chance.random() < 0.9,
        "youth_cleared": chance.random() < 0.5,
        "free": chance.randint(0, places),
        "places": places,
        "tenure_days": chance.choice([None, 100, 365, *[900] * 6]),
        "days_since_match": chance.choice([None, 0, 20, 200]),
    }


policies = st.builds(
    Policy,
    tenure_days=st.sampled_from([0, 365]),
    minors=st.booleans(),
    mentor_tracks=st.sampled_from([{}, {"addiction": frozenset({"addiction", "dual"})}]),
)
