from typing import override

from django.apps import AppConfig


class MatchesConfig(AppConfig):
    """Two people who may walk together, from the proposal to the end."""

    name = "community.matches"
    label = "matches"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from community.foundation import registers
        from community.foundation.events import together
        from community.foundation.registers import NoticeKind
        from community.matches import handlers, tasks
        from community.matches.desk.telling import NEWS
        from community.matches.events import BatchAsked
        from community.matches.reading.board import waiting_at_the_desk
        from community.matches.reading.walks import walks_of
        from community.matches.services.batches import BATCH
        from community.mentoring.events import MentorPaused, MentorRetired, RequestClosed

        registers.notices.add(
            NEWS, NoticeKind(says=_("There is something new on one of your pages."), link="mentoring")
        )
        registers.walks.add("matches: two people", walks_of)
        registers.reminders.add("matches: pairs that need staff, and cards that wait", waiting_at_the_desk)
        says = _("A suggestion for everybody who waits is there to look at.")
        registers.notices.add(BATCH, NoticeKind(says=says, link="desk_matching"))
        registers.upkeep.add("matches: cards to tell of", tasks.cards_to_show)
        registers.upkeep.add("matches: cards and offers that are over", tasks.over)
        registers.upkeep.add("matches: a day left to answer", tasks.to_remind)
        registers.upkeep.add("matches: ask both how it goes", tasks.to_ask)
        registers.upkeep.add("matches: planned ends, and standing in", tasks.ending)
        together(BatchAsked, handlers.on_batch_asked)
        together(RequestClosed, handlers.on_request_closed)
        together(MentorPaused, handlers.on_mentor_paused)
        together(MentorRetired, handlers.on_mentor_retired)
