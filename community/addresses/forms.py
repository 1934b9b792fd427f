from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from community.people.rules import PASSWORD_MOST


class AddressForm(Form):
    """The address, and the password once more."""

    address = forms.CharField(label=_("E-mail address"), max_length=254)
    password = forms.CharField(label=_("Your password, once more"), max_length=PASSWORD_MOST, strip=False)


class RemoveForm(Form):
    password = forms.CharField(label=_("Your password, once more"), max_length=PASSWORD_MOST, strip=False)
