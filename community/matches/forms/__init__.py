"""What two people are asked about each other."""

from community.matches.forms.two import CallForm, DeclineForm, EndForm, PlanForm, QuestionForm

__all__ = ["CallForm", "DeclineForm", "EndForm", "PlanForm", "QuestionForm"]
