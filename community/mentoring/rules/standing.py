"""Whether a mentor may take new people, and why not. The reasons are the mentor's own; staff read the yes or no alone.

How long somebody has been in recovery is asked of their own counts each time, and kept nowhere. A new count therefore
stops new offers in the moment it begins, its undoing brings them back, and nothing in a table, a notice or the audit
chain tells that there was one: whoever looks sees what "not now" looks like.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from community.consent.models import ConsentRecord, Purpose
from community.consent.texts import current
from community.foundation import clock
from community.mentoring.models import Mentor
from community.mentoring.plans.codes import State
from community.mentoring.rules.ages import birth_dates, is_adult
from community.mentoring.rules.policies import policies_of
from community.milestones.models import Run
from community.milestones.rules import deciding_among
from community.programs.models import AgeBand, Enrollment, Outcome

PROGRAM = "program:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a mentor stands today; ``in_care``: they are in a program themselves.

    ``tenure_days`` (None where nothing is known) and what is told of counts are theirs alone.
    """

    state: State
    adult: bool
    agreed: bool
    cleared: bool
    approved: bool
    open_to_new: bool  # neither "not now" nor no place
    in_care: bool
    tenure_days: int | None
    tenure_needed: int
    by_days: bool  # else tenure is the time since they finished, and told in no number
    counts_anew: bool  # a count of theirs was begun anew, however long ago

    @property
    def tenured(self) -> bool:
        return self.tenure_days is not None and self.tenure_days >= self.tenure_needed

    @property
    def new_count(self) -> bool:
        """Whether it is a new count that stops new people; for their own page alone."""
        return self.counts_anew and not self.tenured

    @property
    def in_good_standing(self) -> bool:
        """Active, of age, agreed, cleared and approved, and not in a program themselves."""
        kept = self.agreed and self.cleared and self.approved
        return self.state == State.ACTIVE and self.adult and kept and not self.in_care

    @property
    def takes_new(self) -> bool:
        """What the board says: may take new people, or not now."""
        return self.in_good_standing and self.open_to_new and self.tenured


def standing_of(mentor: Mentor) -> Standing:
    """One mentor's, asked anew."""
    return standings([mentor])[mentor.pk]


def standings(mentors: Iterable[Mentor]) -> dict[UUID, Standing]:
    """The same for many, in five questions. Needs ``to_show()``."""
    asked = list(mentors)
    people = {one.person_id for one in asked}
    policies = policies_of({one.program for one in asked})
    agreed = ConsentRecord.objects.live().filter(person__in=people, purpose=Purpose.MENTORING)
    agreements = set(agreed.values_list("person_id", "subject"))
    births, episodes, runs = birth_dates(people), _episodes(people), _runs(people)
    now, found = clock.now(), {}
    for one in asked:
        theirs, counts = episodes[one.person_id], runs[one.person_id]
        found[one.pk] = Standing(
            state=State(one.state),
            adult=is_adult(
                one.person,
                births.get(one.person_id),
                among_minors=any(stay.program.age_band == AgeBand.MINORS for stay in theirs),
            ),
            agreed=(one.person_id, agreement_subject(one.program_id)) in agreements,
            cleared=one.cleared_until is not None and one.cleared_until > now,
            approved=one.approved_until is not None and one.approved_until > now,
            open_to_new=not one.not_now and one.capacity > 0,
            in_care=any(stay.is_open for stay in theirs),
            tenure_days=tenure(one, theirs, counts),
            tenure_needed=policies[one.program_id].tenure_days,
            by_days=_counts_days(one, theirs),
            counts_anew=bool(counts) and _counts_days(one, theirs) and any(run.after_id for run in counts),
        )
    return found


def agreement_subject(program_id: UUID) -> str:
    """What a mentor's agreement, or the wish to be matched, is about."""
    return f"{PROGRAM}{program_id}"


def agreement_of(mentor: Mentor) -> ConsentRecord | None:
    """What they agreed to as a mentor, while it stands; its text is the one they were shown."""
    live = ConsentRecord.objects.live().of(mentor.person_id)
    return live.about(Purpose.MENTORING, agreement_subject(mentor.program_id)).first()


def is_todays(given: ConsentRecord | None) -> bool:
    """Whether the words somebody agreed to are the newest there are."""
    return given is not None and given.version == current(given.purpose, given.language).version


def agreed_to_todays(mentor: Mentor) -> bool:
    """Whether the words they agreed to are the newest there are."""
    return is_todays(agreement_of(mentor))


def tenure(mentor: Mentor, episodes: list[Enrollment], runs: list[Run]) -> int | None:
    """Whole days in recovery, or since they finished where no days are counted; None where nothing is known.

    The longest count speaks, unless one was begun anew: then that one does.
    """
    today = clock.today(mentor.person.zone)
    if not _counts_days(mentor, episodes):
        finished = [one.ended for one in episodes if one.ended is not None and _finished_here(one, mentor)]
        return max((today - max(finished)).days, 0) if finished else None
    if not runs:
        return None
    anew = [run.days(today) for run in runs if run.after_id]
    return min([max(run.days(today) for run in runs), *anew])


def _finished_here(episode: Enrollment, mentor: Mentor) -> bool:
    return episode.program_id == mentor.program_id and episode.outcome == Outcome.GRADUATED


def _counts_days(mentor: Mentor, episodes: list[Enrollment]) -> bool:
    """As milestones.rules.counts_days says it of one person, and of the program they are a mentor in."""
    return mentor.program.profile.counts_days and all(one.profile.counts_days for one in deciding_among(episodes))


def _episodes(people: set[UUID]) -> dict[UUID, list[Enrollment]]:
    found: dict[UUID, list[Enrollment]] = defaultdict(list)
    for one in Enrollment.objects.filter(person__in=people).select_related("program"):
        found[one.person_id].append(one)
    return found


def _runs(people: set[UUID]) -> dict[UUID, list[Run]]:
    """The counts that go on, each with its person's."""
    found: dict[UUID, list[Run]] = defaultdict(list)
    for run in Run.objects.open().filter(focus__person__in=people).select_related("focus"):
        found[run.focus.person_id].append(run)
    return found
