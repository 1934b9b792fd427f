"""One vocabulary of permission: a rule answers yes or no, and combines with ``|``, ``&`` and ``~``. Default is no."""

from collections.abc import Callable
from typing import TYPE_CHECKING, override

from community.foundation.errors import NotAllowed

if TYPE_CHECKING:
    from community.people.models import Person


class Rule[T]:
    """A question about a person and a thing. Ask it by calling; insist on it with :meth:`require`."""

    def __init__(self, question: "Callable[[Person, T], bool]", name: str) -> None:
        self._question = question
        self.name = name

    def __call__(self, person: "Person", thing: T) -> bool:
        return self._question(person, thing)

    def require(self, person: "Person", thing: T) -> None:
        """Raise NotAllowed unless the answer is yes."""
        if not self(person, thing):
            raise NotAllowed

    def __or__(self, other: "Rule[T]") -> "Rule[T]":
        return Rule(lambda person, thing: self(person, thing) or other(person, thing), f"{self.name} or {other.name}")

    def __and__(self, other: "Rule[T]") -> "Rule[T]":
        return Rule(lambda person, thing: self(person, thing) and other(person, thing), f"{self.name} and {other.name}")

    def __invert__(self) -> "Rule[T]":
        return Rule(lambda person, thing: not self(person, thing), f"not {self.name}")

    @override
    def __repr__(self) -> str:
        return f"<rule: {self.name}>"


def rule[T](question: "Callable[[Person, T], bool]") -> Rule[T]:
    """Make a rule of a yes-or-no function; its name is read in logs and the permission matrix."""
    return Rule(question, question.__name__.replace("_", " "))
