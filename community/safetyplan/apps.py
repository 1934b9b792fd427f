from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyplanConfig(AppConfig):
    """What somebody wrote for a hard hour: theirs alone, and shown to one person at a time by choice."""

    name = "community.safetyplan"
    label = "safetyplan"

    @override
    def ready(self) -> None:
        from community.foundation import registers
        from community.foundation.events import together
        from community.foundation.registers import Chapter, LookAgain, NoticeKind
        from community.matches.events import MatchEnded
        from community.programs.events import EnrollmentEnded, Graduated
        from community.safetyplan.copying import plan
        from community.safetyplan.handlers import on_episode_over, on_match_over
        from community.safetyplan.reading import look_again, not_looked_at, shown_at_the_desk, shown_to_a_mentor
        from community.safetyplan.rules import asks_craving, asks_craving_of, shared_by_choice
        from community.safetyplan.services import SHARED

        says = _("Somebody shared something with you.")
        registers.notices.add(SHARED, NoticeKind(says=says, link="safety_plan_shared", takes="tie_id"))
        registers.cravings.add("safety plan: its person turned it on", asks_craving)
        registers.with_who_asks.add("asks_craving", asks_craving_of)
        registers.copies.add("safety_plan", Chapter(title=_("Your safety plan"), tell=plan))
        registers.grounds.add("safety plan: shown by choice", shared_by_choice)
        registers.about_people.add("safety plan: shown to who leads a group", shown_at_the_desk)
        registers.about_matches.add("safety plan: shown to a mentor", shown_to_a_mentor)
        registers.now_and_then.add("safety plan: look at it again", LookAgain(due=not_looked_at, shows=look_again))
        together(EnrollmentEnded, on_episode_over)
        together(Graduated, on_episode_over)
        together(MatchEnded, on_match_over)
