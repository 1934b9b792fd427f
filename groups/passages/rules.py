"""What an offer shows, which seats wait for whom, and which rooms an appointment keeps."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from community.consent.models import ConsentRecord, Purpose
from community.consent.rules import BEFORE_WRITING
from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.people.models import Person
from community.programs.models import Appointment, Enrollment, StaffRole
from groups.membership.models import Group, Kind, Membership, Role
from groups.membership.rules import name_again
from groups.passages.models import AlumniOffer, Answer


@rule
def was_offered(person: Person, offer: AlumniOffer) -> bool:
    return offer.person_id == person.pk


may_answer = was_offered


def offer_of(person: Person, offer_id: UUID) -> AlumniOffer:
    """One's own offer. Raises Missing."""
    found = AlumniOffer.objects.of(person.pk).to_show().filter(pk=offer_id).first()
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """What somebody is told before they say yes: the room's name, how many are in it, who keeps it, and the name under

    which they would be seen. They would be seen with it and with what they write from then on, and with nothing else.
    """

    name: str
    people: int
    kept_by: tuple[str, ...]
    alias: str


def facts(offer: AlumniOffer) -> OfferFacts:
    """Needs ``to_show()``."""
    return facts_of([offer])[offer.pk]


def facts_of(offers: Collection[AlumniOffer]) -> dict[UUID, OfferFacts]:
    """As :func:`facts`, of each by its id; two questions, however many offers and people there are."""
    seats = Membership.objects.current().filter(group__in={offer.group_id for offer in offers})
    people = dict(seats.exclude(role=Role.OBSERVER).values_list("group").annotate(Count("pk")))
    kept_by: dict[UUID, tuple[str, ...]] = {}
    for group, alias in seats.keepers().order_by("began", "pk").values_list("group", "alias"):
        kept_by[group] = (*kept_by.get(group, ()), alias)
    return {
        offer.pk: OfferFacts(
            name=offer.group.name,
            people=people.get(offer.group_id, 0),
            kept_by=kept_by.get(offer.group_id, ()),
            alias=offer.person.alias,
        )
        for offer in offers
    }


def kept_for(person: UUID) -> QuerySet[Group]:
    """Rooms somebody left while their place there goes on: a cohort's during the episode, the alumni's after a yes.

    What somebody who keeps the room took is no place of theirs any more.
    """
    seats = Membership.objects.of(person).filter(group=OuterRef("pk"))
    begun = Enrollment.objects.open().of(person).filter(cohort=OuterRef("cohort"))
    said_yes = AlumniOffer.objects.of(person).filter(group=OuterRef("pk"), answer=Answer.YES)
    theirs = Group.objects.filter(Exists(begun) | Exists(said_yes))
    return theirs.exclude(Exists(seats.filter(Q(ended=None) | Q(taken=True)))).order_by("created", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSeat:
    """A seat that waits: its room, the name it had there, and what its person is asked to agree to again."""

    group: Group
    alias: str
    asks: tuple[Purpose, ...]


def kept_seat(person: Person, group_id: UUID) -> KeptSeat:
    """Raises Missing where no seat waits for this person: "not there" and "not yours" are one."""
    group = kept_for(person.pk).filter(pk=group_id).first()
    if group is None:
        raise Missing
    alias = name_again(person, group.memberships.latest_of(person.pk))
    return KeptSeat(group=group, alias=alias, asks=asked_again(person, group))


def asked_again(person: Person, group: Group) -> tuple[Purpose, ...]:
    """Of what a seat in this room stands on: what its person took back, and did not agree to since."""
    everywhere = Q(purpose__in=BEFORE_WRITING, subject="")
    here = Q(purpose__in=[Purpose.ROOM, Purpose.ALUMNI_ROOM], subject=subject_of(group))
    back = ConsentRecord.objects.of(person.pk).taken_back().filter(everywhere | here)
    found = set(back.values_list("purpose", flat=True))
    return tuple(one for one in Purpose if one in found)


def subject_of(group: Group) -> str:
    """What an agreement about a seat in this room is about."""
    return f"group:{group.pk}" if group.cohort_id is None else f"cohort:{group.cohort_id}"


def rooms_of(appointment: Appointment) -> QuerySet[Group]:
    """Where an appointment may seat somebody: in the cohort's room or all of the program's, and in its alumni room."""
    cohorts = Q(cohort__program=appointment.program_id)
    if appointment.cohort_id is not None:
        cohorts = Q(cohort=appointment.cohort_id)
    return Group.objects.filter(cohorts | Q(kind=Kind.ALUMNI, program=appointment.program_id))


def keepers_of(group: Group) -> list[tuple[Person, Role]]:
    """Everybody whom appointments seat in a room of a program, and as what; facilitators first, then by appointment.

    An alumni room is kept by who is appointed to the whole program; where no facilitator is, by those of its cohorts.
    """
    held = Appointment.objects.live(clock.now()).in_rooms().filter(program=group.program_id)
    whole = held.filter(cohort=None)
    if group.kind != Kind.ALUMNI:
        held = held.filter(Q(cohort=None) | Q(cohort=group.cohort_id))
    elif whole.filter(role=StaffRole.FACILITATOR).exists():
        held = whole
    found: dict[Person, Role] = {}
    for one in held.select_related("person").order_by("role", "began", "pk"):  # "facilitator" before "moderator"
        found.setdefault(one.person, Role(one.role))
    return list(found.items())


def role_by_appointment(person: Person, group: Group) -> Role | None:
    """As what somebody's appointments seat them in a room of a program; None: they do not."""
    return dict(keepers_of(group)).get(person)
