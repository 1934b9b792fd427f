from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from groups.celebrations.models import WORDS_MOST
from groups.membership.models import Group


class RoomsForm(Form):
    """Some of one's own groups; none is ticked unless its person said so before."""

    groups = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("You can share with groups you write in today.")},
    )

    def __init__(self, *args: Any, rooms: Iterable[Group], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(room.pk), room.name) for room in rooms]


class AnswerForm(RoomsForm):
    """How to mark a day: with whom, and in what words."""

    words = forms.CharField(
        label=_("A few words of yours"),
        required=False,
        max_length=WORDS_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class SharingForm(RoomsForm):
    """A standing yes a group, and whether to ask at all."""

    asks = forms.BooleanField(label=_("Ask me the day before"), required=False)
