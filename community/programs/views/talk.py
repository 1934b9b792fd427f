"""Letting who leads one's group know that one would like to talk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.foundation.errors import Conflict
from community.foundation.web import Request
from community.programs import services as programs
from community.programs.rules import leaders_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def talk(request: Request) -> HttpResponse:
    """Who would hear it, and the press that tells them; where nobody leads, whom else there is."""
    if request.method == "POST":
        says_who_heard(request)
        return redirect("home")
    names = ", ".join(one.alias for one, _episode in leaders_of(request.user))
    return render(request, "programs/talk.html", {"names": names})


def says_who_heard(request: Request) -> None:
    """Ask for it, and say on the next page who hears of it, or that nobody leads."""
    try:
        names = ", ".join(programs.ask_to_talk(person=request.user))
    except Conflict as refusal:
        messages.warning(request, str(refusal.detail))
    else:
        messages.success(request, _("%(names)s will hear that you would like to talk, not why.") % {"names": names})
