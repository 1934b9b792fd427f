from collections.abc import Iterable
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from community.milestones.dates import Sharing
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
    """How to mark a day: with whom, in what words, and on a later day than its own, if wanted."""

    later = forms.ChoiceField(
        label=_("When?"),
        required=False,
        choices=(),
        help_text=_(
            "It can wait for up to two weeks, but not past your next chip. "
            "On a day further ahead than tomorrow it is shared if you check in that day and do not say that it is hard."
        ),
        error_messages={"invalid_choice": _("Choose one of the days here.")},
    )
    words = forms.CharField(
        label=_("A few words of yours"),
        required=False,
        max_length=WORDS_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, days: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["later"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = days

    def clean_later(self) -> str | None:
        return self.cleaned_data["later"] or None


class SharingForm(RoomsForm):
    """Off, just me, or these groups; and whether to ask as well. Groups ticked beside another answer are let be."""

    sharing = forms.ChoiceField(
        label=_("Who sees what this count reaches?"),
        widget=forms.RadioSelect,
        choices=(
            (Sharing.OFF.value, _("Off: you are not asked, and nothing of it is shared")),
            (Sharing.PRIVATE.value, _("Just me: you are asked the day before, and it stays yours unless you say yes")),
            (
                Sharing.GROUP.value,
                _(
                    "These groups: it goes there in the morning, "
                    "if you check in that day and do not say that it is hard"
                ),
            ),
        ),
    )
    asks = forms.BooleanField(label=_("Ask me the day before"), required=False)

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("sharing") == Sharing.GROUP:
            return said
        self.errors.pop("groups", None)  # of groups that are not meant, nothing is wrong
        return {**said, "groups": []}
