"""What one visitor has answered so far: in their session, never in an address, and gone once they are in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.debug import sensitive_post_parameters

from community.foundation import clock
from community.joining.models import Invitation
from community.people.models import Person

KEPT = "joining"
type Page = Callable[..., HttpResponse]


class Visit:
    """An invitation that was opened here, and the answers given to its questions."""

    def __init__(self, request: HttpRequest, invitation: Invitation) -> None:
        self.request, self.invitation = request, invitation

    @property
    def answers(self) -> dict[str, Any]:
        found: dict[str, Any] = self.request.session[KEPT]
        return found

    @property
    def alias(self) -> str:
        return str(self.answers.get("alias", ""))

    @property
    def agreed(self) -> list[str]:
        """The parts of the agreement that were ticked."""
        return list(self.answers.get("agreed", ()))

    @property
    def person(self) -> Person | None:
        """Who opened it, if they are here already."""
        return self.request.user if isinstance(self.request.user, Person) else None

    @property
    def again(self) -> bool:
        return self.person is not None

    @property
    def asks_name(self) -> bool:
        """Whether a name is asked for: of who is new, and for a group's room, where it may be another one."""
        return not self.again or not (self.invitation.role or self.invitation.cohort_id is None)

    def keep(self, **answers: Any) -> None:
        self.request.session[KEPT] = {**self.answers, **answers}

    def end(self) -> None:
        self.request.session.pop(KEPT, None)

    def step(self, number: int) -> dict[str, Any]:
        """What every question shows: which one it is, and of what."""
        steps = 5 if not self.again else 3 if self.asks_name else 2
        return {"step": number, "steps": steps, "asks_name": self.asks_name, "invitation": self.invitation}


def begin(request: HttpRequest, invitation: Invitation | None) -> None:
    """Remember what was opened here; None: something that opens nothing."""
    request.session[KEPT] = {"invitation": str(invitation.pk) if invitation else ""}


def opened(request: HttpRequest) -> Invitation | None:
    """The invitation that was opened here and still opens something."""
    kept = request.session.get(KEPT, {}).get("invitation")
    if not kept:
        return None
    usable = Invitation.objects.usable(clock.now()).select_related("program", "cohort", "by")
    return usable.filter(pk=UUID(kept)).first()


def question(page: Page) -> Page:
    """A page of the first day: only with an open invitation, and in the language it was written in."""

    @sensitive_post_parameters()
    @wraps(page)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = opened(request)
        if invitation is None:
            return redirect("join")
        with translation.override(invitation.language):
            return page(request, Visit(request, invitation), *args, **kwargs)

    return asked
