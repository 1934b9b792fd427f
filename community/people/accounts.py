"""What allauth may do here: sign in and out, and a new password. Nobody signs up by themselves."""

from typing import Any, ClassVar, override

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.people import services
from community.people.models import Person


class Adapter(DefaultAccountAdapter):
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This name and password don't go together. Please check both."),
        "too_many_login_attempts": _("That was a lot of tries. Please wait 15 minutes, or choose a new password."),
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def set_password(self, user: Person, password: str) -> None:
        services.set_password(person=user, password=password)

    @override
    def post_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponse:
        """The first page on a device asks whose it is, and leads on to where they meant to go."""
        response: HttpResponse = super().post_login(request, user, **more)
        if getattr(request.session, "tablet", False):  # the clinic's: nobody's
            return response
        whose = reverse("whose_phone", query={"next": response.headers["Location"]})
        response.headers["Location"] = whose
        return response

    @override
    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No toasts: pages say what happened themselves."""

    @override
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth sends nothing on its own: our mail is neutral and leaves by the worker (community.letters)."""

    @override
    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """As above."""
