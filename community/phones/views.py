from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from community.foundation.errors import Missing
from community.foundation.web import Request, typed
from community.people.models import Session
from community.people.sessions import is_tablet, this_session
from community.people.views import empty
from community.phones import services as phones
from community.phones.forms import WhoseForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def whose_phone(request: Request) -> HttpResponse:
    """ "Is this phone only yours?", asked at the first page after sign-in; changed any time, in Settings."""
    asked = request.GET if request.method != "POST" else request.POST
    then = _inside(asked.get("next", ""))
    here = this_session(request)
    if here is None or is_tablet(request):
        raise Missing
    form = WhoseForm(typed(request))
    if form.is_valid():
        only_mine = form.cleaned_data["only_mine"]
        phones.answer(person=request.user, session_id=here, only_mine=only_mine)
        request.session.set_expiry(settings.SESSION_COOKIE_AGE if only_mine else None)  # None: gone with the browser
        response = HttpResponseRedirect(then)
        if not only_mine:
            empty(request, response)
        return response
    shown = {"form": form, "next": then, "answered": request.session.row.only_mine}  # type: ignore[attr-defined]  # ours
    return render(request, "phones/whose_phone.html", shown, status=form.status)


def ask_first(request: HttpRequest, then: str) -> HttpResponseRedirect:
    """To ``then``, by way of the question where it was not answered on this device yet; the clinic's is nobody's."""
    here: Session = request.session.row  # type: ignore[attr-defined]  # ours
    settled = here.tablet or here.only_mine is not None
    return HttpResponseRedirect(then if settled else reverse("whose_phone", query={"next": then}))


def _inside(address: str) -> str:
    """Where to go on, if it is one of our own pages."""
    home: str = resolve_url(settings.LOGIN_REDIRECT_URL)
    inside = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if inside else home
