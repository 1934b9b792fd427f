from django.urls import path

from community.matches.api import batches as batches_api
from community.matches.api import days as days_api
from community.matches.api import desk as desk_api
from community.matches.api import mine as api
from community.matches.views import batches, beside, board, days, ended, mine, one, outcomes, people

MATCH = "mentoring/matches/<uuid:match_id>/"
DESK = "desk/matching/"
API = "api/v1/mentoring/matches/<uuid:match_id>"
API_DESK = "api/v1/mentoring/desk"

urlpatterns = [
    path("mentoring/matches/", mine.mine, name="matches"),
    path("mentoring/matches/none/", mine.none, name="matches_none"),
    path("mentoring/people/", people.people, name="match_people"),
    path("mentoring/questions/<uuid:checkin_id>/", beside.question, name="match_question"),
    path(MATCH, one.one, name="match"),
    path(f"{MATCH}decline/", people.decline, name="match_decline"),
    path(f"{MATCH}call/", beside.call, name="match_call"),
    path(f"{MATCH}aims/", beside.aim, name="match_aims"),
    path(f"{MATCH}plan/", beside.plan, name="match_plan"),
    path(f"{MATCH}end/", beside.end, name="match_end"),
    path(f"{MATCH}days/", days.days, name="match_days"),
    path(f"{MATCH}days/<str:day>/", days.share, name="match_day_share"),
    path(f"{MATCH}<slug:step>/", one.step, name="match_step"),
    path(DESK, board.matching, name="desk_matching"),
    path(f"{DESK}<uuid:program_id>/", board.board, name="desk_board"),
    path(f"{DESK}<uuid:program_id>/approve/", board.approve_all, name="desk_board_approve"),
    path(f"{DESK}<uuid:program_id>/batch/", batches.batch, name="desk_batch"),
    path(f"{DESK}<uuid:program_id>/batch/ask/", batches.ask, name="desk_batch_ask"),
    path(f"{DESK}<uuid:program_id>/batch/<uuid:batch_id>/take/", batches.take_over, name="desk_batch_take"),
    path(f"{DESK}<uuid:program_id>/outcomes/", outcomes.outcomes, name="desk_outcomes"),
    path(f"{DESK}<uuid:program_id>/ended/", ended.ended, name="desk_ended"),
    path(f"{DESK}requests/<uuid:request_id>/", board.suggest, name="desk_suggest"),
    path(f"{DESK}requests/<uuid:request_id>/best/", batches.best, name="desk_suggest_best"),
    path(f"{DESK}matches/<uuid:match_id>/", board.match, name="desk_match"),
    path(f"{DESK}matches/<uuid:match_id>/cover/", board.cover, name="desk_match_cover"),
    path(f"{DESK}matches/<uuid:match_id>/<slug:step>/", board.step, name="desk_match_step"),
    path(f"{DESK}asked/<uuid:checkin_id>/", board.seen_to, name="desk_match_seen_to"),
    path("api/v1/mentoring/matches", api.MatchesView.as_view(), name="api_matches"),
    path("api/v1/mentoring/matches/none", api.NoneView.as_view(), name="api_matches_none"),
    path(API, api.MatchView.as_view(), name="api_match"),
    path(f"{API}/decline", api.DeclineView.as_view(), name="api_match_decline"),
    path(f"{API}/end", api.EndView.as_view(), name="api_match_end"),
    path(f"{API}/plan-end", api.PlanEndView.as_view(), name="api_match_plan_end"),
    path(f"{API}/aims", api.AimsView.as_view(), name="api_match_aims"),
    path(f"{API}/call", api.CallView.as_view(), name="api_match_call"),
    path(f"{API}/days", days_api.DaysView.as_view(), name="api_match_days"),
    path(f"{API}/days/<str:day>", days_api.DayView.as_view(), name="api_match_day"),
    path(f"{API}/<slug:step>", api.StepView.as_view(), name="api_match_step"),
    path(f"{API_DESK}/programs/<uuid:program_id>/board", desk_api.BoardView.as_view(), name="api_desk_board"),
    path(f"{API_DESK}/programs/<uuid:program_id>/batch", batches_api.BatchView.as_view(), name="api_desk_batch"),
    path(
        f"{API_DESK}/programs/<uuid:program_id>/batch/<uuid:batch_id>/take",
        batches_api.BatchTakeView.as_view(),
        name="api_desk_batch_take",
    ),
    path(
        f"{API_DESK}/programs/<uuid:program_id>/outcomes", batches_api.OutcomesView.as_view(), name="api_desk_outcomes"
    ),
    path(f"{API_DESK}/programs/<uuid:program_id>/ended", desk_api.EndedView.as_view(), name="api_desk_ended"),
    path(
        f"{API_DESK}/requests/<uuid:request_id>/suggestions",
        desk_api.SuggestionsView.as_view(),
        name="api_desk_suggestions",
    ),
    path(f"{API_DESK}/requests/<uuid:request_id>/best", desk_api.BestView.as_view(), name="api_desk_best"),
    path(f"{API_DESK}/matches/<uuid:match_id>", desk_api.DeskMatchView.as_view(), name="api_desk_match"),
    path(f"{API_DESK}/matches/<uuid:match_id>/stand-in", desk_api.StandInView.as_view(), name="api_desk_stand_in"),
    path(
        f"{API_DESK}/matches/<uuid:match_id>/<slug:step>", desk_api.DeskStepView.as_view(), name="api_desk_match_step"
    ),
    path(f"{API_DESK}/checkins/<uuid:checkin_id>/seen-to", desk_api.SeenToView.as_view(), name="api_desk_seen_to"),
    path("api/v1/mentoring/checkins", api.CheckInsView.as_view(), name="api_match_checkins"),
    path(
        "api/v1/mentoring/checkins/<uuid:checkin_id>/answer", api.AnswerView.as_view(), name="api_match_checkin_answer"
    ),
]
