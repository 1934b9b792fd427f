"""What who writes to a grieving room is asked."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from groups.membership.models import Group
from groups.remembrance.plans import QUIET, WORDS_MOST

WAITS = (_("No, they go on"), _("For 3 days"), _("For 7 days"), _("For 14 days"), _("For 30 days"))


class NoteForm(Form):
    """Which rooms, which words, and for how long no day is celebrated there."""

    groups = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label=_("What the room reads"),
        help_text=_("What they were called here, what they gave to others, where to turn tonight. Never how or why."),
        max_length=WORDS_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    quiet_days = forms.TypedChoiceField(
        label=_("Celebrations wait meanwhile"),
        coerce=int,
        choices=list(zip(QUIET, WAITS, strict=True)),
        initial=7,
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, rooms: Iterable[Group], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(room.pk), room.name) for room in rooms]
