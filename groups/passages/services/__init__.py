"""What becomes of somebody's places. Import the room, say the verb: ``passages.welcome(...)``."""

from groups.passages.services.agreements import end_with_seat, take_back, weigh_agreement
from groups.passages.services.episodes import finish, graduate, let_go, say_farewell, welcome
from groups.passages.services.offers import accept_offer, decline_offer
from groups.passages.services.returns import come_back_in
from groups.passages.services.rooms import carry_name, open_alumni_room, open_room, settle_appointment

__all__ = [
    "accept_offer",
    "carry_name",
    "come_back_in",
    "decline_offer",
    "end_with_seat",
    "finish",
    "graduate",
    "let_go",
    "open_alumni_room",
    "open_room",
    "say_farewell",
    "settle_appointment",
    "take_back",
    "weigh_agreement",
    "welcome",
]
