from typing import Any, override

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.people.forms import zones
from community.programs.forms.fields import NamedForm
from community.programs.models import AgeBand, Program, Track


class ProgramForm(NamedForm):
    """What may change in a program that people are in."""

    zone = forms.ChoiceField(label=_("Time zone"), choices=zones, help_text=_("Its groups meet on this clock."))
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("What its rooms are told in. Each person reads these pages in their own language."),
    )

    @classmethod
    def of(cls, program: Program, data: Any = None) -> "ProgramForm":
        return cls(data, initial={"name": program.name, "zone": program.zone, "language": program.language})


class OpenProgramForm(ProgramForm):
    """A new program of one track, which was chosen on the page before."""

    track = forms.ChoiceField(choices=Track, widget=forms.HiddenInput)
    age_band = forms.ChoiceField(label=_("For which ages?"), choices=AgeBand, widget=forms.RadioSelect)

    field_order = ("track", "name", "age_band", "zone", "language")

    def __init__(self, track: str, data: Any = None, **more: Any) -> None:
        super().__init__(data, initial={"track": track, "language": settings.LANGUAGE_CODE[:2], **more})
        if track != Track.TEEN:
            del self.fields["age_band"]

    @override
    def clean(self) -> dict[str, Any]:
        return {"age_band": "", **super().clean()}
