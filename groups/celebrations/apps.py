from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CelebrationsConfig(AppConfig):
    """A milestone its owner chose to share: asked the day before, posted once, taken back at any time."""

    name = "groups.celebrations"
    label = "celebrations"

    @override
    def ready(self) -> None:
        from community.checkins.events import CheckedIn
        from community.foundation.events import afterwards, together
        from community.foundation.registers import Figure, NoticeKind, figures, notices, reminders, upkeep
        from community.milestones import events as milestones
        from community.people.events import PersonRenamed, ZoneChosen
        from community.programs.events import Enrolled, EnrollmentEnded, Graduated
        from groups.celebrations import handlers
        from groups.celebrations.reading import scan
        from groups.celebrations.services.answers import ASK
        from groups.celebrations.tasks import look_at_due
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
        afterwards(Enrolled, handlers.on_track)  # it holds rooms, in their order; the scan does it, too
        afterwards(Graduated, handlers.on_track)
        afterwards(EnrollmentEnded, handlers.on_track)
        together(CheckedIn, handlers.on_sign_of_life)
        together(ZoneChosen, handlers.on_sign_of_life)
        together(PersonRenamed, handlers.on_renamed)
        together(Unseated, handlers.on_unseated)
        says = _("There is a day ahead of you. Nothing is shown to anybody unless you say so.")
        notices.add(ASK, NoticeKind(says=says, link="celebration", takes="celebration_id"))
        reminders.add("celebrations: the scan waits for somebody", scan.waits_for_somebody)
        figures.add(
            "celebrations_last_look_timestamp_seconds", Figure("When the scan last ran; 0: never.", scan.last_look)
        )
        figures.add("celebrations_stand_still", Figure("1: a clock seemed wrong; see manage.py.", scan.stands_still))
        figures.add("celebrations_longest_wait_seconds", Figure("How long a due count waits.", scan.longest_wait))
        figures.add("celebrations_failed_looks", Figure("Counts whose last look failed.", scan.failed_looks))
        upkeep.add("celebrations: counts to look at", look_at_due)
