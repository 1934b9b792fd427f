from django.urls import path

from community.sheets import views

urlpatterns = [
    path("emergency-sheet/", views.mine, name="emergency_sheet"),
    path("emergency-sheet/confirm/", views.confirm, name="emergency_sheet_confirm"),
    path("emergency-sheet/take-back/", views.take_back, name="emergency_sheet_take_back"),
    path("desk/emergency-sheets/", views.openings, name="desk_sheets"),
    path("desk/emergency-sheets/of/<uuid:case_id>/", views.opened, name="desk_sheet"),
    path("desk/emergency-sheets/of/<uuid:case_id>/hold/", views.hold, name="desk_sheet_hold"),
    path("desk/emergency-sheets/<uuid:opening_id>/look/", views.look, name="desk_sheet_look"),
]
