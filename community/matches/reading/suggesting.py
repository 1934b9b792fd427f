"""Whom staff may suggest for somebody, why, and why others not: in words, by what staff may know (MATCHING.md 2a)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from community.foundation import clock
from community.matches.desk.facts import bonds_among, coming_week, mentees_of, mentors_of, policy_for
from community.matches.desk.line import offered_for
from community.matches.models import Match
from community.matching import fit as fitting
from community.matching.codes import Code, Viewer, broken, seen
from community.matching.facts import MenteeFacts, MentorFacts
from community.mentoring.models import LANGUAGE_WORDS, PATHWAY_WORDS, STYLE_WORDS, Mentor, MentorRequest
from community.mentoring.querysets import MentorQuerySet, untied
from community.people.models import Person
from community.programs.models import Weekday


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mentor, and either what speaks for the two or what stands against them."""

    mentor: Mentor
    fits: str  # in words; empty where a rule is broken
    shares: list[str]
    against: list[str]
    elsewhere: bool = False  # a mentor of another program, who would meet people of this one
    lifts: UUID | None = None  # the match after which one of the two asked not to be suggested again

    @property
    def allowed(self) -> bool:
        return bool(self.fits)


def suggestable(request: MentorRequest, reader: Person) -> MentorQuerySet:
    """The active mentors whom ``reader`` may look at for somebody: not themselves, nor anybody they have a tie to."""
    return untied(offered_for(request).active(), reader.pk, "person")


def suggestions_for(request: MentorRequest, reader: Person, *, covers: Match | None = None) -> list[Suggestion]:
    """Every mentor they might have, each person once: who may be suggested first, the best fit on top, then the others.

    Who may not, and is of another program, is not named: staff here lead neither, and why is not for them. As many
    questions for many mentors as for one.
    """
    now, week = clock.now(), coming_week()
    mentors = list(suggestable(request, reader))
    (mentee,), guides = mentees_of([request]), mentors_of(mentors, covering=covers is not None)
    bonds = bonds_among({request.person_id, *(one.person_id for one in mentors)})
    policy, found = policy_for(request.program), []
    asked = Match.objects.of_staff(reader.pk, now).touching(request.person_id).kept_from_again().oldest_first()
    lifts = {one.other(request.person_id).pk: one.pk for one in asked.to_show()}
    for mentor, guide in zip(mentors, guides, strict=True):
        codes = broken(mentee, guide, bonds=bonds, policy=policy, week_of=week)
        fit, elsewhere = fitting.fit(mentee, guide, week).total, mentor.program_id != request.program_id
        if codes and elsewhere and mentor.person_id not in lifts:
            continue
        one = _suggestion(mentor, mentee, guide, codes, fit, policy.floor)
        one = replace(one, elsewhere=elsewhere, lifts=lifts.get(mentor.person_id))
        found.append((bool(codes), bool(codes) and elsewhere, -fit, str(mentor.pk), one))
    ranked = [one for *_order, one in sorted(found, key=lambda row: row[:4])]
    first = {one.mentor.person_id: one for one in reversed(ranked)}
    return [one for one in ranked if first[one.mentor.person_id] is one]


def _suggestion(
    mentor: Mentor, mentee: MenteeFacts, guide: MentorFacts, codes: frozenset[Code], fit: int, floor: int
) -> Suggestion:
    if codes:
        told = sorted(seen(codes, mentee, guide, by=Viewer.STAFF))
        against = [code_words(one) for one in told] or [_("Not now")]  # what is theirs alone is one "not now"
        return Suggestion(mentor, "", [], against)
    return Suggestion(mentor, fit_words(fit, floor), shared_words(mentee, guide), [])


def fit_words(fit: int, floor: int) -> str:
    if fit < floor:
        return _("They have little in common")
    return _("They would fit well") if fit >= (floor + 1000) // 2 else _("They could fit")


def shared_words(mentee: MenteeFacts, guide: MentorFacts) -> list[str]:
    """What speaks for the two, for staff."""
    return [_shared(one) for one in fitting.reasons(mentee, guide, coming_week())]


def _shared(reason: fitting.Reason) -> str:
    about = ", ".join(_named(reason.code, one) for one in reason.about)
    return {
        "hours": _("Both have time: %(what)s"),
        "pathway": _("What helps both: %(what)s"),
        "life_stage": _("Both say of their lives: %(what)s"),
        "values": _("Both named: %(what)s"),
        "language": _("A language of both: %(what)s"),
        "style": _("How both like to talk: %(what)s"),
        "gender": _("The gender that was hoped for"),
        "program": _("The same program"),
    }[reason.code] % {"what": about}


def _named(code: str, one: str) -> str:
    words = {"pathway": PATHWAY_WORDS, "language": LANGUAGE_WORDS, "style": STYLE_WORDS}.get(code)
    if words is not None:
        return str(words[one])
    return str(Weekday(int(one)).label) if code == "hours" else one


def code_words(code: Code) -> str:
    """Why two people cannot be matched, for staff."""
    return {
        Code.SAME_PERSON: _("The same person"),
        Code.ALREADY_MATCHED: _("Already suggested, asked or together"),
        Code.OTHER_CLINIC: _("Of another program, and not both would like that"),
        Code.NOT_OPTED_IN: _("One of them does not agree to be matched now"),
        Code.MENTOR_NOT_APPROVED: _("Clearance or approval is missing or over"),
        Code.MENTOR_UNAVAILABLE: _("Not now"),
        Code.CAPACITY_FULL: _("No free place"),
        Code.MENTOR_TENURE: _("Not now"),
        Code.MENTOR_MINOR: _("Not known to be 18 or older"),
        Code.YOUTH_CLEARANCE: _("Not cleared for people under age"),
        Code.GUARDIAN_CONSENT: _("No guardian’s consent on record"),
        Code.TRACK: _("Of a kind of program that does not serve this one"),
        Code.BLOCKED: _("Kept apart by a choice of one of them"),
        Code.NO_REMATCH: _("One of them asked not to be suggested again"),
        Code.CONFLICT_OF_INTEREST: _("A conflict of interest"),
        Code.GENDER_REQUIRED: _("Not now"),
        Code.LANGUAGE: _("No language of both"),
        Code.TIME_OVERLAP: _("Less than an hour a week in common"),
    }[code]


def parts_of(match: Match) -> list[tuple[str, int, int, int]]:
    """What the fit was made of when it was proposed: a label, the mentee's side, the mentor's, and the most."""
    mentee, mentor = match.parts.get("mentee", {}), match.parts.get("mentor", {})
    return [(str(words), mentee.get(name, 0), mentor.get(name, 0), most) for name, words, most in _parts()]


def _parts() -> Iterable[tuple[str, str, int]]:
    return (
        ("hours", _("Hours in common"), 250),
        ("pathway", _("What helps them"), 200),
        ("life_stage", _("Where they are in life"), 150),
        ("values", _("What matters to them"), 150),
        ("wishes", _("What they hope for"), 125),
        ("room", _("Room for somebody new"), 75),
        ("program", _("The same program"), 50),
    )
