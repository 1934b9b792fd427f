from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SheetsConfig(AppConfig):
    """What somebody wants to be known if their life is in danger: opened then, by one press, and at no other time."""

    name = "community.sheets"
    label = "sheets"

    @override
    def ready(self) -> None:
        from community.consent.events import ConsentRevoked
        from community.foundation import registers
        from community.foundation.events import together
        from community.foundation.registers import Chapter, LookAgain, NoticeKind
        from community.sheets import tasks
        from community.sheets.copying import sheet
        from community.sheets.handlers import on_revoked
        from community.sheets.reading import not_confirmed, right_again, sheet_for_a_case, to_look_at
        from community.sheets.services import OPENED, TELLS

        says = _("Something was opened in an emergency. Please look at it.")
        registers.notices.add(OPENED, NoticeKind(says=says, link="desk_sheets", always=True))
        says = _("Something of yours was opened in an emergency. See who, when and why.")
        registers.notices.add(TELLS, NoticeKind(says=says, link="emergency_sheet", always=True))
        registers.copies.add("emergency_sheet", Chapter(title=_("Your emergency sheet"), tell=sheet))
        registers.after_cases.add("sheets: the emergency sheet", sheet_for_a_case)
        registers.now_and_then.add("sheets: is it still right", LookAgain(due=not_confirmed, shows=right_again))
        registers.reminders.add("sheets: openings to look at", to_look_at)
        registers.upkeep.add("sheets: tell people that theirs was opened", tasks.tell)
        together(ConsentRevoked, on_revoked)
