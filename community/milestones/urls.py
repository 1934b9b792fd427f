from django.urls import path

from community.milestones.api import ladders as ladders_api
from community.milestones.api import mine as mine_api
from community.milestones.api import tallies as tallies_api
from community.milestones.views import ladders, mine, tallies

FOCUS = "my-path/<uuid:focus_id>/"
TALLY = "my-path/tallies/<uuid:tally_id>/"
LADDERS = "desk/programs/<uuid:program_id>/ladders/"
API_LADDERS = "api/v1/programs/<uuid:program_id>/ladders"
API = "api/v1/milestones/<uuid:focus_id>"

urlpatterns = [
    path("my-path/new/", mine.begin, name="my_path_begin"),
    path(f"{FOCUS}first-day/", mine.correct, name="my_path_correct"),
    path(f"{FOCUS}change/", mine.change, name="my_path_change"),
    path(f"{FOCUS}new-count/", mine.new_count, name="my_path_new_count"),
    path(f"{FOCUS}undo/", mine.undo, name="my_path_undo"),
    path(f"{FOCUS}forget/", mine.forget, name="my_path_forget"),
    path("my-path/tallies/new/", tallies.begin, name="my_path_tally_begin"),
    path(f"{TALLY}count/", tallies.count, name="my_path_tally_count"),
    path(f"{TALLY}change/", tallies.change, name="my_path_tally_change"),
    path(f"{TALLY}forget/", tallies.forget, name="my_path_tally_forget"),
    path(LADDERS, ladders.ladders, name="desk_ladders"),
    path(f"{LADDERS}<slug:kind>/", ladders.ladder, name="desk_ladder"),
    path(f"{LADDERS}<slug:kind>/beginning/", ladders.ladder_beginning, name="desk_ladder_beginning"),
    path("api/v1/milestones", mine_api.CountsView.as_view(), name="api_milestones"),
    path("api/v1/milestones/tallies", tallies_api.TalliesView.as_view(), name="api_tallies"),
    path("api/v1/milestones/tallies/<uuid:tally_id>", tallies_api.TallyView.as_view(), name="api_tally"),
    path("api/v1/milestones/programs", mine_api.ProgressView.as_view(), name="api_milestones_in_programs"),
    path(API, mine_api.CountView.as_view(), name="api_milestone"),
    path(f"{API}/first-day", mine_api.FirstDayView.as_view(), name="api_milestone_first_day"),
    path(f"{API}/new-count", mine_api.NewCountView.as_view(), name="api_milestone_new_count"),
    path(API_LADDERS, ladders_api.LaddersView.as_view(), name="api_ladders"),
    path(f"{API_LADDERS}/<slug:kind>", ladders_api.LadderView.as_view(), name="api_ladder"),
]
