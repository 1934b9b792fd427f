"""One person's time in a program, at the desk: each step on a page that says what they and the group will see."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.foundation import clock
from community.foundation.forms import Form
from community.foundation.registers import about_people
from community.foundation.web import Request, done, typed
from community.programs import services as programs
from community.programs.forms import AgainForm, CardNameForm, EndForm, PhaseForm, StepForm
from community.programs.models import Cohort, Enrollment, PhaseKind
from community.programs.querysets import CohortQuerySet
from community.programs.reading import PersonRow, step_words
from community.programs.rules import episode_of_staff, ranks_above

Verb = Callable[[], object]


@require_safe
@login_required
def episode(request: Request, enrollment_id: UUID) -> HttpResponse:
    """What staff know of somebody's time here, and what may be done next. No legal name: that is read elsewhere."""
    one = episode_of_staff(request.user, enrollment_id)
    others = Enrollment.objects.of_staff(request.user.pk, clock.now()).of(one.person_id).exclude(pk=one.pk)
    context = {
        "one": one,
        "row": PersonRow(one),
        "steps": step_words(one),
        "more": [page for found in about_people for page in found(request.user, one.pk)],
        "again": _again(request, one),
        "renews": ranks_above(request.user, one.person),
        "elsewhere": one.is_open and _elsewhere(request, one).exists(),
        "others": [PersonRow(other) for other in others.with_phase().to_show().order_by("-began", "pk")],
    }
    return render(request, "programs/desk_person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def phase(request: Request, enrollment_id: UUID) -> HttpResponse:
    one = episode_of_staff(request.user, enrollment_id)
    today = max(clock.today(one.cohort.zone), one.began)
    form = PhaseForm(typed(request), initial={"phase": getattr(one, "phase", None), "since": today})
    return _step(
        request, one, form, "programs/desk_phase.html",
        lambda: programs.move_phase(enrollment=one, by=request.user, **form.cleaned_data),
        lambda: _("%(name)s: %(phase)s.") % {
            "name": one.person.alias, "phase": PhaseKind(form.cleaned_data["phase"]).label
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def card_name(request: Request, enrollment_id: UUID) -> HttpResponse:
    """What staff call them: a card may have said nothing, and who was here before has none."""
    one = episode_of_staff(request.user, enrollment_id)
    form = CardNameForm(typed(request), initial={"name": one.card_name})
    return _step(
        request, one, form, "programs/desk_card_name.html",
        lambda: programs.keep_card_name(enrollment=one, by=request.user, **form.cleaned_data),
        lambda: _("The name is kept.") if form.cleaned_data["name"].strip() else _("No name is kept."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def graduate(request: Request, enrollment_id: UUID) -> HttpResponse:
    one = episode_of_staff(request.user, enrollment_id)
    return _step(
        request, one, StepForm(typed(request)), "programs/desk_finish.html",
        lambda: programs.graduate(enrollment=one, by=request.user),
        lambda: _("%(name)s finished the program today.") % {"name": one.person.alias},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def end(request: Request, enrollment_id: UUID) -> HttpResponse:
    one = episode_of_staff(request.user, enrollment_id)
    form = EndForm(typed(request))
    return _step(
        request, one, form, "programs/desk_end.html",
        lambda: programs.withdraw(enrollment=one, by=request.user, **form.cleaned_data),
        lambda: _("%(name)s's time in this group has ended.") % {"name": one.person.alias},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def away(request: Request, enrollment_id: UUID) -> HttpResponse:
    """Away, for somebody who is here; back, for somebody who is away."""
    one = episode_of_staff(request.user, enrollment_id)
    back = request.POST.get("back", "1" if one.is_away else "0") == "1"
    verb, words = (
        (programs.come_back, _("%(name)s is back.")) if back else (programs.away, _("%(name)s is away for now."))
    )
    return _step(
        request, one, StepForm(typed(request)), "programs/desk_away.html",
        lambda: verb(enrollment=one, by=request.user),
        lambda: words % {"name": one.person.alias},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def again(request: Request, enrollment_id: UUID) -> HttpResponse:
    """Welcome somebody back whose time here had ended, or into another program as well: which group, which step."""
    one = episode_of_staff(request.user, enrollment_id)
    if request.method != "POST" and (now := _again(request, one)) is not None:  # they are here: it is asked there
        return redirect("desk_again", now.pk)
    offered = _mine(request, one) if request.method == "POST" else _elsewhere(request, one)  # the service says why not
    form = AgainForm(offered.order_by("name", "pk"), typed(request))
    return _step(
        request, one, form, "programs/desk_again.html",
        lambda: programs.readmit(person=one.person, by=request.user, **form.cleaned_data),
        lambda: _("%(name)s begins again in %(group)s.") % {
            "name": one.person.alias, "group": form.cleaned_data["cohort"].name
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def not_now(request: Request, enrollment_id: UUID) -> HttpResponse:
    """They asked to come back, and were told in person that it is not now."""
    one = episode_of_staff(request.user, enrollment_id)
    return _step(
        request, one, StepForm(typed(request)), "programs/desk_not_now.html",
        lambda: programs.answer_not_now(enrollment=one, by=request.user),
        lambda: _("%(name)s can ask again.") % {"name": one.person.alias},
    )  # fmt: skip


def _again(request: Request, one: Enrollment) -> Enrollment | None:
    """The time that goes on in the same program, for somebody whose time this was has ended and who is back."""
    if one.is_open:
        return None
    here = Enrollment.objects.of_staff(request.user.pk, clock.now()).open().of(one.person_id)
    found: Enrollment | None = here.filter(program=one.program_id).with_phase().to_show().first()
    return found


def _mine(request: Request, one: Enrollment) -> CohortQuerySet:
    """Every group I lead that is not over."""
    return Cohort.objects.of_staff(request.user.pk, clock.now()).not_over(clock.today(one.cohort.zone))


def _elsewhere(request: Request, one: Enrollment) -> CohortQuerySet:
    """Where somebody may begin: in a program of mine that they are not in."""
    return _mine(request, one).exclude(program__in=Enrollment.objects.open().of(one.person_id).values("program"))


def _step(
    request: Request, one: Enrollment, form: Form, template: str, verb: Verb, words: Callable[[], str]
) -> HttpResponse:
    """Ask on a page; on its answer do it, and say so on the person's page."""
    if request.method == "POST" and form.done(verb):
        return done(request, words(), "desk_person", one.pk)
    return render(request, template, {"one": one, "row": PersonRow(one), "form": form}, status=form.status)
