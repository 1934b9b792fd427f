from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MentoringConfig(AppConfig):
    """Somebody who has been there: mentors, how they live as such, and who hopes for one."""

    name = "community.mentoring"
    label = "mentoring"

    @override
    def ready(self) -> None:
        from community.consent.events import ConsentRevoked
        from community.foundation import registers
        from community.foundation.events import together
        from community.foundation.registers import Chapter, NoticeKind
        from community.mentoring import handlers
        from community.mentoring.copying import said
        from community.mentoring.desk.agreements import wordings
        from community.mentoring.desk.holding import STEP
        from community.mentoring.reading import waiting_at_the_desk
        from community.mentoring.services import forget_words
        from community.mentoring.services.handoff import OFFERED
        from community.mentoring.services.support import NOT_MINE
        from community.mentoring.tasks import handoffs_due, renewals_due
        from community.people.events import AccountClosed
        from community.programs.events import Enrolled, EnrollmentEnded

        registers.notices.add(
            STEP, NoticeKind(says=_("There is something new on one of your pages."), link="mentoring")
        )
        says = _("Somebody would like to hand something to you.")
        registers.notices.add(NOT_MINE, NoticeKind(says=says, link="desk_mentor", takes="mentor_id"))
        registers.notices.add(
            OFFERED, NoticeKind(says=_("There is something new on one of your pages."), link="mentoring")
        )
        registers.copies.add("mentoring", Chapter(title=_("Mentoring: what you asked and offered"), tell=said))
        registers.wordings.add("mentoring: where a program says sponsor", wordings)
        registers.reminders.add("mentoring: steps for staff to take", waiting_at_the_desk)
        registers.upkeep.add("mentoring: approvals that are over", renewals_due)
        registers.upkeep.add("mentoring: a mentor offered before the last day", handoffs_due)
        registers.upkeep.add("mentoring: forget words 90 days after they were needed", forget_words)
        together(Enrolled, handlers.on_enrolled)
        together(EnrollmentEnded, handlers.on_ended)
        together(ConsentRevoked, handlers.on_consent_revoked)
        together(AccountClosed, handlers.on_closed)
