"""What the worker does for people."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from community.people.models import Person


@task
def send_new_password_link(address: str, site: str) -> int:
    """Mail a neutral line with a link to whoever signs in with ``address``; to nobody else. Returns how many."""
    person = Person.objects.at(address).first()
    if person is None or person.address is None:
        return 0
    key = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    with translation.override(person.language):
        context = {"url": site + path, "app_name": settings.APP_NAME}
        subject = render_to_string("account/email/password_reset_key_subject.txt", context).strip()
        body = render_to_string("account/email/password_reset_key_message.txt", context)
    return EmailMessage(subject=subject, body=body, to=[person.address]).send()
