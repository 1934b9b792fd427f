"""The page that makes a device the clinic's, and the button with which each person is done on it."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation.errors import Missing
from community.foundation.web import Request, speak
from community.people.sessions import TABLET, TABLET_FOR, is_tablet, this_session
from community.tablets import services as tablets
from community.tablets.rules import may_set_up_tablets


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tablet(request: Request) -> HttpResponse:
    """Make this device the clinic's tablet, or an ordinary device again; either way whoever did so is signed out."""
    here = this_session(request)
    if here is None or not may_set_up_tablets(request.user, None):
        raise Missing
    if request.method != "POST":
        return render(request, "tablets/tablet.html", {"is_one": is_tablet(request)})
    if is_tablet(request):
        tablets.end(by=request.user, session_id=here)
        response = _emptied(request)
        response.delete_cookie(TABLET, samesite="Lax")
        return response
    tablets.begin(by=request.user, session_id=here)
    response = _emptied(request)
    response.set_signed_cookie(
        TABLET,
        "1",
        salt=TABLET,
        max_age=int(TABLET_FOR.total_seconds()),
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response


@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """This person is done: signed out, and the browser forgets everything. The next one finds the way in."""
    return _emptied(request)


@require_safe
@login_required
def awake(request: Request) -> HttpResponse:
    """Somebody still touches the page: reading this session is enough for it to stay."""
    return HttpResponse(status=204)


def _emptied(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("account_login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    speak(response, "")
    return response
