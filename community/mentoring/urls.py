from django.urls import path

from community.mentoring.api import desk as desk_api
from community.mentoring.api import mine as mine_api
from community.mentoring.api import policy as policy_api
from community.mentoring.views import asking, desk, mine, policy

MINE = "mentoring/mine/<uuid:mentor_id>/"
DESK = "desk/mentors/<uuid:mentor_id>/"
API = "api/v1/mentoring"
API_MINE = f"{API}/mentors/<uuid:mentor_id>"
API_DESK = f"{API}/desk/mentors/<uuid:mentor_id>"

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
    path(f"{API}/requests", mine_api.MentorRequestsView.as_view(), name="api_mentor_requests"),
    path(f"{API}/requests/<uuid:request_id>", mine_api.MentorRequestView.as_view(), name="api_mentor_request"),
    path(f"{API}/mentors", mine_api.MentorsView.as_view(), name="api_mentors"),
    path(API_MINE, mine_api.MentorView.as_view(), name="api_mentor"),
    path(f"{API_MINE}/agreement", mine_api.MentorAgreementView.as_view(), name="api_mentor_agreement"),
    path(f"{API_MINE}/break", mine_api.MentorBreakView.as_view(), name="api_mentor_break"),
    path(f"{API_MINE}/not-mine", mine_api.NotMineView.as_view(), name="api_mentor_not_mine"),
    path(f"{API}/desk/mentors", desk_api.DeskMentorsView.as_view(), name="api_desk_mentors"),
    path(API_DESK, desk_api.DeskMentorView.as_view(), name="api_desk_mentor"),
    path(f"{API_DESK}/steps/<slug:step>", desk_api.DeskMentorStepView.as_view(), name="api_desk_mentor_step"),
    path(f"{API_DESK}/clearance", desk_api.ClearanceView.as_view(), name="api_desk_mentor_clearance"),
    path(f"{API_DESK}/supervisor", desk_api.SupervisorView.as_view(), name="api_desk_mentor_supervisor"),
    path(f"{API_DESK}/notes", desk_api.NotesView.as_view(), name="api_desk_mentor_notes"),
    path(f"{API}/desk/requests", desk_api.WaitingView.as_view(), name="api_desk_mentor_requests"),
    path(f"{API}/desk/requests/<uuid:request_id>/first", desk_api.FirstView.as_view(), name="api_desk_mentor_first"),
    path(f"{API}/policies/<uuid:program_id>", policy_api.MentoringPolicyView.as_view(), name="api_mentoring_policy"),
]
