from typing import Any, override

from allauth.account.forms import LoginForm, ResetPasswordForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.people.tasks import send_new_password_link


class SignInForm(LoginForm):
    """Address and password, in plain words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class NewPasswordForm(ResetPasswordForm):
    """Asks for a new password. Known and unknown addresses cost the same here: one task, looked at by the worker."""

    @override
    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    @override
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        address: str = self.cleaned_data["email"]
        send_new_password_link.enqueue(address=address, site=f"{request.scheme}://{request.get_host()}")
        return address
