"""What somebody tells us of, and what they hear back."""

from groups.moderation.services.appealing import appeal, decide_appeal
from groups.moderation.services.conversing import Said, ask_back, write_on
from groups.moderation.services.deciding import decide, tell_decided
from groups.moderation.services.proposing import answer_proposal, expire, propose, tell_answered
from groups.moderation.services.reporting import Meant, report, say_more
from groups.moderation.services.telling_back import set_telling_back, tell_back

__all__ = [
    "Meant",
    "Said",
    "answer_proposal",
    "appeal",
    "ask_back",
    "decide",
    "decide_appeal",
    "expire",
    "propose",
    "report",
    "say_more",
    "set_telling_back",
    "tell_answered",
    "tell_back",
    "tell_decided",
    "write_on",
]
