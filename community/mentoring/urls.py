from django.urls import path

from community.mentoring.views import asking, desk, mine, policy

MINE = "mentoring/mine/<uuid:mentor_id>/"
DESK = "desk/mentors/<uuid:mentor_id>/"

urlpatterns = [
    path("mentoring/", asking.overview, name="mentoring"),
    path("mentoring/ask/<uuid:program_id>/", asking.ask, name="mentor_ask"),
    path("mentoring/requests/<uuid:request_id>/take-back/", asking.withdraw, name="mentor_withdraw"),
    path("mentoring/offer/<uuid:program_id>/", asking.apply, name="mentor_apply"),
    path(MINE, mine.mine, name="mentor_mine"),
    path(f"{MINE}<slug:step>/", mine.step, name="mentor_mine_step"),
    path("desk/mentors/", desk.mentors, name="desk_mentoring"),
    path("desk/mentor-requests/<uuid:request_id>/first/", desk.mark, name="desk_mentor_first"),
    path("desk/programs/<uuid:program_id>/mentoring/", policy.policy, name="desk_mentoring_policy"),
    path(DESK, desk.mentor, name="desk_mentor"),
    path(f"{DESK}clearance/", desk.clearance, name="desk_mentor_clearance"),
    path(f"{DESK}supervisor/", desk.supervisor, name="desk_mentor_supervisor"),
    path(f"{DESK}notes/", desk.notes, name="desk_mentor_notes"),
    path(f"{DESK}step/<slug:step>/", desk.step, name="desk_mentor_step"),
]
