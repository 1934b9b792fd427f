from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from community.joining.models import NAME_MOST
from community.joining.reading import Choice
from community.people.rules import PASSWORD_MOST


class InviteForm(Form):
    """Four questions: where to, what staff call the person, by mail or card, in which language."""

    place = forms.ChoiceField(label=_("Invite to"), error_messages={"required": _("Choose where to invite them.")})
    name = forms.CharField(
        label=_("Name they go by"), max_length=NAME_MOST, error_messages={"required": _("Write what you call them.")}
    )
    address = forms.CharField(label=_("E-mail address"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, places: list[Choice], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["place"].choices = [("", _("Choose one")), *((one.value, one.label) for one in places)]  # type: ignore[attr-defined]  # its own field


class CodeForm(Form):
    """The code on the card. What cannot be one is answered like one that opens nothing."""

    code = forms.CharField(required=False, max_length=200)


class NameForm(Form):
    alias = forms.CharField(strip=False, required=False)  # the service says what is missing, in its words


class SignInForm(Form):
    """How they will sign in from now on. The address is asked only of who was invited by mail."""

    address = forms.CharField(max_length=254, required=False)
    password = forms.CharField(max_length=PASSWORD_MOST, strip=False)

    def __init__(self, data: Any = None, *, by_mail: bool) -> None:
        super().__init__(data)
        if not by_mail:
            del self.fields["address"]
