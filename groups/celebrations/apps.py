from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CelebrationsConfig(AppConfig):
    """A milestone its owner chose to share: asked the day before, posted once, taken back at any time."""

    name = "groups.celebrations"
    label = "celebrations"

    @override
    def ready(self) -> None:
        self._answer()
        self._hear()

    @staticmethod
    def _answer() -> None:
        """What others ask about the days people share."""
        from community.foundation.registers import (
            Chapter,
            Figure,
            NoticeKind,
            copies,
            figures,
            notices,
            reminders,
            saving_tells,
            shared_counts,
            upkeep,
        )
        from groups.celebrations.copying import celebrations, has_something
        from groups.celebrations.reading import scan
        from groups.celebrations.reading.saving import told_by_saving
        from groups.celebrations.reading.shares import any_stands
        from groups.celebrations.services.asking import ASK, forget_put_by
        from groups.celebrations.tasks import look_at_due

        says = _("There is a day you may like to mark. You choose who sees it.")
        notices.add(ASK, NoticeKind(says=says, link="celebration", takes="celebration_id"))
        saving_tells.add("celebrations: a day that groups hear of", told_by_saving)
        shared_counts.add("celebrations: what stands in a room", any_stands)
        reminders.add("celebrations: the scan waits for somebody", scan.waits_for_somebody)
        copies.add(
            "celebrations", Chapter(title=_("What you shared of your path"), tell=celebrations, has=has_something)
        )
        figures.add(
            "celebrations_last_look_timestamp_seconds", Figure("When the scan last ran; 0: never.", scan.last_look)
        )
        figures.add("celebrations_stand_still", Figure("1: a clock seemed wrong; see manage.py.", scan.stands_still))
        figures.add("celebrations_longest_wait_seconds", Figure("How long a due count waits.", scan.longest_wait))
        figures.add("celebrations_failed_looks", Figure("Counts whose last look failed.", scan.failed_looks))
        upkeep.add("celebrations: counts to look at", look_at_due)
        upkeep.add("celebrations: forget what a new count let go of a day ago", forget_put_by)

    @staticmethod
    def _hear() -> None:
        """What happens elsewhere and changes what may be shared, or when it is looked at."""
        from community.checkins.events import CheckedIn
        from community.foundation.events import afterwards, together
        from community.milestones import events as milestones
        from community.people.events import AccountClosed, AccountOpened, PersonRenamed, ZoneChosen
        from community.programs.events import Enrolled, EnrollmentEnded, Graduated
        from community.sanctions.events import PersonRestored, PersonSuspended
        from groups.celebrations import handlers
        from groups.membership.events import Unseated

        together(milestones.RecoveryDateSet, handlers.on_set)
        together(milestones.RecoveryDateCorrected, handlers.on_corrected)
        together(milestones.NewCountStarted, handlers.on_new_count)
        together(milestones.NewCountUndone, handlers.on_undone)
        together(milestones.CountForgotten, handlers.on_forgotten)
        together(milestones.LadderChanged, handlers.on_ladder)
        together(Enrolled, handlers.on_episode)
        together(Graduated, handlers.on_episode)
        together(EnrollmentEnded, handlers.on_episode)
        together(Graduated, handlers.on_finished)
        afterwards(Enrolled, handlers.on_track)  # it holds rooms, in their order; the scan does it, too
        afterwards(Graduated, handlers.on_track)
        afterwards(EnrollmentEnded, handlers.on_track)
        together(CheckedIn, handlers.on_sign_of_life)
        together(ZoneChosen, handlers.on_sign_of_life)
        together(AccountClosed, handlers.on_closed)
        together(AccountOpened, handlers.on_opened)
        together(PersonRenamed, handlers.on_renamed)
        afterwards(PersonSuspended, handlers.on_suspended)  # it holds counts, which come before rooms; so does the scan
        afterwards(PersonRestored, handlers.on_restored)
        together(Unseated, handlers.on_unseated)
