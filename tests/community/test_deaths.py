"""Somebody has died: two people know it, every door stops at once, no machine tells anybody, and an error is undone."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from community.addresses import services as addresses
from community.addresses.tasks import send_waiting
from community.cases.plans import Priority
from community.cases.plans import Reason as Told
from community.checkins import services as checkins
from community.deaths import services as deaths
from community.deaths.models import Death, Telling, Why
from community.foundation import clock, registers
from community.foundation.errors import Conflict, Invalid, NotAllowed
from community.foundation.upkeep import keep_up
from community.integrations import services as integrations
from community.integrations.authentication import bearer
from community.letters import services as letters
from community.letters.models import Letter
from community.letters.models import State as LetterState
from community.letters.tasks import deliver
from community.matches.plans.codes import Reason, State
from community.mentoring import services as mentoring
from community.mentoring.models import MentorRequest
from community.notices import services as notices
from community.notices.models import Notice
from community.people import services as people
from community.people.models import Block, Person, Session
from community.programs import services as programs
from community.programs.models import Enrollment, StaffRole
from community.recovery import services as recovery
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration, Place, Watch
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership.models import Membership
from groups.pairs.models import PairRoom
from tests.community.deaths import SOURCE, died, said, second
from tests.community.matches import EARLIER, again, match_at, proposed
from tests.community.mentoring import asked
from tests.community.test_sign_in import told
from tests.doors import browser
from tests.groups.days import NINE, it_is, says_yes
from tests.groups.reports import told_of, worker

PASSWORD = "a good long one"
YEAR = timedelta(days=400)


def everything_said() -> tuple[int, int]:
    return Notice.objects.count(), Message.objects.count()


# --- two people know it ----------------------------------------------------------------------------------------------


def test_one_alone_changes_nothing_and_two_close_the_account(world: World) -> None:
    death = said(world, world.ben)
    assert (death.source, death.stands) == (SOURCE, False)
    assert SOURCE not in death.source_sealed
    assert Person.objects.open().filter(pk=world.ben.pk).exists()
    assert deaths.confirm(death=death, by=second(world)).stands
    assert not Person.objects.open().filter(pk=world.ben.pk).exists()


def test_who_said_it_does_not_confirm_it(world: World) -> None:
    with pytest.raises(Conflict) as refused:
        deaths.confirm(death=said(world, world.ben), by=world.dana)
    assert refused.value.code == "same"


STRANGERS: dict[str, Callable[[World], Person]] = {
    "a member": lambda world: world.ana,
    "who keeps a room": lambda world: world.cy,
    "another program": lambda world: worker("Gil", world.other, StaffRole.COORDINATOR),
    "themselves": lambda world: world.ben,
}


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_says_or_confirms_it_who_does_not_lead_or_run_what_they_were_in(world: World, who: str) -> None:
    other = STRANGERS[who](world)
    with pytest.raises(NotAllowed):
        deaths.say(person=world.ben, by=other, day="2026-01-05", source=SOURCE)
    with pytest.raises(NotAllowed):
        deaths.confirm(death=said(world, world.ben), by=other)


def test_who_has_a_tie_to_them_decides_nothing_about_it(world: World) -> None:
    death = said(world, world.ben)
    fay = second(world)
    Block.objects.create(blocker=fay, blocked=world.ben, at=clock.now())
    with pytest.raises(NotAllowed):
        deaths.confirm(death=death, by=fay)


def test_both_work_here_when_it_is_confirmed(world: World) -> None:
    fay = second(world)
    death = deaths.say(person=world.ben, by=fay, day=clock.today(fay.zone), source=SOURCE)
    programs.dismiss(appointment=fay.appointments.get())
    with pytest.raises(Conflict) as refused:
        deaths.confirm(death=death, by=world.dana)
    assert refused.value.code == "first_gone"


def test_after_a_day_it_is_said_anew_and_what_nobody_confirmed_is_forgotten(world: World) -> None:
    death, fay = said(world, world.ben), second(world)
    with clock.turned(timedelta(hours=23, minutes=59)), pytest.raises(Conflict):
        said(world, world.ben)
    with clock.turned(timedelta(hours=24)):
        with pytest.raises(Conflict) as refused:
            deaths.confirm(death=death, by=fay)
        assert refused.value.code == "lapsed"
        assert deaths.forget_unconfirmed() == 1
        assert deaths.confirm(death=said(world, world.ben), by=fay).stands


def test_it_is_taken_back_until_the_second_confirms(world: World) -> None:
    deaths.take_back(death=said(world, world.ben), by=second(world))
    assert not Death.objects.exists()
    death = died(world, world.ben)
    with pytest.raises(Conflict):
        deaths.take_back(death=death, by=world.dana)


def test_who_works_here_ends_their_work_first(world: World) -> None:
    fay = second(world)
    programs.enroll(person=fay, cohort=world.cohort)
    with pytest.raises(Conflict) as refused:
        said(world, fay)
    assert refused.value.code == "works_here"


@pytest.mark.parametrize("wrong", [{"source": "  "}, {"source": "x" * 301}, {"day": "tomorrow"}])
def test_a_source_and_a_day_are_asked(world: World, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        deaths.say(person=world.ben, by=world.dana, **{"day": "2026-01-05", "source": SOURCE, **wrong})
    with pytest.raises(Invalid):
        deaths.say(person=world.ben, by=world.dana, day=clock.today(world.dana.zone) + timedelta(days=1), source=SOURCE)


# --- every door ------------------------------------------------------------------------------------------------------


def test_a_death_ends_every_way_in_and_the_answer_is_that_of_nobody(world: World) -> None:
    ben = world.ben
    people.set_password(person=ben, password=PASSWORD)
    device = browser(ben)
    words = integrations.issue(person=ben, scopes=["chat:read"])[1]
    sheet = recovery.make_sheet(person=ben).codes[0]
    people.set_password(person=world.dana, password=PASSWORD)
    code = recovery.open_renewal(person=ben, by=world.dana, password=PASSWORD)
    link = a_link_for_a_new_password(ben)
    died(world, ben)

    assert device.get("/groups/").status_code == 302
    assert not Session.objects.live(clock.now()).of(ben.pk).exists()
    assert bearer(f"Bearer {words}") is None
    assert (
        told("/sign-in/", {"login": "ben@porchlight.test", "password": PASSWORD})[3]
        == (told("/sign-in/", {"login": "nobody@porchlight.test", "password": PASSWORD})[3])
    )
    mine = {"login": "ben@porchlight.test", "code": sheet, "password": "another long one"}
    assert answered("/recover/", mine) == answered("/recover/", {**mine, "login": "nobody@porchlight.test"})
    renewed = {"code": code, "password": "another long one"}
    assert answered("/renew/", renewed) == answered("/renew/", {**renewed, "code": "2345-6789-2345"})
    with pytest.raises(NotAllowed):
        recovery.open_renewal(person=ben, by=world.dana, password=PASSWORD)
    assert browser(world.dana).get(f"/people/{ben.pk}/renewal/").status_code == 404
    uid = link.split("/")[2].split("-")[0]
    assert shape_of(link) == shape_of(f"/new-password/{uid}-made-up/")
    letters.ask_for_password(address="ben@porchlight.test", site="http://testserver")
    mail.outbox.clear()
    deliver()
    assert mail.outbox == []


def answered(path: str, sent: dict[str, str]) -> tuple[object, str]:
    """Status and page; the words of a password that is suggested are others each time."""
    answer = told(path, sent)
    return answer[0], re.sub(r", such as [a-z0-9-]+", "", str(answer[3]))


def a_link_for_a_new_password(person: Person) -> str:
    letters.ask_for_password(address=person.address or "", site="http://testserver")
    deliver()
    (found,) = re.findall(r"http://testserver(/new-password/\S+)", str(mail.outbox[-1].body))
    return str(found)


def shape_of(link: str) -> tuple[int, str]:
    answer = Client().get(link, follow=True)
    return answer.status_code, re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode()).replace(link, "")


def test_a_death_stops_every_word_to_its_person(world: World) -> None:
    """Of every kind there is: what waits counts as seen, what would be said is not, and no letter leaves."""
    ben = world.ben
    people.set_password(person=ben, password=PASSWORD)
    letters.choose(person=ben, wanted={"mail": True})
    for kind in registers.notices.names():
        notices.tell(person=ben, notice=kind, about=world.tuesday.pk)
    addresses.claim(person=ben, address="new@porchlight.test", password=PASSWORD, site="http://testserver")
    checkins.remind(person=ben, at=time(20))
    assert Letter.objects.of(ben.pk).waiting().exists()
    died(world, ben)
    assert not Notice.objects.of(ben.pk).unseen().exists()
    assert not Letter.objects.of(ben.pk).waiting().exists()
    for kind in registers.notices.names():
        notices.tell(person=ben, notice=kind, about=world.tuesday.pk)
    assert not Notice.objects.of(ben.pk).unseen().exists()
    mail.outbox.clear()
    with clock.turned(timedelta(days=1)):
        assert (deliver(), send_waiting(), checkins.pass_on()) == (0, 0, None)
    assert mail.outbox == []
    assert not Letter.objects.of(ben.pk).exclude(state__in=[LetterState.DROPPED, LetterState.SENT]).exists()


def test_a_death_lets_no_day_be_asked_about_or_celebrated(world: World) -> None:
    with it_is(world.ana, 0, time(5)):
        Watch.objects.update(next_at=clock.now())
        says_yes(world.ana, world.tuesday, words="A month.")
        died(world, world.ana)
    before = everything_said()
    for days in (1, 2, 35, 400):
        with it_is(world.ana, days, NINE):
            keep_up(registers.upkeep)
            celebrations.look_again(person_id=world.ana.pk)
            keep_up(registers.upkeep)
    assert not Celebration.objects.of(world.ana.pk).exists()
    assert not Place.objects.of(world.ana.pk).exists()
    assert not Notice.objects.of(world.ana.pk).unseen().exists()
    assert Message.objects.count() == before[1]


def test_a_death_looks_for_no_mentor_and_asks_nobody_on_their_behalf(world: World) -> None:
    match = match_at(world, State.OFFERED)
    before = Notice.objects.exclude(person=world.ana).count()
    died(world, world.ana)
    assert not MentorRequest.objects.of(world.ana.pk).open().exists()
    assert again(match).state == State.WITHDRAWN
    assert Notice.objects.exclude(person=world.ana).count() == before


def test_a_mentor_who_died_is_on_no_card_and_who_asked_them_hears_it_from_a_person(world: World) -> None:
    match = match_at(world, State.OFFERED)
    before = everything_said()
    death = died(world, world.ben)
    assert (again(match).state, again(match).reason) == (State.WITHDRAWN, Reason.DIED)
    assert [(one.person, one.why) for one in death.tellings.all()] == [(world.ana, Why.ASKED)]
    assert everything_said() == before
    with pytest.raises(Conflict):
        proposed(world, request=MentorRequest.objects.of(world.ana.pk).open().get(), mentor=match.mentor)


# --- nobody hears it from a machine -----------------------------------------------------------------------------------


def test_in_a_year_no_machine_says_a_word_about_them_to_anybody(world: World) -> None:
    match = match_at(world, State.ACTIVE)
    died(world, world.ben)
    checkins_asked = list(match.checkins.values_list("pk", flat=True))
    about = Notice.objects.filter(about__in=[match.pk, *checkins_asked])
    said_before = list(about.order_by("pk").values_list("pk", "version"))
    stood = list(Membership.objects.order_by("pk").values_list("pk", "ended", "alias", "role"))
    before = everything_said()
    for days in (1, 8, 15, 31, 400):
        with clock.turned(timedelta(days=days)):
            keep_up(registers.upkeep)
    assert set(about.values_list("pk", "version")) <= set(said_before)
    assert list(match.checkins.values_list("pk", flat=True)) == checkins_asked
    assert Message.objects.count() == before[1]
    assert list(Membership.objects.order_by("pk").values_list("pk", "ended", "alias", "role")) == stood
    assert again(match).is_walking


def test_their_seat_and_their_words_stay_with_their_name(world: World) -> None:
    died(world, world.ben)
    page = browser(world.ana).get(f"/groups/{world.tuesday.pk}/members/").content.decode()
    assert "Ben" in page
    assert "former member" not in page.lower()
    for verb in (programs.graduate, programs.withdraw, programs.away):
        with pytest.raises(Conflict):
            verb(enrollment=Enrollment.objects.of(world.ben.pk).latest("began"))
    with pytest.raises(Conflict):
        programs.readmit(person=world.ben, cohort=world.cohort)


def test_two_who_walked_together_part_when_a_person_has_told_the_other(world: World) -> None:
    match = match_at(world, State.ACTIVE)
    death = died(world, world.ben)
    room = PairRoom.objects.get(match=match)
    (telling,) = death.tellings.all()
    assert (telling.person, telling.why, room.closed) == (world.ana, Why.MENTEE, None)
    before = everything_said()
    with pytest.raises(NotAllowed):
        deaths.tell(telling=telling, by=world.cy)
    deaths.tell(telling=telling, by=world.dana)
    room.refresh_from_db()
    assert (again(match).state, again(match).reason) == (State.ENDED, Reason.DIED)
    assert room.closed is not None
    assert everything_said() == before
    assert not MentorRequest.objects.of(world.ana.pk).open().exists()
    deaths.tell(telling=telling, by=second(world))
    assert Telling.objects.get(pk=telling.pk).told_by == world.dana


def test_who_lost_a_mentor_may_hope_for_one_again(world: World) -> None:
    match_at(world, State.ACTIVE)
    (telling,) = died(world, world.ben).tellings.all()
    deaths.tell(telling=telling, by=world.dana)
    assert mentoring.back_in_line(request=MentorRequest.objects.of(world.ana.pk).get()) is not None


def test_for_thirty_days_what_is_told_from_their_rooms_is_one_step_more_urgent(world: World) -> None:
    message = chat.post(author=world.ana, group=world.tuesday, key=uuid4(), body="Buy two, get one.")
    elsewhere = chat.post(author=world.eli, group=world.harbor, key=uuid4(), body="Buy two, get one.")
    death = said(world, world.ben)
    assert told_of(world.cy, message, Told.SPAM).case.priority == Priority.P3
    deaths.confirm(death=death, by=second(world))
    assert told_of(world.cy, message, Told.HARASSMENT).case.priority == Priority.P1
    assert told_of(world.cy, message, Told.SELF_HARM).case.priority == Priority.P0
    assert told_of(worker("Gil", world.other, StaffRole.FACILITATOR), elsewhere, Told.SPAM).case.priority == Priority.P3
    with clock.turned(timedelta(days=30)):
        assert told_of(world.cy, message, Told.HATE).case.priority == Priority.P2


# --- an error --------------------------------------------------------------------------------------------------------


def test_an_error_is_undone_by_two_and_they_sign_in_with_the_password_of_then(world: World) -> None:
    people.set_password(person=world.ana, password=PASSWORD)
    with clock.turned(-EARLIER):
        asked(world.ana, world.evening)
    death = died(world, world.ana)
    fay = second(world)
    with pytest.raises(Conflict):
        deaths.undo(death=death, by=fay)
    deaths.doubt(death=death, by=fay)
    with pytest.raises(Conflict):
        deaths.undo(death=death, by=fay)
    deaths.undo(death=death, by=world.dana)
    client = Client()
    answer = client.post("/sign-in/", {"login": "ana@porchlight.test", "password": PASSWORD})
    assert (answer.status_code, client.get("/groups/").status_code) == (302, 200)
    notices.tell(person=world.ana, notice="password_changed")
    assert Notice.objects.of(world.ana.pk).unseen().count() == 1
    assert died(world, world.ana).stands, "what was an error may come true"


def test_a_doubt_is_taken_back_or_passes_in_a_day(world: World) -> None:
    death, fay = died(world, world.ben), second(world)
    deaths.doubt(death=death, by=world.dana)
    deaths.keep(death=death, by=fay)
    with pytest.raises(Conflict):
        deaths.undo(death=death, by=fay)
    deaths.doubt(death=death, by=world.dana)
    with clock.turned(timedelta(hours=24)), pytest.raises(Conflict):
        deaths.undo(death=death, by=fay)


# --- the desk --------------------------------------------------------------------------------------------------------


def test_the_desk_leads_through_it(world: World) -> None:
    match_at(world, State.ACTIVE)
    fay, episode = second(world), Enrollment.objects.of(world.ben.pk).latest("began")
    dana, other, path = browser(world.dana), browser(fay), f"/desk/people/{episode.pk}/death/"
    assert path in dana.get(f"/desk/people/{episode.pk}/").content.decode()
    assert dana.post(path, {"source": "", "day": "2026-01-05"}).status_code == 422
    dana.post(path, {"source": SOURCE, "day": "2026-01-05"})
    assert "somebody else confirms it" in dana.get(path).content.decode()
    assert dana.post(f"{path}confirm/").status_code == 422
    assert "A second person is asked" in other.get("/desk/").content.decode()
    assert "his sister" in other.get(path).content.decode().lower()
    other.post(f"{path}confirm/")
    page = dana.get(path).content.decode()
    assert "Ben has died" in page
    assert "1 person has to hear it" in dana.get("/desk/").content.decode()
    (telling,) = Telling.objects.all()
    dana.post(f"{path}told/{telling.pk}/")
    assert "extra people on the roster" in dana.get("/desk/").content.decode()
    assert "Ben" in dana.get("/desk/deaths/").content.decode()
    dana.post(f"{path}doubt/")
    other.post(f"{path}undo/")
    assert "Has Ben died?" in dana.get(path).content.decode()
    with clock.turned(YEAR):
        assert "Nobody today" in browser(world.dana).get("/desk/deaths/").content.decode()


@pytest.mark.parametrize("who", ["ana", "cy", "eli"])
def test_for_nobody_else_is_there_any_such_page(world: World, who: str) -> None:
    died(world, world.ben)
    episode = Enrollment.objects.of(world.ben.pk).latest("began")
    client = browser(getattr(world, who))
    for path in (f"/desk/people/{episode.pk}/death/", f"/desk/people/{episode.pk}/death/confirm/"):
        assert client.post(path).status_code == 404
    shown = client.get("/desk/deaths/")
    assert shown.status_code == 404 or "Ben" not in shown.content.decode()
