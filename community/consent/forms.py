"""What somebody is asked to agree to, part by part."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.consent import texts
from community.consent.models import Purpose
from community.foundation.forms import Form


class AgreementForm(Form):
    """One box for each part, none of them ticked beforehand."""

    def __init__(self, parts: Sequence[Purpose], data: Any = None, ticked: list[str] | None = None) -> None:
        super().__init__(data, initial=dict.fromkeys(ticked or (), True))
        self.parts = tuple(parts)
        for part in parts:
            self.fields[part.value] = forms.BooleanField(
                label=part.label,
                required=True,
                error_messages={"required": _("Tick this if you agree. If you don't, you need not join.")},
            )

    def shown(self, language: str) -> list[dict[str, Any]]:
        """Each part with its box and its words: what, who, how long, how to change your mind."""
        return [
            {"field": self[part.value], "lines": [line.partition(": ") for line in texts.current(part, language).parts]}
            for part in self.parts
        ]
