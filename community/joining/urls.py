from django.urls import path

from community.joining.views import door, questions, staff

urlpatterns = [
    path("join/", door.door, name="join"),
    path("j/<str:token>/", door.by_link, name="join_by_link"),
    path("join/name/", questions.name, name="join_name"),
    path("join/agreement/", questions.agreement, name="join_agreement"),
    path("join/sign-in/", questions.sign_in, name="join_sign_in"),
    path("join/sheet/", questions.sheet, name="join_sheet"),
    path("join/not-now/", door.not_now, name="join_not_now"),
    path("invitations/", staff.invitations, name="invitations"),
    path("invitations/new/", staff.invite, name="invite"),
    path("invitations/cards/", staff.cards, name="invitation_cards"),
    path("invitations/cards/done/", staff.cards_done, name="invitation_cards_done"),
    path("invitations/<uuid:invitation_id>/revoke/", staff.revoke, name="invitation_revoke"),
]
