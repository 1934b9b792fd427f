from django.urls import path

from community.matches.views import beside, board, mine, one, outcomes, people

MATCH = "mentoring/matches/<uuid:match_id>/"
DESK = "desk/matching/"

urlpatterns = [
    path("mentoring/matches/", mine.mine, name="matches"),
    path("mentoring/matches/none/", mine.none, name="matches_none"),
    path("mentoring/people/", people.people, name="match_people"),
    path("mentoring/questions/<uuid:checkin_id>/", beside.question, name="match_question"),
    path(MATCH, one.one, name="match"),
    path(f"{MATCH}decline/", people.decline, name="match_decline"),
    path(f"{MATCH}call/", beside.call, name="match_call"),
    path(f"{MATCH}plan/", beside.plan, name="match_plan"),
    path(f"{MATCH}end/", beside.end, name="match_end"),
    path(f"{MATCH}<slug:step>/", one.step, name="match_step"),
    path(DESK, board.matching, name="desk_matching"),
    path(f"{DESK}<uuid:program_id>/", board.board, name="desk_board"),
    path(f"{DESK}<uuid:program_id>/approve/", board.approve_all, name="desk_board_approve"),
    path(f"{DESK}<uuid:program_id>/outcomes/", outcomes.outcomes, name="desk_outcomes"),
    path(f"{DESK}requests/<uuid:request_id>/", board.suggest, name="desk_suggest"),
    path(f"{DESK}matches/<uuid:match_id>/", board.match, name="desk_match"),
    path(f"{DESK}matches/<uuid:match_id>/cover/", board.cover, name="desk_match_cover"),
    path(f"{DESK}matches/<uuid:match_id>/<slug:step>/", board.step, name="desk_match_step"),
    path(f"{DESK}asked/<uuid:checkin_id>/", board.seen_to, name="desk_match_seen_to"),
]
