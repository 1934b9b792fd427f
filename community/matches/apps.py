from typing import override

from django.apps import AppConfig


class MatchesConfig(AppConfig):
    """Two people who may walk together, from the proposal to the end."""

    name = "community.matches"
    label = "matches"

    @override
    def ready(self) -> None:
        self._answer()
        self._hear()

    @staticmethod
    def _answer() -> None:
        """What others ask about who walks with whom."""
        from django.utils.translation import gettext_lazy as _

        from community.foundation import registers
        from community.foundation.registers import Chapter, NoticeKind
        from community.matches import tasks
        from community.matches.copying import answers
        from community.matches.desk.telling import NEWS
        from community.matches.reading.board import waiting_at_the_desk, waiting_for_somebody
        from community.matches.reading.days import days_beside, readers_of
        from community.matches.reading.walks import walked_with, walks_of
        from community.matches.rules.days import shared_by_choice
        from community.matches.services.batches import BATCH
        from community.matches.services.days import DAY_SHARED
        from community.matches.services.upkeep import forget_notes

        registers.notices.add(
            NEWS, NoticeKind(says=_("There is something new on one of your pages."), link="mentoring")
        )
        says = _("Somebody shared something with you.")
        registers.notices.add(DAY_SHARED, NoticeKind(says=says, link="match_days", takes="match_id"))
        registers.copies.add("mentoring_answers", Chapter(title=_("Mentoring: how you said it goes"), tell=answers))
        registers.grounds.add("matches: days shared by choice", shared_by_choice)
        registers.day_readers.add("matches: who walks with them", readers_of)
        registers.about_matches.add("matches: days shared with a mentor", days_beside)
        registers.apart.add("matches: two who walk together, or did", walked_with)
        registers.walks.add("matches: two people", walks_of)
        registers.reminders.add("matches: pairs that need staff, and cards that wait", waiting_at_the_desk)
        registers.reminders.add("matches: people who wait, and nobody is suggested", waiting_for_somebody)
        says = _("A suggestion for everybody who waits is there to look at.")
        registers.notices.add(BATCH, NoticeKind(says=says, link="desk_matching"))
        registers.upkeep.add("matches: cards to tell of", tasks.cards_to_show)
        registers.upkeep.add("matches: cards and offers that are over", tasks.over)
        registers.upkeep.add("matches: what was suggested and breaks a rule by now", tasks.broken)
        registers.upkeep.add("matches: a day left to answer", tasks.to_remind)
        registers.upkeep.add("matches: ask both how it goes", tasks.to_ask)
        registers.upkeep.add("matches: nothing heard of a mentor for a week", tasks.silent)
        registers.upkeep.add("matches: planned ends, and standing in", tasks.ending)
        registers.upkeep.add("matches: a word to say goodbye, before a planned end", tasks.to_say_goodbye)
        registers.upkeep.add("matches: two rest while one is suspended", tasks.suspended)
        registers.upkeep.add("matches: forget notes 90 days after it was over", forget_notes)

    @staticmethod
    def _hear() -> None:
        """What happens elsewhere and ends, pauses or begins something here."""
        from community.checkins.events import CheckedIn
        from community.foundation.events import afterwards, together
        from community.matches import handlers
        from community.matches.events import BatchAsked, MatchEnded
        from community.mentoring.events import (
            MentorPaused,
            MentorRequested,
            MentorResumed,
            MentorRetired,
            RenewalFellDue,
            RequestClosed,
        )
        from community.people.events import AccountClosed
        from community.sanctions.events import PersonRestored, PersonSuspended

        together(BatchAsked, handlers.on_batch_asked)
        together(MatchEnded, handlers.on_match_ended)
        together(CheckedIn, handlers.on_checked_in)
        together(MentorRequested, handlers.on_requested)
        together(RequestClosed, handlers.on_request_closed)
        together(MentorPaused, handlers.on_mentor_paused)
        together(MentorResumed, handlers.on_mentor_resumed)
        together(RenewalFellDue, handlers.on_renewal_due)
        together(MentorRetired, handlers.on_mentor_retired)
        together(AccountClosed, handlers.on_closed)
        afterwards(PersonSuspended, handlers.on_doors)  # it holds mentors and requests, which come before rooms
        afterwards(PersonRestored, handlers.on_doors)
