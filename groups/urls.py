"""The addresses of the middle floor."""

from django.urls import include, path

from groups.chat.api import messages as chat
from groups.chat.api import pins as chat_pins
from groups.chat.api import search as chat_search
from groups.chat.views import search
from groups.membership import api as membership
from groups.membership import views as membership_views
from groups.moderation import api as moderation_api
from groups.moderation.views import deciding, mine, seconding, telling
from groups.pairs import views as pairs
from groups.passages import api as passages_api
from groups.passages import views as passages
from groups.today import views as today_views

ROOM = "api/v1/groups/<uuid:group_id>"
MESSAGE = f"{ROOM}/messages/<uuid:message_id>"

urlpatterns = [
    path("today/", today_views.today, name="today"),
    path("check-ins/<str:day>/say/", today_views.say, name="check_in_say"),
    path("groups/", passages.groups, name="groups"),
    path("groups/<uuid:group_id>/members/", membership_views.members, name="room_members"),
    path("groups/<uuid:group_id>/members/<uuid:member_id>/end/", membership_views.end_seat, name="room_end_seat"),
    path("groups/<uuid:group_id>/messages/<uuid:message_id>/report/", telling.report_message, name="message_report"),
    path("groups/<uuid:group_id>/members/<uuid:member_id>/report/", telling.report_member, name="member_report"),
    path("told/<uuid:report_id>/", telling.told, name="told"),
    path("desk/follows/<uuid:case_id>/", deciding.choose, name="desk_case_choose"),
    path("desk/follows/<uuid:case_id>/<slug:action>/", deciding.decide, name="desk_case_decide"),
    path("desk/appeals/", deciding.appeals, name="desk_appeals"),
    path("desk/appeals/<uuid:decision_id>/", deciding.answer, name="desk_appeal"),
    path("desk/appeals/<uuid:decision_id>/ask/", deciding.ask_back, name="desk_appeal_ask"),
    path("desk/proposals/", seconding.proposals, name="desk_proposals"),
    path("desk/proposals/<uuid:proposal_id>/", seconding.proposal, name="desk_proposal"),
    path("desk/proposals/<uuid:proposal_id>/take-back/", seconding.take_back, name="desk_proposal_back"),
    path("api/v1/proposals", moderation_api.ProposalsView.as_view(), name="api_proposals"),
    path("api/v1/proposals/<uuid:proposal_id>", moderation_api.ProposalView.as_view(), name="api_proposal"),
    path("", include("groups.remembrance.urls")),
    path("decisions/<uuid:decision_id>/", mine.decision, name="decision"),
    path("decisions/<uuid:decision_id>/write/", mine.write_on, name="decision_write"),
    path("suspended/", mine.suspended, name="suspended"),
    path("suspended/rooms/<uuid:group_id>/leave/", mine.leave, name="suspended_leave"),
    path("api/v1/suspension", moderation_api.SuspensionView.as_view(), name="api_suspension"),
    path("api/v1/decisions", moderation_api.DecisionsView.as_view(), name="api_decisions"),
    path("api/v1/decisions/<uuid:decision_id>/appeal", moderation_api.AppealView.as_view(), name="api_appeal"),
    path(
        "api/v1/decisions/<uuid:decision_id>/appeal/messages",
        moderation_api.AppealWriteView.as_view(),
        name="api_appeal_write",
    ),
    path("api/v1/appeals", moderation_api.AppealsView.as_view(), name="api_appeals"),
    path("api/v1/appeals/<uuid:decision_id>/answer", moderation_api.AnswerView.as_view(), name="api_appeal_answer"),
    path("api/v1/appeals/<uuid:decision_id>/messages", moderation_api.AskBackView.as_view(), name="api_appeal_ask"),
    path("api/v1/reports", moderation_api.ReportsView.as_view(), name="api_reports"),
    path("groups/<uuid:group_id>/mute/", membership_views.mute, name="room_mute"),
    path("groups/<uuid:group_id>/hold/", membership_views.hold, name="room_hold"),
    path("groups/<uuid:group_id>/come-back/", passages.come_back, name="room_come_back"),
    path("groups/offers/<uuid:offer_id>/", passages.offer, name="alumni_offer"),
    path("groups/offers/<uuid:offer_id>/answer/", passages.answer, name="alumni_offer_answer"),
    path("groups/", include("groups.chat.urls")),
    path("mentoring/goodbye/<uuid:match_id>/", pairs.goodbye, name="match_goodbye"),
    path("", include("groups.celebrations.urls")),
    path("first-day/", include("groups.outreach.urls")),
    path("search/", search.search, name="search"),
    path("api/v1/search", chat_search.SearchView.as_view(), name="api_search"),
    path("api/v1/alumni-offers", passages_api.OffersView.as_view(), name="api_alumni_offers"),
    path("api/v1/alumni-offers/<uuid:offer_id>", passages_api.OfferAnswerView.as_view(), name="api_alumni_offer"),
    path("api/v1/kept-seats", passages_api.KeptSeatsView.as_view(), name="api_kept_seats"),
    path("api/v1/kept-seats/<uuid:group_id>", passages_api.KeptSeatView.as_view(), name="api_kept_seat"),
    path("api/v1/groups", membership.GroupsView.as_view(), name="api_groups"),
    path(ROOM, membership.GroupView.as_view(), name="api_group"),
    path(f"{ROOM}/reading", membership.ReadingView.as_view(), name="api_reading"),
    path(f"{ROOM}/members", membership.MembersView.as_view(), name="api_members"),
    path(f"{ROOM}/members/<uuid:member_id>", membership.MemberView.as_view(), name="api_member"),
    path(f"{ROOM}/members/<uuid:member_id>/restriction", membership.RestrictionView.as_view(), name="api_restriction"),
    path(f"{ROOM}/mute", membership.MuteView.as_view(), name="api_mute"),
    path(f"{ROOM}/hold", membership.HoldView.as_view(), name="api_hold"),
    path(f"{ROOM}/held", chat.HeldView.as_view(), name="api_held"),
    path(f"{ROOM}/read", chat.ReadView.as_view(), name="api_read"),
    path(f"{ROOM}/changes", chat.ChangesView.as_view(), name="api_changes"),
    path(f"{ROOM}/messages", chat.MessagesView.as_view(), name="api_messages"),
    path(MESSAGE, chat.MessageView.as_view(), name="api_message"),
    path(f"{MESSAGE}/pin", chat_pins.PinView.as_view(), name="api_pin"),
    path(f"{ROOM}/pins", chat_pins.PinsView.as_view(), name="api_pins"),
    path(f"{MESSAGE}/release", chat.ReleaseView.as_view(), name="api_release"),
    path(f"{MESSAGE}/reactions/<str:name>", chat.ReactionView.as_view(), name="api_reaction"),
]
