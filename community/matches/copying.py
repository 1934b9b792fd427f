"""How I said it goes with who walks with me, in the copy of my own; nothing of theirs."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.pieces import in_pages
from community.foundation.registers import Entry
from community.foundation.times import at_words
from community.matches.models import FACES, KEEP_WORDS, TALKED_WORDS, Match, MatchCheckIn
from community.people.models import Person

ANSWERS = {"d3": TALKED_WORDS, "d12": KEEP_WORDS}


def answers(person: Person) -> Iterator[Entry]:
    """What I said I want from this, each question I answered alone, and what I said."""
    yield from _aims(person)
    for one in in_pages(MatchCheckIn.objects.of(person.pk).exclude(answered=None).order_by("answered", "pk")):
        assert one.answered is not None  # noqa: S101 - asked for above
        words = ANSWERS.get(one.step, FACES)
        says = [str(words.get(one.answer, one.answer)), _("I want to talk to staff.") if one.wants_staff else ""]
        yield Entry(
            data={
                "match": str(one.match_id),
                "step": one.step,
                "answered": clock.moment(one.answered),
                "answer": one.answer,
                "wants_staff": one.wants_staff,
            },
            title=at_words(one.answered, person.zone),
            lines=tuple(said for said in says if said),
        )


def _aims(person: Person) -> Iterator[Entry]:
    """What both said, and what I would have instead; what the other would have is theirs."""
    for one in Match.objects.walking().touching(person.pk).order_by("accepted", "pk"):
        mine = one.aims_wished if one.aims_wished_by_id == person.pk else ""
        if one.aims or mine:
            data = {"match": str(one.pk), "aims": one.aims or None, "aims_wished": mine or None}
            yield Entry(
                data=data,
                title=_("What you two want from this"),
                lines=tuple(said for said in (one.aims, mine) if said),
            )
