from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from community.matches.models import NOTE_MOST
from community.matches.reading.suggesting import Suggestion
from community.mentoring.models import Mentor


class SuggestForm(Form):
    """Whom to suggest, and if wanted why; staff alone read that."""

    note = forms.CharField(
        label=_("Why you suggest them. Only staff read this."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": NOTE_MOST}),
    )

    def __init__(self, found: list[Suggestion], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.found = found
        self.may = {str(one.mentor.pk): one.mentor for one in found if one.allowed}
        self.fields["mentor"] = forms.ChoiceField(
            label=_("Whom to suggest"), choices=[(key, one.person.alias) for key, one in self.may.items()]
        )

    @property
    def mentor(self) -> Mentor:
        return self.may[self.cleaned_data["mentor"]]
