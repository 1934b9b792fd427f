from collections.abc import Sequence
from typing import Any

from django import forms

from community.consent.forms import AgreementForm
from community.consent.models import Purpose


class ComeBackForm(AgreementForm):
    """The name to go by in the room, and what is to be agreed to again."""

    def __init__(self, parts: Sequence[Purpose], data: Any = None, *, alias: str = "") -> None:
        super().__init__(parts, data)
        self.fields["alias"] = forms.CharField(required=False, strip=False, initial=alias)
