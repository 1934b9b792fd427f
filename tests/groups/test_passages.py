"""What episodes make of seats: a person begins, finishes or leaves, and comes back; and what others see of it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from community.consent import services as consent
from community.consent.models import ConsentRecord
from community.foundation import clock
from community.foundation.errors import Conflict, Invalid, Missing, NotAllowed, Refusal
from community.foundation.upkeep import keep_up
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Cohort, Enrollment, StaffRole
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Group, Membership, Role
from groups.membership.rules import reach
from groups.passages import services as passages
from groups.passages.models import AlumniOffer, Leaving
from groups.passages.rules import OfferFacts, facts
from groups.passages.tasks import tidy_seats
from tests import quick
from tests.doors import Script, say

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
story = settings(
    max_examples=20, deadline=None, derandomize=True, phases=[Phase.generate], database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def newcomer(alias: str = "Fay") -> Person:
    return people.create(alias=alias)


def the_open(person: Person) -> Enrollment:
    return Enrollment.objects.open().of(person.pk).get()


def finished(person: Person) -> AlumniOffer:
    """The offer of somebody who finishes today."""
    programs.graduate(enrollment=the_open(person))
    return AlumniOffer.objects.of(person.pk).to_show().latest("offered")


def closed_cohort(world: World) -> Cohort:
    today = clock.today(world.evening.zone)
    wanted = {"name": "Fall group", "admission": "closed", "starts": today, "ends": today + 90 * DAY, "capacity": 8}
    return programs.open_cohort(program=world.evening, wanted=wanted)


def bodies(person: Person, group: Group) -> list[str | None]:
    """What somebody reads there by REST; nothing where there is nothing for them."""
    answer = Script(person).get(f"groups/{group.pk}/messages")
    return [row["body"] for row in answer.json()["results"]] if answer.status_code == 200 else []


def lines(group: Group) -> list[str | None]:
    return list(Message.objects.of(group.pk).filter(kind="system").order_by("position").values_list("body", flat=True))


# --- Beginning ------------------------------------------------------------------------------------------------------


def test_a_new_cohort_has_its_room_with_who_keeps_it(world: World) -> None:
    group = closed_cohort(world).group
    assert (group.name, group.program, group.kind) == ("Fall group", world.evening, "cohort")
    assert {(seat.alias, seat.role) for seat in group.memberships.current()} == {
        ("Dana", "facilitator"), ("Cy", "moderator"),
    }  # fmt: skip


def test_a_cohorts_room_goes_by_its_name(world: World) -> None:
    seats = world.tuesday.seats
    programs.change_cohort(cohort=world.cohort, wanted={"name": "Evening circle"}, by=world.dana)
    programs.change_cohort(cohort=world.cohort, wanted={"where": "Room 3"}, by=world.dana)
    world.tuesday.refresh_from_db()
    assert (world.tuesday.name, world.tuesday.seats) == ("Evening circle", seats + 1)


def test_who_is_enrolled_has_a_seat_at_once(world: World) -> None:
    fay = newcomer()
    programs.enroll(person=fay, cohort=world.cohort, by=world.dana)
    assert world.seat(fay, world.tuesday).role == Role.MEMBER
    assert Script(fay).get(f"groups/{world.tuesday.pk}").status_code == 200


def test_a_name_that_is_taken_in_the_room_keeps_the_whole_enrollment_out(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        programs.enroll(person=newcomer("Ben"), cohort=world.cohort, by=world.dana)
    assert refused.value.code == "taken"
    assert Enrollment.objects.open().filter(cohort=world.cohort).count() == 1


# --- Staff ----------------------------------------------------------------------------------------------------------


def test_who_is_appointed_to_a_program_keeps_its_rooms(world: World) -> None:
    fay = newcomer()
    programs.appoint(person=fay, program=world.evening, role=StaffRole.MODERATOR, by=world.dana)
    assert {seat.group for seat in fay.memberships.all()} == {world.tuesday, world.alumni}
    assert {seat.role for seat in fay.memberships.all()} == {"moderator"}


def test_who_is_appointed_to_one_cohort_keeps_its_room_alone(world: World) -> None:
    fay = newcomer()
    programs.appoint(person=fay, program=world.evening, cohort=world.cohort, role=StaffRole.FACILITATOR)
    assert {seat.group for seat in fay.memberships.all()} == {world.tuesday}


def test_a_coordinator_sits_in_no_room(world: World) -> None:
    fay = newcomer()
    programs.appoint(person=fay, program=world.evening, role=StaffRole.COORDINATOR)
    assert not fay.memberships.exists()


def test_who_is_dismissed_reads_nothing_there_any_more(world: World) -> None:
    say(world.ana, world.tuesday, "Among us.")
    programs.dismiss(appointment=world.cy.appointments.get(), by=world.dana)
    assert bodies(world.cy, world.tuesday) == []
    with pytest.raises(Missing):
        reach(world.cy, world.alumni.pk)


def test_who_has_two_appointments_keeps_a_room_until_the_second_ends(world: World) -> None:
    fay = newcomer()
    first = programs.appoint(person=fay, program=world.evening, role=StaffRole.FACILITATOR)
    second = programs.appoint(person=fay, program=world.evening, cohort=world.cohort, role=StaffRole.MODERATOR)
    programs.dismiss(appointment=first)
    assert world.seat(fay, world.tuesday).role == Role.MODERATOR
    assert not world.alumni.memberships.current().of(fay.pk).exists()
    programs.dismiss(appointment=second)
    assert not fay.memberships.filter(ended=None).exists()


def test_an_alumnus_who_moderated_stays_among_the_alumni(world: World) -> None:
    moderating = programs.appoint(person=world.ben, program=world.evening, role=StaffRole.MODERATOR)
    assert world.seat(world.ben, world.alumni).role == Role.MODERATOR
    programs.dismiss(appointment=moderating)
    assert world.seat(world.ben, world.alumni).role == Role.MEMBER


def test_who_took_their_agreement_back_meanwhile_is_no_alumnus_there_any_more(world: World) -> None:
    offer = finished(world.ana)
    passages.accept_offer(person=world.ana, offer=offer)
    work = programs.appoint(person=world.ana, program=world.evening, role=StaffRole.MODERATOR)
    agreed = ConsentRecord.objects.live().of(world.ana.pk).get(purpose="alumni_room")
    consent.revoke(person=world.ana, record=agreed)
    assert offer.group.memberships.current().of(world.ana.pk).exists()  # for their work
    programs.dismiss(appointment=work)
    assert not offer.group.memberships.current().of(world.ana.pk).exists()


def test_an_appointment_that_ends_by_its_date_ends_the_seat(world: World) -> None:
    fay = newcomer()
    programs.appoint(person=fay, program=world.evening, role=StaffRole.MODERATOR, ends=clock.now() + DAY)
    with clock.turned(DAY + HOUR):
        assert keep_up()["programs: appointments that are over"] == 1
    assert not fay.memberships.filter(ended=None).exists()


def test_an_alumni_room_is_never_left_without_who_keeps_it(world: World) -> None:
    fay = newcomer()
    programs.appoint(person=fay, program=world.evening, cohort=world.cohort, role=StaffRole.FACILITATOR)
    programs.dismiss(appointment=world.cy.appointments.get())
    programs.dismiss(appointment=world.dana.appointments.get(role="facilitator"))
    assert [seat.person for seat in world.alumni.memberships.current().keepers()] == [fay]


# --- Finishing ------------------------------------------------------------------------------------------------------


def test_who_finishes_is_shown_what_the_room_is_before_they_say_yes(world: World) -> None:
    offer = finished(world.ana)
    assert facts(offer) == OfferFacts(name="After Tuesday", people=3, kept_by=("Dana", "Cy"), alias="Ana")
    assert not world.alumni.memberships.of(world.ana.pk).exists()
    assert Script(world.ana).get(f"groups/{world.alumni.pk}").status_code == 404


def test_the_first_to_finish_opens_the_alumni_room(world: World) -> None:
    offer = finished(world.eli)
    assert (offer.group.name, offer.group.kind, offer.group.program) == ("After Harbor program", "alumni", world.other)
    programs.enroll(person=newcomer(), cohort=world.mornings)
    assert finished(Person.objects.get(alias="Fay")).group == offer.group


def test_yes_opens_the_seat_and_keeps_the_agreement(world: World) -> None:
    offer = finished(world.ana)
    seat = passages.accept_offer(person=world.ana, offer=offer)
    assert seat == world.seat(world.ana, world.alumni)
    record = ConsentRecord.objects.live().of(world.ana.pk).get()
    assert (record.purpose, record.subject) == ("alumni_room", f"group:{world.alumni.pk}")
    assert passages.accept_offer(person=world.ana, offer=offer) == seat
    assert not AlumniOffer.objects.of(world.ana.pk).waiting(clock.now()).exists()


def test_yes_under_another_name_is_for_that_room_alone(world: World) -> None:
    seat = passages.accept_offer(person=world.ana, offer=finished(world.ana), alias="River")
    assert seat.alias == "River"
    assert world.seat(world.ana, world.tuesday).alias == "Ana"


def test_nobody_answers_for_another(world: World) -> None:
    offer = finished(world.ana)
    for other in (world.ben, world.dana, world.eli):
        with pytest.raises(Missing):
            passages.accept_offer(person=other, offer=offer)
        with pytest.raises(Missing):
            passages.decline_offer(person=other, offer=offer)
    assert not ConsentRecord.objects.live().exclude(person=world.ben).exists()


def test_not_now_is_asked_once_more_after_thirty_days_and_never_again(world: World) -> None:
    offer, waiting = finished(world.ana), AlumniOffer.objects.of(world.ana.pk).waiting
    passages.decline_offer(person=world.ana, offer=offer)
    assert not waiting(clock.now() + 29 * DAY).exists()
    with clock.turned(31 * DAY):
        assert waiting(clock.now()).get() == offer
        passages.decline_offer(person=world.ana, offer=offer)
        assert not waiting(clock.now() + 400 * DAY).exists()
    with clock.turned(60 * DAY):
        assert passages.accept_offer(person=world.ana, offer=offer).ended is None


def test_not_now_said_twice_at_once_is_said_once(world: World) -> None:
    offer = finished(world.ana)
    first = passages.decline_offer(person=world.ana, offer=offer)
    assert passages.decline_offer(person=world.ana, offer=offer).asks_again == first.asks_again


def test_not_now_after_yes_is_leaving_instead(world: World) -> None:
    offer = finished(world.ana)
    passages.accept_offer(person=world.ana, offer=offer)
    with pytest.raises(Conflict):
        passages.decline_offer(person=world.ana, offer=offer)


def test_taking_the_agreement_back_ends_the_seat_at_once(world: World) -> None:
    passages.accept_offer(person=world.ana, offer=finished(world.ana))
    say(world.ana, world.alumni, "Here.")
    consent.revoke(person=world.ana, record=ConsentRecord.objects.live().of(world.ana.pk).get())
    say(world.ben, world.alumni, "Later.")
    assert bodies(world.ana, world.alumni) == ["Here."]
    with pytest.raises(Missing):
        say(world.ana, world.alumni)


def test_an_old_offer_opens_no_room_to_whom_a_moderator_sent_out(world: World) -> None:
    offer = finished(world.ana)
    passages.accept_offer(person=world.ana, offer=offer)
    membership.unseat(person=world.ana, group=world.alumni, by=world.cy)
    with pytest.raises(NotAllowed):
        passages.accept_offer(person=world.ana, offer=offer)
    programs.enroll(person=world.ana, cohort=world.cohort)
    programs.graduate(enrollment=the_open(world.ana))
    assert AlumniOffer.objects.of(world.ana.pk).count() == 1


def test_the_whole_life_in_a_group_that_people_join_at_any_time(world: World) -> None:
    fay = newcomer()
    programs.enroll(person=fay, cohort=world.cohort, by=world.dana)
    say(fay, world.tuesday, "Hello.")
    with clock.turned(40 * DAY):
        programs.graduate(enrollment=the_open(fay), by=world.dana)
        passages.accept_offer(person=fay, offer=AlumniOffer.objects.of(fay.pk).get())
        say(fay, world.alumni, "Here too.")
    with clock.turned(69 * DAY):
        assert tidy_seats() == 0
        say(fay, world.tuesday, "Still with you.")
    with clock.turned(70 * DAY + HOUR):
        with pytest.raises(NotAllowed):
            say(fay, world.tuesday, "Too late.")
        assert keep_up()["passages: seats whose time is over"] == 1
        assert tidy_seats() == 0
        say(world.ben, world.tuesday, "After Fay.")
        assert bodies(fay, world.tuesday) == ["Hello.", "Still with you."]
        assert bodies(fay, world.alumni) == ["Here too."]
        with pytest.raises(Missing):
            say(fay, world.tuesday)
    with clock.turned(100 * DAY):
        programs.readmit(person=fay, cohort=world.cohort, by=world.dana)
        say(fay, world.tuesday, "Back.")
        assert bodies(fay, world.tuesday) == ["Hello.", "Still with you.", "Back."]
        assert len({seat.member_id for seat in fay.memberships.filter(group=world.tuesday)}) == 1


def test_a_group_that_started_together_keeps_its_room_to_read(world: World) -> None:
    cohort, fay = closed_cohort(world), newcomer()
    programs.enroll(person=fay, cohort=cohort)
    programs.graduate(enrollment=the_open(fay))
    with clock.turned(31 * DAY):
        assert tidy_seats() == 1
        say(world.dana, cohort.group, "The last words here.")
        assert bodies(fay, cohort.group) == ["The last words here."]
        assert world.seat(fay, cohort.group).ended is None
        with pytest.raises(NotAllowed):
            say(fay, cohort.group)
        assert tidy_seats() == 0


def test_who_keeps_the_room_keeps_it_after_finishing(world: World) -> None:
    programs.enroll(person=world.cy, cohort=world.cohort)
    programs.graduate(enrollment=the_open(world.cy))
    with clock.turned(40 * DAY):
        tidy_seats()
        say(world.cy, world.tuesday)


def test_who_is_asked_to_stay_stays(world: World) -> None:
    programs.graduate(enrollment=the_open(world.ana))
    membership.seat(person=world.ana, group=world.tuesday, role=Role.CO_HOST, by=world.dana)
    with clock.turned(40 * DAY):
        tidy_seats()
        say(world.ana, world.tuesday)
    assert lines(world.tuesday) == []


# --- Leaving --------------------------------------------------------------------------------------------------------


def test_who_leaves_reads_seven_days_more_and_writes_nothing(world: World) -> None:
    say(world.ana, world.tuesday, "While here.")
    programs.withdraw(enrollment=the_open(world.ana), by=world.dana)
    with pytest.raises(NotAllowed):
        say(world.ana, world.tuesday)
    with clock.turned(7 * DAY - HOUR):
        assert tidy_seats() == 0
        say(world.ben, world.tuesday, "Within the week.")
        assert bodies(world.ana, world.tuesday) == ["While here.", "Within the week."]
    with clock.turned(7 * DAY + HOUR):
        assert tidy_seats() == 1
        assert bodies(world.ana, world.tuesday) == []
        assert Script(world.ana).get(f"groups/{world.tuesday.pk}").status_code == 404


def test_where_safety_needs_it_the_room_is_closed_at_once(world: World) -> None:
    programs.withdraw(enrollment=the_open(world.ana), at_once=True, by=world.dana)
    assert Script(world.ana).get(f"groups/{world.tuesday.pk}").status_code == 404


def test_who_left_and_comes_back_within_the_week_writes_again(world: World) -> None:
    programs.withdraw(enrollment=the_open(world.ana))
    programs.readmit(person=world.ana, cohort=world.cohort, by=world.dana)
    say(world.ana, world.tuesday, "Back.")
    with clock.turned(8 * DAY):
        assert tidy_seats() == 0
        say(world.ana, world.tuesday, "Still here.")


def test_who_left_and_later_finished_reads_what_was_theirs_when_finishing(world: World) -> None:
    say(world.ana, world.tuesday, "First time.")
    programs.withdraw(enrollment=the_open(world.ana), at_once=True)
    with clock.turned(20 * DAY):
        programs.readmit(person=world.ana, cohort=world.cohort)
        say(world.ana, world.tuesday, "Second time.")
        assert bodies(world.ana, world.tuesday) == ["First time.", "Second time."]
        programs.graduate(enrollment=the_open(world.ana))
    with clock.turned(51 * DAY):
        tidy_seats()
        assert bodies(world.ana, world.tuesday) == ["Second time."]


def leaves(world: World) -> None:
    membership.unseat(person=world.ana, group=world.tuesday, by=world.ana)


@pytest.mark.parametrize("order", ["before", "after"])
def test_leaving_the_room_oneself_keeps_nothing_readable_for_longer(world: World, order: str) -> None:
    say(world.ana, world.tuesday, "While here.")
    acts: list[Callable[[], object]] = [
        lambda: leaves(world),
        lambda: programs.withdraw(enrollment=the_open(world.ana)),
    ]
    for act in acts if order == "before" else reversed(acts):
        act()
    with clock.turned(7 * DAY - HOUR):
        tidy_seats()
        assert bodies(world.ana, world.tuesday) == ["While here."]
    with clock.turned(7 * DAY + HOUR):
        assert tidy_seats() == 1
        assert Script(world.ana).get(f"groups/{world.tuesday.pk}").status_code == 404


def test_where_safety_needs_it_who_had_left_the_room_reads_no_more(world: World) -> None:
    leaves(world)
    programs.withdraw(enrollment=the_open(world.ana), at_once=True)
    assert Script(world.ana).get(f"groups/{world.tuesday.pk}").status_code == 404


def test_whose_seat_was_taken_loses_nothing_of_an_earlier_time(world: World) -> None:
    finished(world.ana)
    with clock.turned(31 * DAY):
        tidy_seats()
        programs.readmit(person=world.ana, cohort=world.cohort)
        membership.unseat(person=world.ana, group=world.tuesday, by=world.cy)
        programs.withdraw(enrollment=the_open(world.ana), at_once=True)
    earlier, taken = world.tuesday.memberships.of(world.ana.pk).order_by("began")
    assert (earlier.closed, taken.closed, taken.taken) == (False, False, True)


def test_who_had_left_the_room_before_they_finished_keeps_what_was_theirs(world: World) -> None:
    say(world.ana, world.tuesday, "While here.")
    leaves(world)
    programs.graduate(enrollment=the_open(world.ana))
    with clock.turned(31 * DAY):
        tidy_seats()
        assert bodies(world.ana, world.tuesday) == ["While here."]


ENDS: dict[str, Callable[[Enrollment], object]] = {
    "finished": lambda enrollment: programs.graduate(enrollment=enrollment),
    "left": lambda enrollment: programs.withdraw(enrollment=enrollment),
    "transferred": lambda enrollment: programs.withdraw(enrollment=enrollment, outcome="transferred"),
    "for another reason": lambda enrollment: programs.withdraw(enrollment=enrollment, outcome="other"),
    "at once": lambda enrollment: programs.withdraw(enrollment=enrollment, at_once=True),
}


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("farewell", ["", "nothing", "line"])
def test_every_end_looks_the_same_to_others(world: World, how: str, farewell: str) -> None:
    enrollment = the_open(world.ana)
    if farewell:
        programs.choose_farewell(enrollment=enrollment, farewell=farewell, by=world.ana)
    ENDS[how](enrollment)
    with clock.turned(31 * DAY):
        tidy_seats()
        tidy_seats()
    said = ["Ana's time in this group has ended"] if farewell == "line" else []
    assert lines(world.tuesday) == said
    seen = Script(world.ben).get(f"groups/{world.tuesday.pk}/messages").json()["results"]
    assert [(row["kind"], row["author"], row["body"]) for row in seen] == [("system", None, body) for body in said]
    members = Script(world.ben).get(f"groups/{world.tuesday.pk}/members").json()["results"]
    assert "Ana" not in [row["alias"] for row in members]


def test_a_line_is_said_when_it_is_chosen_within_the_week(world: World) -> None:
    enrollment = programs.withdraw(enrollment=the_open(world.ana))
    assert lines(world.tuesday) == []
    programs.choose_farewell(enrollment=enrollment, farewell="line", by=world.ana)
    programs.choose_farewell(enrollment=enrollment, farewell="line", by=world.ana)
    assert lines(world.tuesday) == ["Ana's time in this group has ended"]


def test_nothing_is_said_while_somebody_still_writes(world: World) -> None:
    enrollment = programs.graduate(enrollment=the_open(world.ana))
    programs.choose_farewell(enrollment=enrollment, farewell="line", by=world.ana)
    assert lines(world.tuesday) == []


def test_nothing_is_said_once_it_is_over(world: World) -> None:
    enrollment = programs.withdraw(enrollment=the_open(world.ana), at_once=True)
    programs.choose_farewell(enrollment=enrollment, farewell="line", by=world.ana)
    assert lines(world.tuesday) == []


def test_a_line_is_in_the_language_of_the_program(world: World) -> None:
    programs.change_program(program=world.evening, wanted={"language": "es"})
    programs.choose_farewell(enrollment=the_open(world.ana), farewell="line", by=world.ana)
    programs.withdraw(enrollment=the_open(world.ana))
    assert lines(world.tuesday) == ["El tiempo de Ana en este grupo terminó"]


def test_a_line_goes_by_the_name_somebody_has_now(world: World) -> None:
    programs.choose_farewell(enrollment=the_open(world.ana), farewell="line", by=world.ana)
    programs.withdraw(enrollment=the_open(world.ana))
    world.tuesday.refresh_from_db()
    version = world.tuesday.version
    people.change(person=world.ana, wanted={"alias": "Anna"})
    assert lines(world.tuesday) == ["Anna's time in this group has ended"]
    (changed,) = Script(world.ben).get(f"groups/{world.tuesday.pk}/changes?since={version}").json()["results"]
    assert changed["body"] == "Anna's time in this group has ended"


def test_away_changes_nothing_of_the_seat_and_tells_nobody(world: World) -> None:
    world.tuesday.refresh_from_db()
    before = (world.tuesday.seats, world.tuesday.version)
    programs.away(enrollment=the_open(world.ana), by=world.dana)
    with clock.turned(60 * DAY):
        tidy_seats()
        say(world.ana, world.tuesday, "From here.")
    world.tuesday.refresh_from_db()
    assert (world.tuesday.seats, world.tuesday.version) == (before[0], before[1] + 1)


def test_one_seat_that_cannot_be_tidied_keeps_no_other_waiting(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fay = newcomer()
    programs.enroll(person=fay, cohort=world.cohort)
    for person in (world.ana, fay):
        programs.withdraw(enrollment=the_open(person))
    real, broken = membership.retire, world.seat(world.ana, world.tuesday).pk

    def retire(*, membership: Membership, readable: bool) -> bool:
        if membership.pk == broken:
            raise RuntimeError("no")
        return real(membership=membership, readable=readable)

    with clock.turned(8 * DAY):
        with monkeypatch.context() as patched:
            patched.setattr(membership, "retire", retire)
            assert tidy_seats() == 1
        assert not fay.memberships.filter(ended=None).exists()
        assert tidy_seats() == 1


ACTS = ("enroll", "graduate", "withdraw", "at_once", "yes", "not_now", "line", "take", "leave", "tidy", "post")
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40)), max_size=14)


@story
@given(steps)
def test_whatever_happens_nobody_sits_or_writes_where_they_should_not(db: None, told: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        world = quick.world()
        passed = timedelta()
        for act, days in told:
            passed += days * DAY
            with clock.turned(passed):
                with suppress(Refusal), transaction.atomic():
                    _act(world, act)
                tidy_seats()
                _fits(world)
        transaction.set_rollback(True)


def _act(world: World, act: str) -> None:
    ana = world.ana
    last = Enrollment.objects.of(ana.pk).order_by("began", "away_since", "pk").last()
    offer = AlumniOffer.objects.of(ana.pk).order_by("offered").last()
    assert last is not None
    match act:
        case "enroll":
            programs.enroll(person=ana, cohort=world.cohort)
        case "graduate":
            programs.graduate(enrollment=the_open(ana) if last.is_open else last)
        case "withdraw" | "at_once":
            programs.withdraw(enrollment=last, at_once=act == "at_once")
        case "yes" if offer:
            passages.accept_offer(person=ana, offer=offer)
        case "not_now" if offer:
            passages.decline_offer(person=ana, offer=offer)
        case "line":
            programs.choose_farewell(enrollment=last, farewell="line", by=ana)
        case "take":
            membership.unseat(person=ana, group=world.tuesday, by=world.cy)
        case "leave":
            membership.unseat(person=ana, group=world.alumni, by=ana)
        case "post":
            say(ana, world.tuesday)


def _fits(world: World) -> None:
    """A seat in the cohort's room needs an open episode or one lately ended; one among the alumni needs a yes."""
    ana, now = world.ana, clock.now()
    seat = world.tuesday.memberships.current().of(ana.pk).first()
    leaving = Leaving.objects.of(ana.pk).open().filter(seat=seat)
    enrolled = Enrollment.objects.open().of(ana.pk).exists()
    if seat is not None:
        assert enrolled or leaving.exists()
        if not enrolled and seat.writes_at(now):
            assert leaving.get().then == "own_span"
            assert leaving.get().due > now
    if world.alumni.memberships.current().of(ana.pk).exists():
        assert AlumniOffer.objects.of(ana.pk).filter(answer="yes").exists()
        assert ConsentRecord.objects.live().of(ana.pk).about("alumni_room", f"group:{world.alumni.pk}").exists()
    assert len(lines(world.tuesday)) <= Leaving.objects.of(ana.pk).exclude(told=None).count()
