"""The door of every page for somebody who is suspended: what stays open is named, all else is shut."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from community.foundation.errors import Suspended
from community.foundation.web import API, refused
from community.sanctions.rules import refuse_suspended


class Suspensions:
    """Asks the row that the session brought with it; addresses of the API are asked by its own permission class."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_route: object
    ) -> HttpResponse | None:
        if getattr(view, "of_nobody", False) or request.path.startswith(API):
            return None
        if request.user.is_authenticated:
            try:
                refuse_suspended(request.user, request.resolver_match.url_name if request.resolver_match else None)
            except Suspended as refusal:
                return refused(request, refusal)
        return None
