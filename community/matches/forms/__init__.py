"""What two people are asked about each other."""

from community.matches.forms.two import AimsForm, CallForm, DeclineForm, EndForm, PlanForm, QuestionForm

__all__ = ["AimsForm", "CallForm", "DeclineForm", "EndForm", "PlanForm", "QuestionForm"]
