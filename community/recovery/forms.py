from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from community.people.rules import PASSWORD_MOST


class ComeBackForm(Form):
    """Name, code and the new password, on one page."""

    login = forms.CharField(label=_("E-mail or sign-in name"), max_length=254)
    code = forms.CharField(label=_("A code from your recovery sheet"), max_length=64)
    password = forms.CharField(label=_("New password"), max_length=PASSWORD_MOST, strip=False)


class RenewForm(Form):
    """The code from staff, and the new password."""

    code = forms.CharField(label=_("Code you were given"), max_length=64)
    password = forms.CharField(label=_("New password"), max_length=PASSWORD_MOST, strip=False)


class SheetForm(Form):
    """The password once more, before codes are shown."""

    password = forms.CharField(label=_("Password"), max_length=PASSWORD_MOST, strip=False)
