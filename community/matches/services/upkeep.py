"""What is forgotten by itself."""

from django.db import transaction

from community.foundation import clock
from community.matches.models import Match
from community.mentoring.services.upkeep import KEPT


@transaction.atomic
def forget_notes() -> int:
    """Drop why staff suggested two people, and what their fit was made of, 90 days after it ended or came to nothing.

    The row stays: who was with whom and when, a code of why it ended, what each answered, and the sum of the fit, which
    nobody is shown. Returns how many rows were emptied.
    """
    old = Match.objects.over_since(clock.now() - KEPT)
    return old.exclude(note_sealed="", parts={}).update(note_sealed="", parts={})
