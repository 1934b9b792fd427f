"""Who may be a mentor, who may ask for one, and who may do what about either."""

from community.mentoring.rules.ages import is_adult, is_minor
from community.mentoring.rules.asked import (
    is_own_mentor,
    is_own_request,
    may_apply,
    may_ask,
    may_lead,
    may_mark,
    may_set_policy,
    may_supervise,
    may_write_notes,
    mentor_of,
    mentor_of_staff,
    mentoring_programs,
    request_of,
    request_of_staff,
)
from community.mentoring.rules.policies import policies_of, policy_of, sponsors_in, usual_policy
from community.mentoring.rules.standing import Standing, standing_of, standings

__all__ = [
    "Standing",
    "is_adult",
    "is_minor",
    "is_own_mentor",
    "is_own_request",
    "may_apply",
    "may_ask",
    "may_lead",
    "may_mark",
    "may_set_policy",
    "may_supervise",
    "may_write_notes",
    "mentor_of",
    "mentor_of_staff",
    "mentoring_programs",
    "policies_of",
    "policy_of",
    "request_of",
    "request_of_staff",
    "sponsors_in",
    "standing_of",
    "standings",
    "usual_policy",
]
