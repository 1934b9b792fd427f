"""Whose celebrations are whose, and in which rooms one may be shared."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from community.cases.models import Case
from community.checkins.models import CheckIn
from community.checkins.rules import told_of
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.milestones.dates import GRACE, Sharing, local_day
from community.milestones.desk import ladder_to_draw
from community.milestones.models import Run
from community.milestones.rules import counts_days
from community.people.models import Person
from community.programs.models import Appointment, StaffRole
from community.safety.models import Sign
from community.safety.rules import Written
from groups.celebrations.models import Celebration, Standing, State
from groups.celebrations.querysets import CelebrationQuerySet
from groups.celebrations.times import DAY, PUT_OFF_MOST, day_of_life, latest_day
from groups.chat.desk import restriction_on, words_wait
from groups.membership.models import Group, Kind, Membership

FINISHED_GRACE = 14  # days; whoever finished may write in the room they finished in for longer


def celebration_of(person: Person, celebration_id: UUID) -> Celebration:
    """One's own, where it may be marked. Raises Missing."""
    found = Celebration.objects.of(person.pk).to_show().filter(pk=celebration_id).first()
    if found is None or not may_be_marked(found, person):
        raise Missing
    return found


def celebrations_of(person: Person) -> CelebrationQuerySet:
    """All of one's own that :func:`may_be_marked`."""
    mine = Celebration.objects.of(person.pk)
    return mine if counts_days(person, None) else mine.without_days()


def may_be_marked(row: Celebration, person: Person) -> bool:
    """Whether there is such a thing for this person: where no days are counted, nothing of who counts them."""
    return not row.tells_days or counts_days(person, None)


def seats_to_share(person: Person, *, tells_days: bool = True) -> list[Membership]:
    """Their seats of today from which this person may share a milestone: they write there, and it may be spoken of."""
    now = clock.now()
    seats = Membership.objects.open_to(person.pk).select_related("group__program").order_by("began", "pk")
    return [seat for seat in seats if hears_of(seat.group, tells_days=tells_days) and seat.writes_at(now)]


def rooms_to_share(person: Person, *, tells_days: bool = True) -> list[Group]:
    """The groups of :func:`seats_to_share`."""
    return [seat.group for seat in seats_to_share(person, tells_days=tells_days)]


def sharing_of(run: Run) -> Sharing:
    """What the person of a count chose: these groups; themselves alone, who are asked the day before; or off."""
    if run.standing.exists():
        return Sharing.GROUP
    return Sharing.PRIVATE if run.watch.asks else Sharing.OFF


def late_after(row: Celebration) -> date:
    """The last day on which it may be shared: three late for a day, two weeks after finishing a program.

    A later day that its person chose may be three late as well.
    """
    own = late_after_its_own(row)
    return own if row.later is None else max(own, row.later + timedelta(days=GRACE))


def late_after_its_own(row: Celebration) -> date:
    """The same for who chose no later day."""
    return row.due + timedelta(days=GRACE if row.episode_id is None else FINISHED_GRACE)


def waits_for_a_word(row: Celebration, person: Person) -> bool:
    """Whether its person may still say yes to it, also after "not this time": while its count goes on and it is not

    too late. Needs ``select_related("run")``.
    """
    said_no = row.state == State.NOT_THIS_TIME and clock.today(person.zone) <= late_after(row)
    return (row.waits or said_no) and not has_ended(row)


def has_ended(row: Celebration) -> bool:
    """Whether the count it is of has given way to a new one."""
    return row.run is not None and row.run.ended is not None


def later_days(row: Celebration, person: Person) -> list[date]:
    """The days to which its person may put it off: from tomorrow on, or from today once its own is too far back."""
    today = clock.today(person.zone)
    if today > late_after(row):
        return []
    first = max(row.due, today) + DAY if today <= late_after_its_own(row) else today
    return [first + ahead * DAY for ahead in range((last_day_for(row, person) - first).days + 1)]


def last_day_for(row: Celebration, person: Person) -> date:
    """The last of them: two weeks after its own, and before the next step of its count."""
    if row.run is None:
        return row.due + PUT_OFF_MOST
    return latest_day(row.run.start, ladder_to_draw(person), row.due)


def hears_of(group: Group, *, tells_days: bool) -> bool:
    """Not the team's room; and what is of who counts days not in a program's that counts none."""
    return hears_of_days(group) if tells_days else group.kind != Kind.STAFF


def hears_of_days(group: Group) -> bool:
    """Not the team's room, and none of a program that counts no days, whoever comes to it from another one."""
    return group.kind != Kind.STAFF and (group.program is None or group.program.profile.counts_days)


def takes_a_card(group: Group, seat: Membership, *, tells_days: bool = True) -> bool:
    """Whether a card of this seat may stand in its room right now: as its words would, held back by nobody, and not in

    the days after somebody there has died.
    Needs ``select_related("restriction", "group__program")``.
    """
    now, asked = clock.now(), restriction_on(seat)
    muted = asked is not None and asked.muted_until is not None and now < asked.muted_until
    quiet = group.quiet_until is not None and now < group.quiet_until
    takes = hears_of(seat.group, tells_days=tells_days) and seat.writes_at(now)
    return takes and not (muted or quiet) and not words_wait(group, seat)


def chosen_by(day: date, zone: str, standing: Iterable[Standing]) -> list[Standing]:
    """Those of a count's groups that its person had chosen by that day: it never works backward."""
    return [one for one in standing if local_day(one.since, zone) <= day]


def shows_life(person: Person, day: date) -> bool:
    """Whether somebody who gave a standing yes checked in on that very day: silence is private.

    What was said of it later, or of a later day, is none: it would tell of a day on which nobody knew how they were.
    Nor is one that says that the day is hard, or in whose note screening read danger: then they are asked first.
    """
    said = CheckIn.objects.of(person.pk).made_on(day).first()
    return said is not None and not said.is_hard and not told_of(said)


def still_speaks(row: Celebration, person: Person) -> bool:
    """Whether a yes speaks for the day it was said of: one for a day far ahead does if its person was here that day."""
    return not row.said_far_ahead or shows_life(person, day_of_life(row.day, person.zone))


def needs_quiet(person: Person) -> bool:
    """Whether danger in their own words is neither put away by them nor closed by staff, or somebody told us of danger

    right now and staff have not closed that: nobody is congratulated in front of others meanwhile.
    """
    told = Case.objects.told_of_danger(person.pk).still_open()
    return Sign.objects.of(person.pk).unsettled().exists() or told.exists()


def card_it_waits_for(row: Celebration, person: Person) -> Sign | None:
    """The card about danger for which a day that has come waits; its person alone is told of that."""
    if row.state != State.YES or row.day > clock.today(person.zone):
        return None
    return Sign.objects.of(person.pk).unsettled().first()


def words_of(row: Celebration, person: Person, words: str) -> Written:
    """What its person wrote for it, as it is read for danger."""
    return Written(person=person, words=words, about=f"celebration:{row.pk}", bound_to="celebrations_celebration:words")


@rule
def runs_the_organization(person: Person, _everything: None) -> bool:
    held = Appointment.objects.live(clock.now()).filter(person=person, program=None)
    return held.filter(role=StaffRole.ADMINISTRATOR).exists()


may_go_on = runs_the_organization
