from collections.abc import Iterator
from typing import Any, override

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.foundation import inputs, words
from community.foundation.forms import Form
from community.foundation.times import NEAR_ZONES
from community.people.models import Contrast, Enter, Font, Motion, Person, TextSize, Theme
from community.people.rules import PASSWORD_MOST


class SignInForm(LoginForm):
    """Address or sign-in name, and password, in plain words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(label=_("E-mail or sign-in name"), max_length=254)
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    @override
    def clean_login(self) -> str:
        """As it is compared, so that every way of typing one name counts against one limit."""
        typed = str(self.cleaned_data["login"]).strip()
        return typed.lower() if "@" in typed else words.folded(typed)

    @override
    def user_credentials(self) -> dict[str, str]:
        """What :class:`community.people.authentication.NameAndPassword` takes."""
        return {"email": self.cleaned_data["login"], "password": self.cleaned_data["password"]}


def zones() -> Iterator[tuple[Any, Any]]:
    """The zones people here live in, by the names they use, then all others."""
    near = {code for code, _words in NEAR_ZONES}
    yield _("United States"), NEAR_ZONES
    others = sorted(zone for zone in inputs.zones() - near if "/" in zone and not zone.startswith("Etc/"))
    yield _("Everywhere"), [(zone, zone.replace("_", " ").replace("/", ", ")) for zone in others]


class SettingsForm(Form):
    """One part of what a person chooses about themselves."""

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(person, name) for name in self.base_fields if name != "language"})

    @property
    def wanted(self) -> dict[str, Any]:
        """What the service is asked to change."""
        return dict(self.cleaned_data)


class PasswordForm(Form):
    known = forms.CharField(label=_("The password you have"), max_length=PASSWORD_MOST, strip=False)
    password = forms.CharField(label=_("New password"), max_length=PASSWORD_MOST, strip=False)


class NameForm(SettingsForm):
    alias = forms.CharField(strip=False, required=False)  # the service says what is missing, in its words


class LanguageForm(SettingsForm):
    language = forms.ChoiceField(
        choices=[("", _("As this device")), *settings.LANGUAGES], required=False, widget=forms.RadioSelect
    )
    zone = forms.ChoiceField(choices=zones)

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(person, data)
        self.initial["language"] = "" if person.language_of_device else person.language

    @property
    @override
    def wanted(self) -> dict[str, Any]:
        language, zone = self.cleaned_data["language"], self.cleaned_data["zone"]
        return {"zone": zone, **({"language": language} if language else {"language_of_device": True})}


class LooksForm(SettingsForm):
    text_size = forms.TypedChoiceField(choices=TextSize, coerce=int, widget=forms.RadioSelect)
    font = forms.ChoiceField(choices=Font, widget=forms.RadioSelect)
    theme = forms.ChoiceField(choices=Theme, widget=forms.RadioSelect)
    contrast = forms.ChoiceField(choices=Contrast, widget=forms.RadioSelect)
    motion = forms.ChoiceField(choices=Motion, widget=forms.RadioSelect)


class RoomsForm(SettingsForm):
    enter = forms.ChoiceField(choices=Enter, widget=forms.RadioSelect)
    shows_typing = forms.BooleanField(required=False)
    shows_presence = forms.BooleanField(required=False)
    notes_open = forms.BooleanField(required=False)
    celebrations_quiet = forms.BooleanField(required=False)
