from django.urls import path

from community.matches.views import mine, one

MATCH = "mentoring/matches/<uuid:match_id>/"

urlpatterns = [
    path("mentoring/matches/", mine.mine, name="matches"),
    path("mentoring/matches/none/", mine.none, name="matches_none"),
    path(MATCH, one.one, name="match"),
    path(f"{MATCH}<slug:step>/", one.step, name="match_step"),
]
