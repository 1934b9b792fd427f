from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PassagesConfig(AppConfig):
    name = "groups.passages"
    label = "passages"

    @override
    def ready(self) -> None:
        from community.consent.events import ConsentRevoked
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
        from groups.passages import handlers
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
        together(ConsentRevoked, handlers.on_consent_revoked)
        says = _("There is a seat for you in another room, if you would like one.")
        notices.add(OFFERED, NoticeKind(says=says, link="alumni_offer", takes="offer_id"))
        upkeep.add("passages: seats whose time is over", tidy_seats)
