from django import forms

from community.foundation.forms import Form


class WhoseForm(Form):
    """One question, two buttons."""

    only_mine = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda said: said == "1")
