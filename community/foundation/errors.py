"""What can be refused, and how it looks on the wire (RFC 9457) and on a page. Raised by services, shaped once."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: ``pointer`` as RFC 6901 ("/body"), a stable ``code``, kind words."""

    pointer: str
    code: str
    detail: str


class Refusal(Exception):
    """A right no: nothing was changed. ``detail`` is read by people, ``code`` by programs."""

    status: ClassVar[int] = 400
    code: str = "refused"
    title: ClassVar[Words] = _("That did not work")
    detail: Words = _("Nothing was changed.")
    told_at: ClassVar[str] = ""  # the page, by its name, that says more than a refusal can

    def __init__(self, detail: Words | None = None, *, code: str | None = None, **extra: Any) -> None:
        super().__init__(str(detail or self.code))
        self.detail = detail or self.detail
        self.code = code or self.code
        self.extra = extra

    def problem(self) -> dict[str, Any]:
        """The problem object of PROTOCOL.md, the same on REST and socket."""
        return {
            "type": f"https://porchlight.invalid/problems/{self.code}",
            "title": str(self.title),
            "status": self.status,
            "detail": str(self.detail),
            "code": self.code,
            **self.extra,
        }


class Malformed(Refusal):
    status = 400
    code = "malformed"
    title = _("We could not read that")
    detail = _("Send one JSON object, at most 8 levels deep, with no name twice.")


class Unauthenticated(Refusal):
    status = 401
    code = "sign_in"
    title = _("Please sign in")
    detail = _("Sign in, or send a token that is still good.")


class NotAllowed(Refusal):
    status = 403
    code = "not_allowed"
    title = _("You can't do that here")
    detail = _("You can't do that here. Ask your facilitator if you think you should.")


class Suspended(NotAllowed):
    """Everything of the rooms is shut to them for now; their own page says why, until when, and what stays open."""

    code = "suspended"
    title = _("Your place in the rooms is paused")
    detail = _("You don’t read or write in the rooms for now. Get help now, staff and your own pages stay open to you.")
    told_at = "suspended"


class Missing(Refusal):
    """Not there, or not for you: the two look the same everywhere."""

    status = 404
    code = "not_found"
    title = _("Not found")
    detail = _("There is nothing here for you at this address.")


class Conflict(Refusal):
    status = 409
    code = "conflict"
    title = _("Something changed meanwhile")
    detail = _("This was already done with other words. Nothing was changed.")


class TooLarge(Refusal):
    status = 413
    code = "too_large"
    title = _("That is too long")
    detail = _("That is more than we can take at once.")


class Invalid(Refusal):
    """Well formed, but not right: ``errors`` says where."""

    status = 422
    code = "invalid"
    title = _("Something needs another look")
    detail = _("Please look at the fields named here. Nothing was changed.")

    def __init__(self, *errors: FieldError, detail: Words | None = None) -> None:
        found = errors[0] if len(errors) == 1 else None
        super().__init__(
            detail or (found.detail if found else None),
            code=found.code if found else None,
            errors=[asdict(error) for error in errors],
        )


class TooMany(Refusal):
    """A limit; ``retry_after`` in whole seconds, at least 1."""

    status = 429
    code = "too_many"
    title = _("A little slower, please")
    detail = _("That was a lot at once. Wait a moment and try again; nothing you wrote is lost.")

    def __init__(self, retry_after: int) -> None:
        self.retry_after = max(1, retry_after)
        super().__init__(retry_after=self.retry_after)


class Busy(Refusal):
    """A store is away or slow. Nothing was acknowledged; the same request may be sent again."""

    status = 503
    code = "busy"
    title = _("One moment")
    detail = _("We can't save this right now. Please try again; nothing you wrote is lost.")
    retry_after = 2

    def __init__(self) -> None:
        super().__init__(retry_after=self.retry_after)
