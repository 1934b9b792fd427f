"""What people send from a page. Length and characters are judged by the service, the same as for every door."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _


class WordsForm(forms.Form):
    body = forms.CharField(strip=False, error_messages={"required": _("Write a few words first.")})


class MessageForm(WordsForm):
    """``key`` stands in the page, so that pressing Send twice is one message."""

    key = forms.UUIDField(initial=uuid.uuid4)
    reply_to = forms.UUIDField(required=False)
    content_note = forms.CharField(required=False)
    care_seen = forms.BooleanField(required=False)
