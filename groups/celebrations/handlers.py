"""What a change elsewhere makes of what waits to be shared, in the same transaction, and of what was shared."""

from community.checkins.events import CheckedIn
from community.milestones.events import (
    CountForgotten,
    LadderChanged,
    NewCountStarted,
    NewCountUndone,
    RecoveryDateCorrected,
    RecoveryDateSet,
)
from community.people.events import AccountClosed, AccountOpened, PersonRenamed, ZoneChosen
from community.programs.events import Enrolled, EnrollmentEnded, Graduated
from community.sanctions.events import PersonRestored, PersonSuspended
from groups.celebrations import services as celebrations
from groups.membership.events import Unseated


def on_set(event: RecoveryDateSet) -> None:
    celebrations.watch(run_id=event.run_id)


def on_corrected(event: RecoveryDateCorrected) -> None:
    celebrations.mend(run_id=event.run_id)


def on_new_count(event: NewCountStarted) -> None:
    celebrations.watch(run_id=event.run_id)
    celebrations.let_go(run_id=event.ended_run_id)


def on_undone(event: NewCountUndone) -> None:
    celebrations.watch(run_id=event.run_id)
    celebrations.undo(run_id=event.undone_run_id, before_id=event.run_id)


def on_forgotten(event: CountForgotten) -> None:
    celebrations.forget(focus_id=event.focus_id)


def on_ladder(event: LadderChanged) -> None:
    celebrations.look_again_in(program_id=event.program_id)


def on_episode(event: Enrolled | Graduated | EnrollmentEnded) -> None:
    celebrations.settle_track(person_id=event.person_id)
    celebrations.look_again(person_id=event.person_id)


def on_finished(event: Graduated) -> None:
    celebrations.note_finished(enrollment_id=event.enrollment_id)


def on_track(event: Enrolled | Graduated | EnrollmentEnded) -> None:
    celebrations.hush(person_id=event.person_id)


def on_sign_of_life(event: CheckedIn | ZoneChosen) -> None:
    celebrations.look_again(person_id=event.person_id)


def on_closed(event: AccountClosed) -> None:
    celebrations.end_with_life(person_id=event.person_id)


def on_opened(event: AccountOpened) -> None:
    celebrations.look_again(person_id=event.person_id)


def on_suspended(event: PersonSuspended) -> None:
    celebrations.call_off(person_id=event.person_id)


def on_restored(event: PersonRestored) -> None:
    celebrations.look_again(person_id=event.person_id)


def on_renamed(event: PersonRenamed) -> None:
    celebrations.carry_name(person_id=event.person_id)


def on_unseated(event: Unseated) -> None:
    celebrations.leave_room(person_id=event.person_id, group_id=event.group_id)
