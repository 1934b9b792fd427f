from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from community.copies import services as copies
from community.copies.forms import CopyForm
from community.copies.reading import as_archive, chapters_of, file_name
from community.copies.rules import refuse_on_tablets, require_open
from community.foundation import limits
from community.foundation.pieces import speaking, streamed
from community.foundation.web import Request, typed


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def your_data(request: Request) -> HttpResponseBase:
    """What is in the copy and what is not; and the copy itself, for the password once more."""
    require_open(request.user)
    form = CopyForm(typed(request))
    if request.method == "POST":
        refuse_on_tablets(request.session)
        limits.spend_a(what="try", who=f"copy:{request.user.pk}")
        if form.done(lambda: copies.take(person=request.user, **form.cleaned_data)):
            return _download(request)
    return _page(request, form)


def _page(request: Request, form: CopyForm) -> HttpResponse:
    titles = [chapter.title for _name, chapter in chapters_of(request.user)]
    return render(request, "copies/your_data.html", {"form": form, "titles": titles}, status=form.status)


def _download(request: Request) -> HttpResponseBase:
    person = request.user
    pieces = speaking(get_language() or person.language, as_archive(person))
    answer = streamed(request, pieces, "application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(person, "zip")}"'
    return answer
