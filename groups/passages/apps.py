from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PassagesConfig(AppConfig):
    name = "groups.passages"
    label = "passages"

    @override
    def ready(self) -> None:
        from community.consent.events import ConsentGiven, ConsentRevoked
        from community.foundation.events import together
        from community.foundation.registers import NoticeKind, notices, upkeep
        from community.programs.events import (
            Appointed,
            AppointmentEnded,
            CohortChanged,
            CohortOpened,
            Enrolled,
            EnrollmentEnded,
            FarewellChosen,
            Graduated,
        )
        from groups.membership.events import Unseated
        from groups.passages import handlers
        from groups.passages.services.agreements import TAKEN_BACK
        from groups.passages.services.episodes import NEEDS_ROOM
        from groups.passages.services.offers import OFFERED
        from groups.passages.tasks import tidy_seats

        together(CohortOpened, handlers.on_cohort_opened)
        together(CohortChanged, handlers.on_cohort_changed)
        together(Appointed, handlers.on_appointment)
        together(AppointmentEnded, handlers.on_appointment)
        together(Enrolled, handlers.on_enrolled)
        together(Graduated, handlers.on_graduated)
        together(EnrollmentEnded, handlers.on_ended)
        together(FarewellChosen, handlers.on_farewell)
        together(ConsentGiven, handlers.on_consent_given)
        together(ConsentRevoked, handlers.on_consent_revoked)
        together(Unseated, handlers.on_unseated)
        says = _("There is a seat for you in another room, if you would like one.")
        notices.add(OFFERED, NoticeKind(says=says, link="alumni_offer", takes="offer_id"))
        says = _("Somebody who finished needs another room than the one of your alumni.")
        notices.add(NEEDS_ROOM, NoticeKind(says=says, link="desk_person", takes="enrollment_id"))
        says = _("Somebody in your group took back an agreement. Until they agree again, they only read.")
        notices.add(TAKEN_BACK, NoticeKind(says=says, link="room_members", takes="group_id"))
        upkeep.add("passages: seats whose time is over", tidy_seats)
