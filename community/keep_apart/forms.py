"""What staff are asked before two people are kept apart."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from community.keep_apart.models import Kind
from community.keep_apart.plans import REASON_MOST
from community.people.models import Person
from community.programs.querysets import AppointmentQuerySet, EnrollmentQuerySet


class ApartForm(Form):
    """From whom, and why.

    ``episodes``: one or more of each person to choose from; the newest names them. ``appointments``: of who works here;
    whoever is in a program as well is named by that.
    """

    other = forms.ChoiceField(label=_("From whom"))
    kind = forms.ChoiceField(
        label=_("What stands between them"),
        help_text=_(
            "Who must not meet is let into no room together. With a tie they may share rooms; either way neither is "
            "matched with the other, or decides about them."
        ),
        choices=Kind.choices,
        initial=Kind.APART,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Only who leads or runs the programs of both reads it. It is kept encrypted. A tie needs none."),
        required=False,
        max_length=REASON_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(
        self, episodes: EnrollmentQuerySet, appointments: AppointmentQuerySet, *given: Any, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        shown = [
            *((one.person, one.cohort.name) for one in episodes),
            *((one.person, one.get_role_display()) for one in appointments),
        ]
        self.people: dict[str, Person] = {}
        names: dict[str, str] = {}
        for person, where in shown:
            self.people.setdefault(str(person.pk), person)
            names.setdefault(str(person.pk), f"{person.alias} · {where}")
        self.fields["other"].choices = [("", _("Choose")), *names.items()]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"other": self.people[said["other"]], "kind": said["kind"] or Kind.APART, "reason": said["reason"]}
