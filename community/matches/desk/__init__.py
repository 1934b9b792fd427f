"""What a verb thinks with before it writes: what the rows say of people who might walk together."""

from community.matches.desk.facts import (
    bonds_among,
    broken_between,
    coming_week,
    mentees_of,
    mentors_of,
    policies_for,
    policy_for,
)

__all__ = [
    "bonds_among",
    "broken_between",
    "coming_week",
    "mentees_of",
    "mentors_of",
    "policies_for",
    "policy_for",
]
