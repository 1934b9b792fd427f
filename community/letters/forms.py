"""Asking for a new password, and choosing how to hear of updates."""

from typing import Any, override

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.http import HttpRequest

from community.foundation.forms import Form
from community.letters import services as letters
from community.letters.models import Reach


class NewPasswordForm(ResetPasswordForm):
    """Asks for a new password. Known and unknown addresses cost the same here: one letter, looked at by the worker."""

    @override
    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    @override
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        address: str = self.cleaned_data["email"]
        letters.ask_for_password(address=address, site=f"{request.scheme}://{request.get_host()}")
        return address


class ReachForm(Form):
    mail = forms.BooleanField(required=False)
    sms = forms.BooleanField(required=False)
    phone = forms.CharField(strip=False, required=False)

    def __init__(self, reach: Reach, data: Any = None) -> None:
        super().__init__(data, initial={"mail": reach.mail, "sms": reach.sms, "phone": reach.phone})
