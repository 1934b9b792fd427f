"""What I hope for in a mentor, and what I said as one, in the copy of my own."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.registers import Entry
from community.foundation.times import at_words
from community.matching.facts import WishKind
from community.mentoring.models import (
    GENDER_WORDS,
    LANGUAGE_WORDS,
    PATHWAY_WORDS,
    STYLE_WORDS,
    WISH_WORDS,
    Mentor,
    MentorRequest,
    Said,
)
from community.mentoring.rules import policies_of
from community.mentoring.serializers.mine import shape_request
from community.mentoring.serializers.said import shape_said
from community.people.models import Person
from community.programs.models import Program


def said(person: Person) -> Iterator[Entry]:
    """Each request and each time as a mentor, with my answers; nothing of anybody it led to."""
    requests = list(MentorRequest.objects.of(person.pk).to_show().order_by("asked_at", "pk"))
    times = list(Mentor.objects.of(person.pk).to_show().order_by("applied", "pk"))
    policies = policies_of({*(one.program for one in requests), *(one.program for one in times)})
    for one in requests:
        asked = _("Asked on %(when)s") % {"when": at_words(one.asked_at, person.zone)}
        closed = str(one.get_closing_display()) if one.closing else ""
        yield Entry(
            data={**shape_request(one), "program_name": one.program.name},
            title=_for_me(one.program, sponsors=policies[one.program_id].says_sponsor),
            lines=tuple(line for line in (asked, closed, one.hopes, *_answers(one)) if line),
        )
    for mine in times:
        applied = _("Applied on %(when)s") % {"when": at_words(mine.applied, person.zone)}
        yield Entry(
            data={
                "id": str(mine.pk),
                "program": str(mine.program_id),
                "program_name": mine.program.name,
                "applied": clock.moment(mine.applied),
                "state": mine.state,
                "since": clock.moment(mine.since),
                "capacity": mine.capacity,
                "not_now": mine.not_now,
                "stands_in": mine.stands_in,
                "wishes_cover": mine.wishes_cover,
                **shape_said(mine),
            },
            title=_being_one(mine.program, sponsors=policies[mine.program_id].says_sponsor),
            lines=(applied, str(mine.get_state_display()), *_answers(mine)),
        )


def _for_me(program: Program, *, sponsors: bool) -> str:
    words = _("A sponsor for me: %(program)s") if sponsors else _("A mentor for me: %(program)s")
    return words % {"program": program.name}


def _being_one(program: Program, *, sponsors: bool) -> str:
    words = _("Being a sponsor: %(program)s") if sponsors else _("Being a mentor: %(program)s")
    return words % {"program": program.name}


def _answers(one: Said) -> Iterator[str]:
    """What was said, a line a question; what was not said has none."""
    yield from _named(one.languages, LANGUAGE_WORDS)
    yield from _named([one.gender], GENDER_WORDS)
    yield str(WISH_WORDS[WishKind(one.wish_kind)])
    yield from _named(one.wish_of, GENDER_WORDS)
    yield from _named(one.pathways, PATHWAY_WORDS)
    yield from _named([one.style], STYLE_WORDS)
    yield from (", ".join(words) for words in (one.life_stages, one.values) if words)


def _named(codes: list[str], words: Mapping[str, object]) -> Iterator[str]:
    found = [str(words.get(code, code)) for code in codes if code]
    if found:
        yield ", ".join(found)
