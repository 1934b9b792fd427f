"""The door: a typed code or an opened link. Whatever opens nothing gets one answer."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation import clock, codes, limits
from community.foundation.web import address_of
from community.joining.forms import CodeForm
from community.joining.models import SYMBOLS, Invitation, digests_of
from community.joining.views.visit import KEPT, Visit, begin, opened


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Type the code of a card; or begin, when a link was opened."""
    if request.method == "POST":
        return _typed(request, CodeForm(request.POST))
    invitation = opened(request)
    if invitation is not None:
        visit = Visit(request, invitation)
        with translation.override(invitation.language):
            return render(request, "joining/welcome.html", visit.step(1))
    refused = request.session.pop(KEPT, None) is not None
    return _code(request, CodeForm(), refused=refused)


def _typed(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """Tries count by where they come from, and by how the code begins: nobody sweeps the space from many places."""
    limits.spend_a(what="door_try", who=f"join:{address_of(request)}")
    typed = str(form.data.get("code", ""))
    code = codes.read(typed, SYMBOLS)
    if code is not None:
        limits.spend_a(what="try", who=f"join:{code[:2]}")
    invitation = _found(typed if form.is_valid() else "")
    if invitation is None:
        return _code(request, form, refused=True)
    begin(request, invitation)
    return redirect("join_name")


def _code(request: HttpRequest, form: CodeForm, *, refused: bool) -> HttpResponse:
    return render(request, "joining/code.html", {"form": form, "refused": refused}, status=422 if refused else 200)


@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Open a link, and go on at an address that tells nothing; what it opened is remembered on this device alone."""
    limits.spend_a(what="door_try", who=f"join:{address_of(request)}")
    begin(request, _found(token))
    response = redirect("join")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def not_now(request: HttpRequest) -> HttpResponse:
    """Stay out: nothing was made, nobody is told, and the card stays good."""
    invitation = opened(request)
    request.session.pop(KEPT, None)
    with translation.override(invitation.language if invitation else translation.get_language()):
        until = invitation.expires.astimezone(ZoneInfo(invitation.zone)) if invitation else None
        return render(request, "joining/not_now.html", {"until": until})


def _found(opens: str) -> Invitation | None:
    return Invitation.objects.usable(clock.now()).opened_by(digests_of(opens)).first()
