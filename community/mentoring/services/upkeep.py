"""What is forgotten by itself."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from community.foundation import clock
from community.mentoring.models import Closing, Mentor, MentorRequest, SupervisionNote

KEPT = timedelta(days=90)  # after a request waits no more, or somebody is a mentor no more
NO_WORDS = {"stages_sealed": "", "valued_sealed": "", "gender": "", "wish_kind": "any", "wish_of": []}


@transaction.atomic
def forget_words() -> int:
    """Drop what people said of themselves, and notes about them, 90 days after it was for nothing any more.

    What somebody who has a mentor said is kept for a new try while they walk together. The rows stay: that there was a
    request, and how long it waited. Returns how many rows were emptied.
    """
    before = clock.now() - KEPT
    said = ~Q(stages_sealed="", valued_sealed="", gender="", wish_kind="any")
    hoped = said | ~Q(hopes_sealed="")
    old = MentorRequest.objects.closed().exclude(closing=Closing.MATCHED).filter(closed__lt=before)
    gone = Mentor.objects.retired().filter(since__lt=before)
    SupervisionNote.objects.filter(mentor__in=gone.values("pk")).delete()
    return old.filter(hoped).update(**NO_WORDS, hopes_sealed="") + gone.filter(said).update(**NO_WORDS)
