"""Pages of the recovery sheet: getting back in with it, and a new one."""

from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation import clock, limits, words
from community.foundation.errors import Invalid
from community.foundation.web import Request, address_of, typed
from community.people.models import Person
from community.recovery import services as recovery
from community.recovery.forms import ComeBackForm, SheetForm
from community.recovery.models import CODES, RecoveryCode, Sheet

SHOWN = "recovery_sheet"
SHOWN_FOR = timedelta(minutes=30)  # a phone may drop the page and load it again


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """A new password with a code of one's sheet; known and unknown names get the same answer, work and limits."""
    form = ComeBackForm(typed(request))
    if request.method == "POST":
        limits.spend_a(what="door_try", who=f"recover:{address_of(request)}")
        limits.spend_a(what="try", who=f"recover:{words.folded(request.POST.get('login', ''))}")
        if form.is_valid():
            try:
                recovery.come_back(**form.cleaned_data)
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                return redirect("recover_done")
    shown = {"form": form, "example": words.some(4, request.LANGUAGE_CODE)}
    return render(request, "recovery/come_back.html", shown, status=form.status)


@require_safe
def come_back_done(request: HttpRequest) -> HttpResponse:
    return render(request, "recovery/done.html")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sheet(request: Request) -> HttpResponse:
    """My recovery sheet: how many codes still work, a new sheet for my password, and the new one while it is shown."""
    if shown := being_shown(request):
        return render(request, "recovery/sheet.html", {"sheet": shown})
    form = SheetForm(typed(request))
    if request.method == "POST":
        limits.spend_a(what="try", who=f"sheet:{request.user.pk}")
        if form.is_valid():
            try:
                made = recovery.renew_sheet(person=request.user, password=form.cleaned_data["password"])
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                show(request, request.user, made)
                return redirect("recovery_sheet")
    left = RecoveryCode.objects.of(request.user.pk).unspent().count()
    return render(request, "recovery/renew.html", {"form": form, "left": left, "all": CODES}, status=form.status)


@require_POST
@login_required
def sheet_kept(request: Request) -> HttpResponse:
    """I have written them down: they are not shown again."""
    put_away(request)
    return redirect("recovery_sheet")


def show(request: HttpRequest, owner: Person, made: Sheet) -> None:
    """Keep a fresh sheet for its owner's next page, sealed, for 30 minutes at most."""
    request.session[SHOWN] = {"sealed": made.sealed(owner), "until": (clock.now() + SHOWN_FOR).isoformat()}


def put_away(request: Request) -> None:
    """Show it no more."""
    request.session.pop(SHOWN, None)


def being_shown(request: Request) -> Sheet | None:
    """The sheet this device still shows, if any."""
    kept = request.session.get(SHOWN)
    if not kept or clock.now() >= datetime.fromisoformat(kept["until"]):
        return None
    return Sheet.opened(kept["sealed"], request.user)
