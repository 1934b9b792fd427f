from dataclasses import dataclass
from datetime import date, time
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from community.checkins.models import ANSWERS, CRAVING_MOST, NOTE_MOST, CheckIn, Connection, Sleep, Weather
from community.checkins.reading import ICONS, Row, which_day
from community.checkins.rules import SEEN_MOST, asks_craving, drawn_now, today_of
from community.foundation.forms import Form
from community.foundation.registers import Leading, saving_tells
from community.people.models import Person


@dataclass(frozen=True, slots=True)
class Tile:
    """One weather to choose."""

    value: str
    label: str
    icon: str
    chosen: bool


class CheckInForm(Form):
    """Five words, and what else somebody likes to say. The craving is asked only where their plan asks for it."""

    weather = forms.ChoiceField(
        choices=Weather.choices, error_messages={"required": _("Choose the weather that is closest.")}
    )
    connection = forms.ChoiceField(
        label=_("How much with others?"),
        choices=[("", _("Rather not say")), *Connection.choices],
        required=False,
    )
    sleep = forms.ChoiceField(
        label=_("How long did you sleep?"), choices=[("", _("Rather not say")), *Sleep.choices], required=False
    )
    craving = forms.TypedChoiceField(
        label=_("How strong is a craving, from 0 to 10?"),
        choices=[("", _("Rather not say")), *((str(number), str(number)) for number in range(CRAVING_MOST + 1))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    note = forms.CharField(
        label=_("Your note"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_MOST, "dir": "auto"}),
    )

    which = forms.ChoiceField(label=_("Which day is it for?"), required=False, widget=forms.RadioSelect)
    seen = forms.CharField(required=False, max_length=SEEN_MOST, widget=forms.HiddenInput)
    now = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, person: Person, day: date, sent: Any = None, *, known: CheckIn | None = None, tells: bool = True
    ) -> None:
        super().__init__(sent, initial=known.answers if known else None, auto_id="check-in-%s")
        self.person, self.day, self.today, self.known = person, day, today_of(person), known
        self.asks_craving, self.may_tell = asks_craving(person), tells
        which = self.fields["which"]
        assert isinstance(which, forms.ChoiceField)  # noqa: S101 - declared above
        which.choices = [(one.isoformat(), which_day(one, self.today)) for one in dict.fromkeys((day, self.today))]

    @property
    def asks_now(self) -> bool:
        """Whether it asks how the day is that it is now, and not how one was."""
        return self.day == self.today and self.known is None

    @property
    def asks_which(self) -> bool:
        """Whether the day it asked about was over before it was sent."""
        return self.is_bound and bool(self["now"].value()) and self.day != self.today

    @property
    def drawn(self) -> str:
        """That it was asked now of the day it is, for a press that reaches us later; of another day, nothing."""
        return drawn_now(self.person, self.day) if self.asks_now else ""

    @property
    def stands(self) -> str:
        """What stands there as this form is shown: the way it is sent back says whether it is still so."""
        return self.known.seen if self.known else ""

    @property
    def tells(self) -> list[Leading]:
        """What saving it as the day it is tells others of its person; of another day it tells nothing."""
        speaks = self.may_tell and self.day == self.today and (self.known is None or self.known.is_hard)
        return [one for found in saving_tells for one in found(self.person, self.day)] if speaks else []

    @property
    def told(self) -> dict[str, Any]:
        """What was said of the day, and what stood there as it was written; a form without a word of that says none."""
        answers = {name: value for name, value in self.cleaned_data.items() if name in ANSWERS}
        seen = self.cleaned_data.get("seen", "") if "seen" in self.data else None
        return {"day": self.day, "answers": answers, "seen": seen}

    @property
    def tiles(self) -> list[Tile]:
        """The five words, from the hardest to the easiest."""
        chosen = self["weather"].value()
        return [Tile(one.value, str(one.label), ICONS[one], one.value == chosen) for one in Weather]

    @property
    def is_unfolded(self) -> bool:
        """Whether more than the weather was said, or is wrong."""
        more = ("connection", "sleep", "craving", "note")
        return any(self[name].value() not in {"", None} or self[name].errors for name in more)

    @override
    def clean(self) -> dict[str, Any]:
        """What was not answered is not sent on."""
        if self.asks_which and "which" not in self.errors and not self.cleaned_data.get("which"):
            self.add_error("which", _("A new day has begun since you opened this page. Nothing was saved yet."))
        return {name: value for name, value in (super().clean() or {}).items() if value not in {"", None}}


class ReminderForm(Form):
    """Whether, and when."""

    wanted = forms.BooleanField(required=False, label=_("Remind me each day"))
    at = forms.TimeField(
        label=_("At what time?"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "min": "07:00", "max": "21:59"}),
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"invalid": _("Enter the time as hours and minutes.")},
    )

    @property
    def chosen(self) -> time | None:
        """The time; none where nothing is wanted. Without a time, the evening."""
        if not self.cleaned_data["wanted"]:
            return None
        found: time = self.cleaned_data["at"] or EVENING
        return found


EVENING = time(20)


@dataclass(frozen=True, slots=True)
class Card:
    """Today's check-in on the page that greets: what was said, else the question."""

    done: Row | None
    form: CheckInForm


def card_of(person: Person, *, tells: bool) -> Card:
    """In one question to the database. ``tells``: whether saving it may tell others anything."""
    today = today_of(person)
    found = CheckIn.objects.of(person.pk).on(today).first()
    return Card(done=Row(found, today) if found else None, form=CheckInForm(person, today, tells=tells))
