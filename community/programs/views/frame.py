"""What the frame around every page shows of the desk."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest

from community.programs import rules


def frame(request: HttpRequest) -> dict[str, Callable[[], bool]]:
    """For templates: ``works_here``, whether there is a way to the desk; asked once, where a page shows it."""

    @cache
    def works_here() -> bool:
        person = getattr(request, "user", None)
        if person is None or not person.is_authenticated:
            return False
        known: bool | None = getattr(person, "works_here", None)  # as whoever asks was read
        return rules.works_here(person, None) if known is None else known

    return {"works_here": works_here}
