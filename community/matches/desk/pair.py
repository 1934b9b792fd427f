"""The eighteen rules, and the fit, asked of two people in the moment something is done about them."""

from django.utils.translation import gettext as _

from community.foundation.errors import Conflict
from community.matches.desk.facts import coming_week, judged, mentees_of, mentors_of
from community.matches.desk.line import settled_among
from community.matches.models import Match
from community.matching import fit as fitting
from community.matching.codes import Viewer, seen
from community.mentoring.models import Mentor, MentorRequest


def allowed(
    request: MentorRequest,
    mentor: Mentor,
    *,
    besides: Match | None = None,
    covering: bool = False,
    to_staff: bool = False,
) -> None:
    """Raises Conflict where these two may not be matched; ``to_staff`` with the codes that staff may know.

    Neither of the two is told which rule it was: most are not theirs to know, and their absence would tell as much.
    """
    two = judged(request, mentor, besides=besides, covering=covering)
    if two.broken and to_staff:
        told = sorted(str(code) for code in seen(two.broken, two.mentee, two.mentor, by=Viewer.STAFF))
        raise Conflict(_("These two cannot be matched just now."), code="rules", rules=told)
    if two.broken:
        raise Conflict(_("This cannot be just now. Nothing was changed, and nobody is told."), code="rules")


def unsettled(request: MentorRequest) -> None:
    """Raises Conflict while somebody walks with them: a card beside that could not be chosen."""
    if settled_among([request.person_id]):
        raise Conflict(
            _("Somebody walks with them already. They keep their place in line for when that ends."), code="settled"
        )


def weighed(request: MentorRequest, mentor: Mentor) -> fitting.Fit:
    """How well they fit, to be kept with the proposal."""
    (mentee,), (guide,) = mentees_of([request]), mentors_of([mentor])
    return fitting.fit(mentee, guide, coming_week())


def places_of(mentor: Mentor) -> int:
    """How many people more this mentor has a place for."""
    return mentors_of([mentor])[0].free
