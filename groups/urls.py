"""The addresses of the middle floor."""

from django.urls import include, path

from groups.chat.api import messages as chat
from groups.chat.api import search as chat_search
from groups.chat.views import search
from groups.membership import api as membership
from groups.membership import views as membership_views
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
    path("groups/<uuid:group_id>/hold/", membership_views.hold, name="room_hold"),
    path("groups/<uuid:group_id>/come-back/", passages.come_back, name="room_come_back"),
    path("groups/offers/<uuid:offer_id>/", passages.offer, name="alumni_offer"),
    path("groups/offers/<uuid:offer_id>/answer/", passages.answer, name="alumni_offer_answer"),
    path("groups/", include("groups.chat.urls")),
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
    path(f"{ROOM}/members", membership.MembersView.as_view(), name="api_members"),
    path(f"{ROOM}/members/<uuid:member_id>", membership.MemberView.as_view(), name="api_member"),
    path(f"{ROOM}/members/<uuid:member_id>/restriction", membership.RestrictionView.as_view(), name="api_restriction"),
    path(f"{ROOM}/hold", membership.HoldView.as_view(), name="api_hold"),
    path(f"{ROOM}/held", chat.HeldView.as_view(), name="api_held"),
    path(f"{ROOM}/read", chat.ReadView.as_view(), name="api_read"),
    path(f"{ROOM}/changes", chat.ChangesView.as_view(), name="api_changes"),
    path(f"{ROOM}/messages", chat.MessagesView.as_view(), name="api_messages"),
    path(MESSAGE, chat.MessageView.as_view(), name="api_message"),
    path(f"{MESSAGE}/release", chat.ReleaseView.as_view(), name="api_release"),
    path(f"{MESSAGE}/reactions/<str:name>", chat.ReactionView.as_view(), name="api_reaction"),
]
