"""What the page Mentoring says of two people; their own pages say the rest."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from community.foundation.registers import Leading, Walk
from community.matches.models import Match, MatchCheckIn
from community.matches.plans.codes import State
from community.matches.reading.questions import waiting_of
from community.matches.reading.status import ask_words, people_words, status_words
from community.mentoring.models import Mentor
from community.mentoring.querysets import WAY_IN
from community.people.models import Person


def walks_of(person: Person, now: datetime) -> list[Walk]:
    """A line for each program with cards, and one for each two people who ask or walk together."""
    rows = list(Match.objects.shown_to(person.pk, now).open().to_show().best_first())
    cards = [one for one in rows if one.state == State.SHORTLISTED]
    programs = dict.fromkeys(one.program_id for one in cards)
    told = [_cards(program, sum(one.program_id == program for one in cards)) for program in programs]
    told += [_question(one, person) for one in waiting_of(person)]
    told += [_bond(one, person) for one in rows if one.state != State.SHORTLISTED]
    guides = Mentor.objects.of(person.pk).open().exclude(state__in=WAY_IN)
    return told + [_people(one) for one in guides]


def _cards(program_id: UUID, count: int) -> Walk:
    page = Leading(icon="hand-heart", title=people_words(count), says=ask_words(count), href=reverse("matches"))
    return Walk(program_id=program_id, hopes=True, together=False, page=page)


def _question(checkin: MatchCheckIn, reader: Person) -> Walk:
    match = checkin.match
    page = Leading(
        icon="message-square",
        title=_("How is it going with %(name)s?") % {"name": match.other(reader.pk).alias},
        says=_("One short question, for you alone."),
        href=reverse("match_question", args=[checkin.pk]),
    )
    return _of(match, reader, page)


def _people(mentor: Mentor) -> Walk:
    says = _("Who asks you, and how many of your places are taken")
    page = Leading(icon="users", title=_("Who you walk with"), says=says, href=reverse("match_people"))
    return Walk(program_id=mentor.program_id, hopes=False, together=False, page=page)


def _bond(match: Match, reader: Person) -> Walk:
    name, mentee = match.other(reader.pk).alias, match.mentee_id == reader.pk
    if match.is_walking:
        title = _("You and %(name)s") % {"name": name}
    elif mentee:
        title = _("You asked %(name)s") % {"name": name}
    else:
        title = _("%(name)s asks you") % {"name": name}
    page = Leading(
        icon="heart-handshake" if match.is_walking else "clock",
        title=title,
        says=status_words(match, reader),
        href=reverse("match", args=[match.pk]),
    )
    return _of(match, reader, page)


def _of(match: Match, reader: Person, page: Leading) -> Walk:
    hopes = match.mentee_id == reader.pk
    program = match.program_id if hopes else match.mentor.program_id
    return Walk(program_id=program, hopes=hopes, together=match.is_walking, page=page)


def walked_with(person: UUID) -> Iterable[UUID]:
    """With whom somebody walks, or ever did."""
    for row in Match.objects.accepted().touching(person).values_list("mentee_id", "guide_id"):
        yield from (one for one in row if one != person)
