"""My safety plan, a step at a time and without a script; and one that somebody chose to show me."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation import clock
from community.foundation.web import Request, done, typed
from community.safetyplan import services as safetyplan
from community.safetyplan.forms import StepForm
from community.safetyplan.plans import after
from community.safetyplan.reading import earlier_of, is_due, step_of, steps_of, ways_of
from community.safetyplan.rules import part_named, plan_of, shown_to


@require_safe
@login_required
def plan(request: Request) -> HttpResponse:
    """All of it, as it stands, and whom I show it to."""
    mine = plan_of(request.user)
    steps = steps_of(mine)
    written = any(step.row for step in steps)
    context = {
        "steps": steps,
        "written": written,
        "plan": mine,
        "due": written and is_due(mine, clock.now()),
        "ways": ways_of(request.user, mine) if mine and written else [],
    }
    return render(request, "safetyplan/plan.html", context)


@require_safe
@login_required
def printed(request: Request) -> HttpResponse:
    """The same for paper."""
    return render(
        request, "safetyplan/print.html", {"steps": [one for one in steps_of(plan_of(request.user)) if one.row]}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def step(request: Request, part: str) -> HttpResponse:
    """One part: what it says, what it said before, and the way to change it."""
    one, mine = part_named(part), plan_of(request.user)
    shown, earlier = step_of(mine, one), earlier_of(mine, one, request.user.zone)
    again = request.GET.get("again", "")
    words = next((found.row.words for found in earlier if str(found.row.pk) == again), None)
    form = StepForm(shown, typed(request), words=words)
    further = after(one)
    if form.is_bound and form.done(lambda: safetyplan.write(person=request.user, part=one, **form.told)):
        onward = further and "onward" in request.POST
        return done(request, _("Saved."), *(["safety_plan_step", further] if onward else ["safety_plan"]))
    context = {"step": shown, "form": form, "earlier": earlier, "onward": further and further.label}
    return render(request, "safetyplan/step.html", context, status=form.status)


@require_POST
@login_required
def look(request: Request) -> HttpResponse:
    """It is right as it is."""
    safetyplan.look(person=request.user)
    return done(request, _("Good. It stays as it is."), "safety_plan")


@require_POST
@login_required
def craving(request: Request) -> HttpResponse:
    """My check-in asks how strong cravings are (``asks=1``), or no more."""
    safetyplan.ask_craving(person=request.user, asks=request.POST.get("asks") == "1")
    return done(request, _("Saved."), "safety_plan")


@require_POST
@login_required
def forget(request: Request) -> HttpResponse:
    """Forget all of it (``what=all``), or what it said before."""
    if request.POST.get("what") == "all":
        safetyplan.erase(person=request.user)
        return done(request, _("Erased. Nothing of it is kept."), "safety_plan")
    safetyplan.forget_earlier(person=request.user)
    return done(request, _("What it said before is gone."), "safety_plan")


@require_POST
@login_required
def share(request: Request, tie_id: UUID, reader_id: UUID) -> HttpResponse:
    """Let one person read it (``share=1``), or no more."""
    if request.POST.get("share") == "1":
        safetyplan.share(person=request.user, tie_id=tie_id, reader_id=reader_id)
        return done(request, _("Shared. You can take it back whenever you like."), "safety_plan")
    safetyplan.take_back(person=request.user, tie_id=tie_id, reader_id=reader_id)
    return done(request, _("They can’t read it any more."), "safety_plan")


@require_safe
@login_required
def shared(request: Request, tie_id: UUID) -> HttpResponse:
    """A plan somebody chose to show me."""
    found = shown_to(request.user, tie_id)
    context = {"who": found.person, "steps": [one for one in steps_of(found) if one.row]}
    return render(request, "safetyplan/shared.html", context)
