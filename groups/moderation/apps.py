from typing import override

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Guards the room: what somebody tells us of, and what follows."""

    name = "groups.moderation"
    label = "moderation"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from community.cases.events import CaseResolved
        from community.foundation import registers
        from community.foundation.events import afterwards, together
        from community.foundation.registers import Chapter, NoticeKind
        from groups.moderation import handlers, tasks
        from groups.moderation.copying import appeals, reports
        from groups.moderation.events import ProposalAnswered
        from groups.moderation.reading import (
            appeals_at_the_desk,
            cannot_promise,
            evidence_of,
            following,
            names_of,
            proposals_at_the_desk,
        )
        from groups.moderation.services.conversing import WROTE_ON
        from groups.moderation.services.deciding import DECIDED
        from groups.moderation.services.proposing import SECOND
        from groups.moderation.services.telling_back import LOOKED_AT

        says = _("Something you told us was looked at. Thank you.")
        registers.notices.add(LOOKED_AT, NoticeKind(says=says, link="told", takes="report_id"))
        says = _("Somebody who keeps one of your groups wrote to you.")
        registers.notices.add(DECIDED, NoticeKind(says=says, link="decision", takes="decision_id", always=True))
        says = _("Somebody wrote more about a decision you look at again.")
        registers.notices.add(WROTE_ON, NoticeKind(says=says, link="desk_appeal", takes="decision_id", always=True))
        says = _("Something that needs two people waits, or was answered.")
        registers.notices.add(SECOND, NoticeKind(says=says, link="desk_proposal", takes="proposal_id", always=True))
        registers.copies.add("reports", Chapter(title=_("What you told us of"), tell=reports))
        registers.copies.add("appeals", Chapter(title=_("What you asked us to look at again"), tell=appeals))
        registers.gaps.add("moderation: what needs two people", cannot_promise)
        registers.reminders.add("moderation: what needs a second person", proposals_at_the_desk)
        registers.upkeep.add("moderation: let go what nobody said yes to in a day", tasks.let_go)
        afterwards(ProposalAnswered, handlers.on_answered)
        registers.reminders.add("moderation: decisions to look at again", appeals_at_the_desk)
        registers.upkeep.add("moderation: tell people what was decided about them", tasks.tell_decided)
        registers.about_cases.add("moderation: the words as they were kept", evidence_of)
        registers.after_cases.add("moderation: a decision", following)
        registers.places.add("moderation: the names of rooms", names_of)
        registers.upkeep.add("moderation: tell who told us that it was looked at", tasks.tell_back)
        together(CaseResolved, handlers.on_resolved)
