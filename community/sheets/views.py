"""My emergency sheet; the one press that opens one; and looking at openings afterwards. No other door leads to one."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.cases.rules import case_of
from community.consent import texts
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.times import at_words
from community.foundation.web import Request, done, page_of, typed
from community.programs.rules import works_here
from community.programs.views.common import insist
from community.sheets import services as sheets
from community.sheets.forms import LookForm, SheetForm, WhyForm
from community.sheets.models import SheetOpening
from community.sheets.plans import AGAIN
from community.sheets.reading import LookRow, ToldRow, answers_of
from community.sheets.rules import opening_of, opening_of_staff, openings_of_staff, sheet_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: Request) -> HttpResponse:
    """What I want to be known in an emergency, and who opened it so far."""
    me, sheet, language = request.user, sheet_of(request.user.pk), texts.shown_in()
    form = SheetForm(sheet, typed(request))
    if form.is_bound and form.done(lambda: sheets.write_down(person=me, language=language, **form.told)):
        return done(request, _("Saved. It is opened only if your life may be in danger."), "emergency_sheet")
    context = {
        "form": form,
        "sheet": sheet,
        "parts": form.agreement(language),
        "due": sheet is not None and sheet.confirmed + AGAIN <= clock.now(),
        "opened": [ToldRow(one, me.zone) for one in SheetOpening.objects.told_to(me.pk).to_show()],
    }
    return render(request, "sheets/mine.html", context, status=form.status)


@require_POST
@login_required
def confirm(request: Request) -> HttpResponse:
    """I still want it, and it is right."""
    sheets.confirm(person=request.user)
    return done(request, _("Good. It stays as it is."), "emergency_sheet")


@require_POST
@login_required
def take_back(request: Request) -> HttpResponse:
    """I want none any more."""
    sheets.take_back(person=request.user)
    return done(request, _("Every answer is erased."), "emergency_sheet")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def opened(request: Request, case_id: UUID) -> HttpResponse:
    """The one press from the page of a case opens it; then it is read here until its hour is over, and not after."""
    case = case_of(request.user, case_id)
    if request.method == "POST":
        sheets.open_sheet(case=case, by=request.user)
        return HttpResponseRedirect(request.path, status=303)
    return _read(request, opening_of(request.user, case), WhyForm())


@require_POST
@login_required
def hold(request: Request, case_id: UUID) -> HttpResponse:
    """Its person is not told yet."""
    opening, form = opening_of(request.user, case_of(request.user, case_id)), WhyForm(request.POST)
    if form.done(lambda: sheets.hold_back(opening=opening, by=request.user, **form.cleaned_data)):
        return done(request, _("They are not told for now. Who looks at it decides when."), "desk_sheet", case_id)
    return _read(request, opening, form)


def _read(request: Request, opening: SheetOpening, form: WhyForm) -> HttpResponse:
    sheet = sheet_of(opening.person_id)
    if sheet is None:
        raise Missing
    context = {
        "case": opening.case,
        "who": opening.person,
        "answers": answers_of(sheet),
        "says": sheet.say,
        "confirmed": at_words(sheet.confirmed, request.user.zone),
        "until": at_words(opening.until, request.user.zone),
        "held": opening.held,
        "form": form,
    }
    response = render(request, "sheets/opened.html", context, status=form.status)
    # Without a script the page goes by itself when its hour is over.
    left = max(1, int((opening.until - clock.now()).total_seconds()) + 1)
    response.headers["Refresh"] = f"{left}; url={reverse('desk_case', args=[opening.case_id])}"
    return response


@require_safe
@login_required
def openings(request: Request) -> HttpResponse:
    """Every opening I may look at, those that wait for it first."""
    insist(works_here, request, None)
    theirs = openings_of_staff(request.user)
    waiting = [LookRow(one, request.user.zone) for one in theirs.to_look_at().to_show().newest_first()]
    page = page_of(request, theirs.exclude(pk__in=[one.opening.pk for one in waiting]).to_show().newest_first())
    context = {"waiting": waiting, "page": page, "rows": [LookRow(one, request.user.zone) for one in page]}
    return render(request, "sheets/openings.html", {**context, "form": LookForm()})


@require_POST
@login_required
def look(request: Request, opening_id: UUID) -> HttpResponse:
    """I looked at one (``tell=1``: and its person may be told now)."""
    opening, form = opening_of_staff(request.user, opening_id), LookForm(request.POST)
    if "tell" in request.POST:
        sheets.let_tell(opening=opening, by=request.user)
        return done(request, _("They are told now."), "desk_sheets")
    form.done(lambda: sheets.look_at(opening=opening, by=request.user, **form.cleaned_data))
    return done(
        request, _("Written down.") if not form.errors else _("That was too long. Nothing was saved."), "desk_sheets"
    )
