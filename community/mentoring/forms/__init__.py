"""What mentors, who asks for one, and staff are asked."""

from community.mentoring.forms.asking import ApplyForm, AskForm, MentorForm
from community.mentoring.forms.policy import PolicyForm
from community.mentoring.forms.staff import ClearForm, NoteForm, SupervisorForm

__all__ = ["ApplyForm", "AskForm", "ClearForm", "MentorForm", "NoteForm", "PolicyForm", "SupervisorForm"]
