"""My e-mail address: adding one, opening its mail, taking it away."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.addresses import services as addresses
from community.addresses.forms import AddressForm, RemoveForm
from community.addresses.models import Claim
from community.foundation import clock, limits
from community.foundation.errors import Invalid
from community.foundation.web import Request, typed

OPENED = "address_token"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def address(request: Request) -> HttpResponse:
    """The address I sign in with, and another one: a mail goes there, known or not."""
    form = AddressForm(typed(request))
    if request.method == "POST":
        limits.spend_a(what="try", who=f"address:{request.user.pk}")
        if form.is_valid():
            site = f"{request.scheme}://{request.get_host()}"
            try:
                addresses.claim(person=request.user, site=site, **form.cleaned_data)
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                return redirect("settings_address")
    return _shown(request, form, RemoveForm())


def _shown(request: Request, form: AddressForm, remove: RemoveForm) -> HttpResponse:
    waits = Claim.objects.of(request.user.pk).live(clock.now()).exists()
    status = max(form.status, remove.status)
    context = {"form": form, "remove": remove, "waits": waits}
    return render(request, "addresses/address.html", context, status=status)


@sensitive_post_parameters()
@require_POST
@login_required
def remove(request: Request) -> HttpResponse:
    """Sign in with a made name from now on."""
    limits.spend_a(what="try", who=f"address:{request.user.pk}")
    form = RemoveForm(request.POST)
    if form.is_valid():
        try:
            addresses.remove(person=request.user, password=form.cleaned_data["password"])
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("settings_address")
    return _shown(request, AddressForm(), form)


@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Open the mail's link, and go on at an address that tells nothing."""
    request.session[OPENED] = token[:100]
    response = redirect("address_confirm")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def confirm(request: Request) -> HttpResponse:
    """Say once more that the address is mine; used, too old, or another person's: not there."""
    if request.method != "POST":
        return render(request, "addresses/confirm.html")
    addresses.confirm(person=request.user, token=str(request.session.pop(OPENED, "")))
    return redirect("settings_address")
