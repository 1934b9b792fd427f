"""Forms of our own pages: what a service refuses stands beside the question it is about."""

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Self, override

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.foundation import inputs
from community.foundation.errors import Missing, NotAllowed, Refusal


class Form(forms.Form):
    """A form whose service may say no. The page that shows it again answers 422, and keeps what was typed.

    Where a question has no words of its own for what is wrong, it speaks as the rest of the place does, not as Django.
    """

    @override
    def full_clean(self) -> None:
        for field in self.fields.values():
            _speak_kindly(field)
        super().full_clean()

    def done(self, verb: Callable[[], object]) -> bool:
        """Whether the answers are whole and the service took them. Raises Missing and NotAllowed."""
        if not self.is_valid():
            return False
        try:
            verb()
        except (Missing, NotAllowed):
            raise
        except Refusal as refusal:
            self.refuse(refusal)
        return not self.errors

    def refuse(self, refusal: Refusal) -> None:
        """Put each of the refusal's words beside its field, also where one line of an answer is meant, or above all."""
        errors = refusal.extra.get("errors") or [{"pointer": "", "detail": str(refusal.detail)}]
        for error in errors:
            name = str(error["pointer"]).removeprefix("/").partition("/")[0]
            self.add_error(name if name in self.fields else None, str(error["detail"]))

    @property
    def status(self) -> int:
        """What the page that shows this form answers."""
        return 422 if self.is_bound and self.errors else 200


def _speak_kindly(field: forms.Field) -> None:
    """Put our words in the place of Django's own, and of no others."""
    usual = ChainMap(*(vars(kind).get("default_error_messages", {}) for kind in type(field).__mro__))
    ours = {
        "required": gettext("This is needed."),
        "invalid_choice": gettext("Choose one of the answers here."),
        "null_characters_not_allowed": gettext("There is a character here that we can't keep."),
    }
    if isinstance(field, forms.CharField) and field.max_length is not None:
        ours["max_length"] = gettext("This can be %(most)s characters at most.") % {"most": field.max_length}
    for code, words in ours.items():
        if field.error_messages.get(code) is usual.get(code):
            field.error_messages[code] = words


class DayField(forms.DateField):
    """A calendar day of ``years``, whatever language the page speaks."""

    def __init__(self, *, years: range = inputs.YEARS, **more: Any) -> None:
        self.years = years
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
            error_messages={
                "invalid": _("Enter the day as year, month, day."),
                "required": _("Choose a day."),
            },
            **more,
        )

    @override
    def prepare_value(self, value: Any) -> Any:
        """As a date input reads it: a template writes days as the page's language does, which it takes for none."""
        return value.isoformat() if isinstance(value, date) else value

    @override
    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        if found is not None and found.year not in self.years:
            raise forms.ValidationError(inputs.year_words(self.years), code="invalid")
        return found


type Row = dict[str, Any]


class RowForm(Form):
    """One of several rows. One that is empty, or marked to go, counts for nothing."""

    telling: ClassVar[tuple[str, ...]]  # the questions whose answers make it count
    beside: ClassVar[dict[str, str]] = {}  # the question beside which stands what the service says of a part
    otherwise: ClassVar[str]  # and of every other part

    drop = forms.BooleanField(required=False)

    @property
    def counts(self) -> bool:
        return not self["drop"].value() and any(self[name].value() not in {None, ""} for name in self.telling)

    @property
    def plan(self) -> dict[str, Any]:
        """As the service takes it, once it is valid."""
        raise NotImplementedError  # each kind of row has its own; a form cannot be an abstract class


class RowsForm[R: RowForm]:
    """All rows together, filled in, emptied and added without a script.

    As :class:`Form` it answers :attr:`status` and puts a refusal beside the row it is about.
    """

    row: type[R]
    prefix: ClassVar[str]
    most: ClassVar[int]
    at_first: ClassVar[int] = 3  # empty rows, where nothing is known yet
    more: ClassVar[int] = 2

    def __init__(self, rows: Sequence[Row], *, answered: bool, **asked: Any) -> None:
        self.errors: list[str] = []
        self.rows: list[R] = [
            self.row(
                {f"{self.prefix}-{at}-{name}": value for name, value in row.items()} if answered else None,
                prefix=f"{self.prefix}-{at}",
                initial=row,
                **asked,
            )
            for at, row in enumerate(rows)
        ]

    @classmethod
    def filled(cls, known: Sequence[Row], **asked: Any) -> Self:
        """What there is, and room for more."""
        return cls([*known, *[{}] * (1 if known else cls.at_first)], answered=False, **asked)

    @classmethod
    def typed(cls, data: Mapping[str, Any], **asked: Any) -> Self:
        """What was typed; a form that came in pieces is not taken for an empty one."""
        form = cls(list(cls._typed(data)), answered=True, **asked)
        if _count(data) is None:
            form.errors.append(gettext("This did not arrive whole. Please try again."))
        return form

    @classmethod
    def longer(cls, data: Mapping[str, Any], **asked: Any) -> Self:
        """What was typed, with more empty rows; nothing is judged yet."""
        return cls([*cls._typed(data), *[{}] * cls.more][: cls.most + 1], answered=False, **asked)

    @classmethod
    def _typed(cls, data: Mapping[str, Any]) -> Iterator[Row]:
        """The rows that were sent; one more than there may be is enough to refuse them."""
        for at in range(min(_count(data) or 0, cls.most + 1)):
            yield {name: data.get(f"{cls.prefix}-{at}-{name}", "") for name in cls.row.base_fields}

    @property
    def counted(self) -> list[R]:
        return [row for row in self.rows if row.counts]

    def done(self, verb: Callable[[list[dict[str, Any]]], object]) -> bool:
        """Whether all rows are whole, and the service, called with their plans, took them.

        Raises Missing and NotAllowed.
        """
        counted = self.counted
        if not self.errors and sum(not row.is_valid() for row in counted) == 0:  # each is asked what is wrong with it
            try:
                verb([row.plan for row in counted])
            except (Missing, NotAllowed):
                raise
            except Refusal as refusal:
                self.refuse(refusal, counted)
        return self.status == 200

    def refuse(self, refusal: Refusal, counted: Sequence[R]) -> None:
        """Put each of the refusal's words beside its row, or above all of them."""
        for error in refusal.extra.get("errors") or [{"pointer": "", "detail": str(refusal.detail)}]:
            number, _slash, part = "/".join(str(error["pointer"]).split("/")[2:]).partition("/")
            if number.isdigit() and int(number) < len(counted):
                row = counted[int(number)]
                row.add_error(row.beside.get(part, row.otherwise), str(error["detail"]))
            else:
                self.errors.append(str(error["detail"]))

    @property
    def status(self) -> int:
        wrong = self.errors or any(row.is_bound and row.counts and row.errors for row in self.rows)
        return 422 if wrong else 200


def _count(data: Mapping[str, Any]) -> int | None:
    """How many rows the form says it has; None if that cannot be."""
    said = str(data.get("rows", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 3 else None
