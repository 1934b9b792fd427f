"""The steps of a ladder, as rows that are filled in, emptied and added without a script."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, ClassVar, Self, override

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation import inputs
from community.foundation.errors import Invalid, Refusal
from community.foundation.forms import Form, RowForm, RowsForm
from community.milestones.chips import Chip, chip_of, finished_chip
from community.milestones.ladders import BEGINNINGS, UNITS, Ladder, LadderKind, Look, Scheme, Step, Unit
from community.milestones.plans import LABEL_MOST, RUNGS_MOST

UNIT_WORDS = {
    Unit.DAYS: _("days"),
    Unit.WEEKS: _("weeks"),
    Unit.MONTHS: _("months"),
    Unit.YEARS: _("years"),
    Unit.TIMES: _("times"),
}
COLOR_WORDS = {
    "copper": _("Copper"),
    "fern": _("Fern green"),
    "sky": _("Sky blue"),
    "iris": _("Iris violet"),
    "rose": _("Rose"),
    "teal": _("Teal"),
    "gold": _("Gold"),
    "slate": _("Slate gray"),
}
DRAWING_WORDS = {
    "seed": _("Seed"),
    "sprout": _("Sprout"),
    "leaf": _("Leaf"),
    "flower": _("Flower"),
    "tree": _("Tree"),
}
SCHEME_WORDS = {
    Scheme.ABSTINENCE: _("30, 60 and 90 days, 6 and 9 months, then years"),
    Scheme.ABSTINENCE_MONTHLY: _("The same, and each month from the fourth to the eleventh"),
}
BY_NUMBER = ("", _("As its number has it"))


class RungForm(RowForm):
    """One step: what it counts, and how it is called and drawn."""

    telling = ("number", "label", "color", "drawing")
    beside: ClassVar[dict[str, str]] = {name: name for name in ("label", "color", "drawing")}
    otherwise = "number"

    number = forms.IntegerField(
        label=_("Number"),
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
        error_messages={"invalid": _("Enter a whole number."), "min_value": _("Enter a number of 1 or more.")},
    )
    unit = forms.ChoiceField(label=_("Of"), required=False)
    label = forms.CharField(label=_("Name"), required=False, strip=False, help_text=_("Empty: its number, in words."))
    color = forms.ChoiceField(label=_("Color"), choices=[BY_NUMBER, *COLOR_WORDS.items()], required=False)
    drawing = forms.ChoiceField(label=_("Drawing"), choices=[BY_NUMBER, *DRAWING_WORDS.items()], required=False)
    drop = forms.BooleanField(label=_("Take this step away"), required=False)

    def __init__(self, *args: Any, kind: LadderKind, **more: Any) -> None:
        super().__init__(*args, **more)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField)  # noqa: S101 - declared above
        unit.choices = [(one.value, UNIT_WORDS[one]) for one in UNITS[kind]]
        if kind is LadderKind.DAYS:
            self.fields["label"].help_text = _("Empty: its number, in words. Who shares it is read as “Ana has …”.")

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.counts and "number" not in self.errors and cleaned.get("number") is None:
            self.add_error("number", _("Enter a number."))
        return cleaned

    @property
    @override
    def plan(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {"code": f"{found['unit']}{found['number']}", **{name: found[name] for name in self.beside}}

    @property
    def chip(self) -> Chip | None:
        """How the step would look, as far as what is typed says it."""
        code = f"{self['unit'].value() or ''}{self['number'].value() or ''}"
        try:
            step = Step.of(code)
        except ValueError:
            return None
        return chip_of(step, _typed_look(self))


class YearsForm(Form):
    """Whether a ladder goes on with each year."""

    yearly = forms.BooleanField(label=_("And each year after"), required=False)


class FinishForm(Form):
    """How finishing the program is called and drawn, at the end of its weeks."""

    prefix = "finish"

    label = forms.CharField(label=_("Name"), required=False, strip=False, help_text=_("Empty: “Finished the program”."))
    color = forms.ChoiceField(label=_("Color"), choices=[("", _("As it is")), *COLOR_WORDS.items()], required=False)
    drawing = forms.ChoiceField(
        label=_("Drawing"), choices=[("", _("As it is")), *DRAWING_WORDS.items()], required=False
    )

    @property
    def wanted(self) -> dict[str, str]:
        """As the service takes it, whatever was typed: it says what is wrong."""
        return {name: str(self[name].value() or "") for name in self.fields}

    @property
    def chip(self) -> Chip:
        """How it would look, as far as what is typed says it."""
        return finished_chip(_typed_look(self))


class LadderForm(RowsForm[RungForm]):
    """All steps together, and the years after them where the ladder may have any."""

    row = RungForm
    prefix: ClassVar[str] = "step"
    most: ClassVar[int] = RUNGS_MOST
    years: YearsForm | None = None
    finish: FinishForm | None = None
    judged = False  # whether it was sent to be kept
    version: int | None = None  # of the ladder that was looked at
    stale = False  # whether it is another one by now

    @classmethod
    def of(cls, ladder: Ladder, kind: LadderKind) -> Self:
        """The ladder there is, and room for more."""
        form = cls.filled([_as_row(step, ladder.look(step)) for step in ladder.steps], kind=kind)
        form.years = YearsForm(initial={"yearly": ladder.yearly is not None}) if Unit.YEARS in UNITS[kind] else None
        form.finish = FinishForm(initial=asdict(ladder.finish)) if kind is LadderKind.WEEKS else None
        form.version = ladder.version
        return form

    @classmethod
    def sent(cls, data: Mapping[str, Any], kind: LadderKind) -> Self:
        """What was typed; asked for more rows, or only to look at it, it is not judged yet."""
        if "more" in data:
            form = cls.longer(data, kind=kind)
        elif "look" in data:
            form = cls(list(cls._typed(data)), answered=False, kind=kind)
        else:
            form = cls.typed(data, kind=kind)
            form.judged = True
        form.years = YearsForm(data) if Unit.YEARS in UNITS[kind] else None
        form.finish = FinishForm(data) if kind is LadderKind.WEEKS else None
        said = str(data.get("version", ""))
        form.version = int(said) if said.isascii() and said.isdigit() and len(said) <= inputs.INT_DIGITS else None
        return form

    @property
    def besides(self) -> dict[str, Any]:
        """What is wanted of the ladder besides its steps."""
        finish = self.finish.wanted if self.finish else None
        return {"yearly": self.yearly, "finish": finish, "version": self.version}

    @override
    def refuse(self, refusal: Refusal, counted: Sequence[RungForm]) -> None:
        super().refuse(refusal, counted)
        self.stale = refusal.code == "stale"

    @property
    def yearly(self) -> bool:
        return self.years is not None and bool(self.years["yearly"].value())

    @property
    def chips(self) -> list[Chip]:
        """The steps that stand there, as people would see them."""
        steps = [chip for row in self.counted if (chip := row.chip)]
        return [*steps, self.finish.chip] if self.finish else steps


class BeginningForm(Form):
    """Which of the beginnings, where a ladder has more than one."""

    scheme = forms.ChoiceField(label=_("Which steps?"), widget=forms.RadioSelect)

    def __init__(self, kind: LadderKind, data: Any = None) -> None:
        schemes = BEGINNINGS.get(kind, ())
        super().__init__(data, initial={"scheme": schemes[0].value if schemes else ""})
        if len(schemes) < 2:
            del self.fields["scheme"]
            return
        field = self.fields["scheme"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(one.value, SCHEME_WORDS[one]) for one in schemes]


def _typed_look(form: Form) -> Look:
    """What stands in its three questions, as far as it can be kept."""
    color, drawing = (str(form[name].value() or "") for name in ("color", "drawing"))
    return Look(
        label=_seen(form["label"].value()),
        color=color if color in COLOR_WORDS else "",
        drawing=drawing if drawing in DRAWING_WORDS else "",
    )


def _seen(label: Any) -> str:
    """A name that can be kept; no other is shown as if it could."""
    try:
        return inputs.line(label or "", at="/label", most=LABEL_MOST, blank=True)
    except Invalid:
        return ""


def _as_row(step: Step, look: Look) -> dict[str, Any]:
    return {
        "number": step.number,
        "unit": step.unit.value,
        "label": look.label,
        "color": look.color,
        "drawing": look.drawing,
    }
