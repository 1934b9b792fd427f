"""What can be done about a page. Each is one transaction."""

from community.paging.services.calls import claim, drop, fail, forget, sent
from community.paging.services.paging import acknowledge, escalate, page, settle_case, settle_test, test, wake

__all__ = [
    "acknowledge",
    "claim",
    "drop",
    "escalate",
    "fail",
    "forget",
    "page",
    "sent",
    "settle_case",
    "settle_test",
    "test",
    "wake",
]
