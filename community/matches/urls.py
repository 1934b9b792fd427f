from django.urls import path

from community.matches.views import beside, mine, one, people

MATCH = "mentoring/matches/<uuid:match_id>/"

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
]
