"""What else a person counts: a press more, a press less, mended, and forgotten. Nobody else finds these pages."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.foundation.web import Request, typed
from community.milestones import services as milestones
from community.milestones.forms import TallyChangeForm, TallyForm, TimesForm
from community.milestones.models import Tally
from community.milestones.rules import tally_of

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@ASKS
@login_required
def begin(request: Request) -> HttpResponse:
    """Count how often."""
    form = TallyForm(typed(request))
    begun: list[Tally] = []
    if request.method == "POST" and form.done(
        lambda: begun.append(milestones.begin_tally(person=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("Saved. Only you see this."))
        return _on_the_path(begun[0])
    return render(request, "milestones/tally_begin.html", {"form": form}, status=form.status)


@require_POST
@login_required
def count(request: Request, tally_id: UUID) -> HttpResponse:
    """Once more, or once less; what cannot be read changes nothing."""
    tally, form = tally_of(request.user, tally_id), TimesForm(request.POST)
    if not form.done(lambda: milestones.count_times(person=request.user, tally=tally, **form.cleaned_data)):
        messages.warning(request, _("This did not arrive whole. Please try again."))
    return _on_the_path(tally)


@ASKS
@login_required
def change(request: Request, tally_id: UUID) -> HttpResponse:
    """What it is called, how often it was; and forgetting it."""
    tally = tally_of(request.user, tally_id)
    first = {"name": tally.name, "count": tally.count}
    form = TallyChangeForm(typed(request), initial=first)
    if request.method == "POST" and form.done(
        lambda: milestones.change_tally(person=request.user, tally=tally, **form.cleaned_data)
    ):
        messages.success(request, _("Saved. Only you see this."))
        return _on_the_path(tally)
    return render(request, "milestones/tally_change.html", {"form": form, "tally": tally}, status=form.status)


@require_POST
@login_required
def forget(request: Request, tally_id: UUID) -> HttpResponse:
    """Count this no more."""
    milestones.forget_tally(person=request.user, tally=tally_of(request.user, tally_id))
    messages.success(request, _("Forgotten. Nothing of it is kept."))
    return redirect("my_path")


def _on_the_path(tally: Tally) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('my_path')}#tally-{tally.pk}")
