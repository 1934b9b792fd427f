from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import DayField, Form
from community.mentoring.models import NOTE_MOST
from community.people.models import Person


class ClearForm(Form):
    """What staff confirm of somebody; no papers are kept."""

    until = DayField(label=_("Good until"))


class SupervisorForm(Form):
    """Whom a mentor turns to."""

    supervisor = forms.ChoiceField(label=_("Whom they turn to"))

    def __init__(self, people: Iterable[Person], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.people = {str(one.pk): one for one in people}
        self.fields["supervisor"] = forms.ChoiceField(
            label=_("Whom they turn to"), choices=[(key, one.alias) for key, one in self.people.items()]
        )


class NoteForm(Form):
    """What a supervisor keeps in mind."""

    body = forms.CharField(
        label=_("A note"), strip=False, required=False, widget=forms.Textarea(attrs={"rows": 4, "maxlength": NOTE_MOST})
    )
