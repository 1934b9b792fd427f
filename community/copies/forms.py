from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.forms import Form
from community.people.rules import PASSWORD_MOST


class CopyForm(Form):
    """The password once more, before a copy leaves the house."""

    password = forms.CharField(label=_("Password"), max_length=PASSWORD_MOST, strip=False)
