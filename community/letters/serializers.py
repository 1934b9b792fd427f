"""What a letter says. Mail and text messages are read over shoulders, on lock screens and by companies in between."""

from email.utils import parseaddr

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from community.letters.models import Kind, Letter
from community.people.models import Person


def subject(person: Person) -> str:
    """The one line of every letter, in its person's language."""
    with translation.override(person.language):
        return _("You have an update")


def mail_of(letter: Letter, person: Person) -> EmailMessage:
    """The mail: neutral, plain, from the site alone. The Message-ID is the letter's: a repeat is known as one."""
    site = letter.site or own_site()
    url = site + _new_password_path(person) if letter.kind == Kind.NEW_PASSWORD else site and f"{site}/"
    with translation.override(person.language):
        body = render_to_string(f"letters/{letter.kind}.txt", {"url": url, "always": letter.always})
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{letter.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    to = letter.address if letter.kind == Kind.FORMER_ADDRESS else str(person.address)
    return EmailMessage(subject=subject(person), body=body, to=[to], headers=headers)


def own_site() -> str:
    """Where people sign in: the first origin this site names; none in a demo that answers wherever it is asked."""
    return next((origin for origin in settings.ALLOWED_ORIGINS if "://" in origin), "")


def _new_password_path(person: Person) -> str:
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
