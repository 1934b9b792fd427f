"""A note to the rooms of somebody who has died."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from community.deaths.models import Death, Telling
from community.deaths.rules import death_of_staff
from community.foundation.errors import Missing
from community.foundation.web import Request, done, typed
from community.programs.models import Enrollment
from groups.membership.models import Group
from groups.remembrance import services as remembrance
from groups.remembrance.forms import NoteForm
from groups.remembrance.models import Note
from groups.remembrance.rules import rooms_of_both


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def note(request: Request, death_id: UUID) -> HttpResponse:
    """Words to begin with, in the language of the room; nothing is posted before somebody presses."""
    death = death_of_staff(request.user, death_id)
    rooms = rooms_of_both(request.user, death.person_id)
    if not death.stands or not rooms:
        raise Missing
    written = list(Note.objects.of(death.pk).to_show())
    open_rooms = [room for room in rooms if room.pk not in {one.group_id for one in written}]
    form = NoteForm(typed(request), rooms=open_rooms, initial={"words": _begin(death, rooms[0]), "quiet_days": 7})
    if request.method == "POST" and form.done(
        lambda: remembrance.post(death=death, by=request.user, **form.cleaned_data)
    ):
        return done(request, _("It stands in the room."), "remembrance", death.pk)
    episode = Enrollment.objects.of(death.person_id).order_by("-began", "pk").values_list("pk", flat=True).first()
    left = Telling.objects.left().filter(death=death).count()
    context = {"death": death, "form": form, "rooms": open_rooms, "written": written, "episode": episode, "left": left}
    return render(request, "remembrance/note.html", context, status=form.status)


def _begin(death: Death, room: Group) -> str:
    with override(room.language):
        return _(
            "%(name)s, who was one of us here, has died. We are sad, and nobody has to carry it alone. If tonight is "
            "hard, say so here, talk to one of us, or open Get help now."
        ) % {"name": death.person.alias}
