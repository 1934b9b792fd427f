from django import forms
from django.conf import settings

from community.foundation.forms import Form


class HelloForm(Form):
    """One of three starters, or words of one's own."""

    starter = forms.IntegerField(required=False, min_value=0)
    body = forms.CharField(strip=False, required=False, max_length=settings.LIMITS["message_points"])
