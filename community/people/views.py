from allauth.account import views as account
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door knows only two ways: in, or to sign in."""
    return redirect("groups" if request.user.is_authenticated else "account_login")


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out on this device; the browser is told to keep nothing that anybody wrote here."""
    response: HttpResponse = account.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Leave quickly: ends this device's session and goes to a neutral page, with or without a script."""
    if request.method != "POST":
        return render(request, "people/leave.html")
    logout(request)
    response = HttpResponseRedirect(settings.LEAVE_TO, status=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
