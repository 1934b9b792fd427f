"""What a program asks of its mentors, as who runs it says it."""

from typing import Any, override

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from community.foundation.errors import Refusal
from community.foundation.forms import Form
from community.mentoring.models import MentoringPolicy, Word
from community.mentoring.plans.codes import CAPACITY_MOST, OWN_ALONE
from community.mentoring.plans.policy import FLOOR_MOST, LASTS_LEAST, LASTS_MOST, TENURE_STEPS
from community.programs.models import Program, Track

#: The least and the most of each figure; the service has the same.
LIMITS = {
    "capacity_usual": (0, CAPACITY_MOST),
    "capacity_most": (1, CAPACITY_MOST),
    "clearance_days": (LASTS_LEAST, LASTS_MOST),
    "approval_days": (LASTS_LEAST, LASTS_MOST),
    "floor": (0, FLOOR_MOST),
}


class PolicyForm(Form):
    """The figures of one program, each with what stands where nothing was said, and whose mentors serve it."""

    word = forms.ChoiceField(
        label=_("What do you call them here?"),
        help_text=_("Nobody is given a mentor or a sponsor: you introduce people, and each of them chooses."),
        choices=Word.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    tenure_days = forms.TypedChoiceField(
        label=_("After how many days does somebody meet new people?"),
        help_text=_(
            "Of their own days in recovery; where they count none, since they finished. It is asked each time."
        ),
        coerce=int,
    )
    mentor_tracks = forms.MultipleChoiceField(
        label=_("From which kinds of program are those who walk with people here?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    capacity_usual = forms.IntegerField(
        label=_("How many people does somebody begin with?"), help_text=_("Everybody changes it as they like.")
    )
    capacity_most = forms.IntegerField(
        label=_("How many people at once, at most?"),
        help_text=_("Whoever has more people already keeps them, and gets nobody new."),
    )
    clearance_days = forms.IntegerField(label=_("For how many days can a clearance be good, at most?"))
    approval_days = forms.IntegerField(
        label=_("For how many days are they approved?"),
        help_text=_("After that you approve them again. Who was approved before keeps the day they were told."),
    )
    floor = forms.IntegerField(
        label=_("How well do two people need to fit?"),
        help_text=_("Out of 1,000. A card below it goes out only if you give it by itself. 0 asks nothing."),
    )
    stale = False  # whether it is another one by now

    def __init__(self, program: Program, usual: MentoringPolicy, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.usual = usual
        self.fields["tenure_days"] = _stepped(
            self.fields["tenure_days"], {*TENURE_STEPS, self.initial["tenure_days"]}, usual.tenure_days
        )
        for name, (least, most) in LIMITS.items():
            self.fields[name] = _within(self.fields[name], least, most, getattr(usual, name))
        if program.track in OWN_ALONE:  # there is no choice
            del self.fields["mentor_tracks"]
        else:
            tracks = self.fields["mentor_tracks"]
            assert isinstance(tracks, forms.MultipleChoiceField)  # noqa: S101 - declared above
            tracks.choices = [(one.value, one.label) for one in Track if one not in OWN_ALONE]

    @property
    def figures(self) -> list[forms.BoundField]:
        """The questions a number answers, in their order."""
        return [self[name] for name in self.fields if name in {"tenure_days", *LIMITS}]

    @property
    def usual_tracks(self) -> str:
        """Whose mentors serve such a program where nothing was said."""
        return ", ".join(str(Track(one).label) for one in self.usual.mentor_tracks)

    @property
    def wanted(self) -> dict[str, Any]:
        """As the service takes it; a word that was not said stays what it is."""
        return {name: value for name, value in self.cleaned_data.items() if name != "word" or value}

    @override
    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        self.stale = refusal.code == "stale"


def _stepped(field: forms.Field, days: set[int], usual: int) -> forms.TypedChoiceField:
    """The same question with its steps, why there are no others, and what stands where nothing was said."""
    why = gettext("There are only these steps, so that nobody finds out how many days somebody has by moving them.")
    says = gettext("If nothing is said: %(usual)s.") % {"usual": usual}
    return forms.TypedChoiceField(
        label=field.label,
        help_text=f"{field.help_text} {why} {says}",
        coerce=int,
        choices=[(one, ngettext("%(count)d day", "%(count)d days", one) % {"count": one}) for one in sorted(days)],
    )


def _within(field: forms.Field, least: int, most: int, usual: int) -> forms.IntegerField:
    """The same question with its limits in words, and with what stands where nothing was said."""
    wrong = gettext("Enter a whole number from %(least)s to %(most)s.") % {"least": f"{least:,}", "most": f"{most:,}"}
    says = gettext("If nothing is said: %(usual)s.") % {"usual": usual}
    return forms.IntegerField(
        label=field.label,
        help_text=f"{field.help_text} {says}".strip(),
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
