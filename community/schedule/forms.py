"""What a roster asks, without a script."""

from collections.abc import Sequence
from datetime import date
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import DayField, Form
from community.people.models import Person
from community.programs.forms.fields import ClockField
from community.schedule.models import Coverage
from community.schedule.plans import CONTACT_MOST, WEEKS_MOST, Hours, Times


class WhoForm(Form):
    """Whom a shift is planned for. ``people`` are who may be on call; nobody yet is an answer too."""

    person = forms.ChoiceField(label=_("For whom"), required=False)

    def __init__(self, people: Sequence[Person], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.people = {str(one.pk): one for one in people}
        choices = [("", _("Nobody yet")), *((key, one.alias) for key, one in self.people.items())]
        self.fields["person"] = forms.ChoiceField(label=_("For whom"), required=False, choices=choices)

    @property
    def chosen(self) -> Person | None:
        """Who it is, once the form is valid."""
        return self.people.get(self.cleaned_data.get("person", ""))


class PlanForm(WhoForm):
    """A new shift, on the clock of the program; the same again for some weeks if wanted."""

    day = DayField(label=_("Day"))
    starts = ClockField(label=_("From"))
    ends = ClockField(label=_("Until"), help_text=_("A time before the first one is on the next day."))
    weeks = forms.TypedChoiceField(
        label=_("How often"), coerce=int, choices=[(one, one) for one in range(1, WEEKS_MOST + 1)], initial=1
    )

    field_order = ("day", "starts", "ends", "person", "weeks")

    def __init__(self, people: Sequence[Person], data: Any = None, *, day: date | None = None) -> None:
        super().__init__(people, data, initial={"day": day} if day else None)
        often: list[tuple[int, Any]] = [(1, _("This once"))]
        often += [(one, _("%(count)d weeks, one after the other") % {"count": one}) for one in range(2, WEEKS_MOST + 1)]
        self.fields["weeks"] = forms.TypedChoiceField(label=_("How often"), coerce=int, choices=often, initial=1)
        self.order_fields(self.field_order)

    @property
    def times(self) -> Times:
        """As the service takes them, once it is valid."""
        starts, ends = (self.cleaned_data[name].replace(second=0) for name in ("starts", "ends"))
        return Times(day=self.cleaned_data["day"], starts=starts, ends=ends, weeks=self.cleaned_data["weeks"])


class CoverageForm(Form):
    """When the program says that somebody reads, and whom it pages when nobody here answers."""

    hours = forms.ChoiceField(label=_("When does somebody read?"), choices=Hours.choices, widget=forms.RadioSelect)
    contact_name = forms.CharField(
        label=_("What staff call it"), max_length=CONTACT_MOST, required=False, help_text=_("Such as “Night desk”.")
    )
    contact_mail = forms.EmailField(
        label=_("Mail"),
        required=False,
        help_text=_("It gets one line that says nothing of anybody. The address is kept encrypted."),
    )
    contact_rings = forms.BooleanField(label=_("The paging service rings for them"), required=False)

    @classmethod
    def of(cls, known: Coverage, data: Any = None) -> "CoverageForm":
        return cls(
            data,
            initial={
                "hours": known.hours,
                "contact_name": known.contact_name,
                "contact_mail": known.contact_mail,
                "contact_rings": known.contact_rings,
            },
        )

    @override
    def clean(self) -> dict[str, Any]:
        return dict(super().clean() or {})
