from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.foundation.errors import Refusal
from community.foundation.web import Request, typed
from community.letters import services as letters
from community.letters.forms import ReachForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reach(request: Request) -> HttpResponse:
    """How I hear of updates while I am away."""
    offered = {"mail": bool(request.user.address), "sms": bool(settings.SMS_URL)}
    form = ReachForm(letters.reach_of(person=request.user), typed(request))
    if form.is_valid():
        try:
            letters.choose(person=request.user, wanted=_offered(form.cleaned_data, offered))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("settings_updates")
    return render(request, "letters/reach.html", {"form": form, "offered": offered}, status=form.status)


def _offered(wanted: dict[str, Any], offered: dict[str, bool]) -> dict[str, Any]:
    """What the page asked: a way that is not there was not."""
    asked = {"mail": "mail", "sms": "sms", "phone": "sms"}
    return {name: value for name, value in wanted.items() if offered[asked[name]]}
