"""Two of whom one said "Not this one": kept from each other until staff, who talked with both, lift it."""

import pytest

from community.audit.models import AuditEntry
from community.foundation.errors import Conflict, NotAllowed
from community.matches import services as matches
from community.matches.models import Match
from community.matches.plans.codes import State
from community.mentoring.models import MentorRequest
from community.notices.models import Notice
from groups.demo.services import World
from tests.community.desk import sent, words
from tests.community.matches import again, match_at
from tests.community.test_match_pages import text
from tests.doors import Script, browser

LIFT = "Let them be suggested again"


def not_this_one(world: World) -> tuple[Match, MentorRequest]:
    row = match_at(world, State.SHORTLISTED)
    assert sent(world.ana, f"/mentoring/matches/{row.pk}/not-this-one/").status_code == 302
    return again(row), MentorRequest.objects.of(world.ana.pk).open().get()


def test_staff_lift_it_with_a_press_after_a_question_and_neither_of_the_two_is_told(world: World) -> None:
    row, request = not_this_one(world)
    assert matches.suggest(request=request, by=world.dana) == []
    at, suggest = f"/desk/matching/matches/{row.pk}/lift/", f"/desk/matching/requests/{request.pk}/"
    shown = words(world.dana, suggest)
    assert LIFT in shown
    assert at in shown
    Notice.objects.all().delete()
    assert "Talk with each alone first" in text(words(world.dana, at))
    assert again(row).not_again
    assert sent(world.dana, at).status_code == 302
    assert not again(row).not_again
    assert not Notice.objects.exists()
    assert LIFT not in words(world.dana, suggest)
    assert AuditEntry.objects.filter(action="match.lift", actor=world.dana.pk, subject=f"match:{row.pk}").count() == 1
    (made,) = matches.suggest(request=request, by=world.dana)
    assert made.guide == world.ben


def test_a_script_reads_and_lifts_it_too_and_twice_is_a_conflict(world: World) -> None:
    row, request = not_this_one(world)
    dana = Script(world.dana)
    (one,) = dana.get(f"mentoring/desk/requests/{request.pk}/suggestions").json()["results"]
    assert (one["allowed"], one["lifts"]) == (False, str(row.pk))
    assert dana.post(f"mentoring/desk/matches/{row.pk}/lift", {}).status_code == 200
    (one,) = dana.get(f"mentoring/desk/requests/{request.pk}/suggestions").json()["results"]
    assert (one["allowed"], one["lifts"]) == (True, None)
    assert dana.post(f"mentoring/desk/matches/{row.pk}/lift", {}).status_code == 409
    with pytest.raises(Conflict):
        matches.lift(match=row, by=world.dana)


@pytest.mark.parametrize("who", ["ana", "ben", "cy", "eli"])
def test_nobody_else_lifts_it_or_learns_of_it(world: World, who: str) -> None:
    row, _request = not_this_one(world)
    with pytest.raises(NotAllowed):
        matches.lift(match=row, by=getattr(world, who))
    page = browser(getattr(world, who))
    assert page.get(f"/desk/matching/matches/{row.pk}/lift/").status_code == 404
    assert page.post(f"/desk/matching/matches/{row.pk}/lift/").status_code == 404
    assert again(row).not_again


def test_where_nobody_asked_for_it_there_is_nothing_to_lift(world: World) -> None:
    row = match_at(world, State.ENDED)
    assert browser(world.dana).get(f"/desk/matching/matches/{row.pk}/lift/").status_code == 404
    assert sent(world.dana, f"/desk/matching/matches/{row.pk}/lift/").status_code == 409
