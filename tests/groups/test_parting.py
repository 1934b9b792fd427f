"""What somebody whose time in a program ended is told: what stays open, until when, and where to go on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from community.foundation import clock
from community.notices.models import Notice
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment
from groups.demo.services import World
from groups.passages import services as passages
from groups.passages.models import AlumniOffer
from groups.passages.reading import parted
from groups.passages.tasks import tidy_seats
from tests.doors import browser

DAY = timedelta(days=1)
ENDED = "Your time in this group has ended"


def episode(person: Person) -> Enrollment:
    """The one that goes on, else the one that ended last."""
    rows = Enrollment.objects.of(person.pk)
    return rows.open().first() or rows.latest("ended")


def today(person: Person) -> str:
    return browser(person).get("/today/").content.decode()


def test_who_is_in_a_program_is_told_of_no_end(world: World) -> None:
    for person in (world.ana, world.ben, world.dana):
        assert ENDED not in today(person)


@pytest.mark.parametrize(
    ("how", "days", "then"), [("graduate", 30, "After that you keep reading"), ("withdraw", 7, "You can read in the")]
)
def test_who_is_on_their_way_out_is_told_what_stays_and_until_when(
    world: World, how: str, days: int, then: str
) -> None:
    getattr(programs, how)(enrollment=episode(world.ana))
    page = today(world.ana)
    assert ENDED in page
    assert then in page
    until = parted(world.ana, seats=list(world.ana.memberships.current()))
    assert until is not None
    assert until.until == clock.today(world.ana.zone) + days * DAY
    assert 'href="/my-time/"' in page


def test_a_class_room_is_said_to_stay_open(world: World) -> None:
    first = clock.today(world.evening.zone)
    wanted = {"name": "Fall group", "admission": "closed", "starts": first, "ends": first + 90 * DAY, "capacity": 8}
    programs.withdraw(enrollment=episode(world.ana), at_once=True)
    cohort = programs.open_cohort(program=world.evening, wanted=wanted)
    programs.graduate(enrollment=programs.enroll(person=world.ana, cohort=cohort))
    assert "After that it stays open for you to read." in today(world.ana)


def test_who_holds_no_seat_is_told_for_ninety_days(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana), at_once=True)
    page = today(world.ana)
    assert ENDED in page
    assert "until" not in page[page.index(ENDED) : page.index("/my-time/")]
    with clock.turned(90 * DAY):
        assert ENDED in today(world.ana)
    with clock.turned(91 * DAY):
        assert ENDED not in today(world.ana)


def test_who_went_on_to_the_alumni_is_told_no_more_once_it_is_over(world: World) -> None:
    programs.graduate(enrollment=episode(world.ana))
    with clock.turned(31 * DAY):
        tidy_seats()
        assert ENDED in today(world.ana)  # without any seat
        browser(world.ana).post(f"/groups/offers/{AlumniOffer.objects.of(world.ana.pk).get().pk}/answer/", YES)
        assert ENDED not in today(world.ana)


YES = {"answer": "yes"}


def test_who_is_back_is_told_nothing(world: World) -> None:
    programs.withdraw(enrollment=episode(world.ana))
    programs.readmit(person=world.ana, cohort=world.cohort)
    assert ENDED not in today(world.ana)


def test_who_finishes_is_left_a_neutral_word(world: World) -> None:
    programs.graduate(enrollment=episode(world.ana))
    notice = Notice.objects.of(world.ana.pk).get()
    offer = AlumniOffer.objects.of(world.ana.pk).get()
    assert (notice.kind, notice.about) == ("seat_offered", offer.pk)
    assert browser(world.ana).post(f"/notices/{notice.pk}/open/").headers["Location"] == f"/groups/offers/{offer.pk}/"


@pytest.mark.parametrize("answer", [passages.accept_offer, passages.decline_offer])
def test_an_answered_offer_waits_among_what_is_new_no_more(world: World, answer: Callable[..., object]) -> None:
    programs.graduate(enrollment=episode(world.ana))
    answer(person=world.ana, offer=AlumniOffer.objects.of(world.ana.pk).get())
    assert not world.ana.notices.unseen().exists()
