from typing import override

from django.apps import AppConfig


class KeepApartConfig(AppConfig):
    """Two people who sit in no room together, by a decision of staff that neither of them hears of."""

    name = "community.keep_apart"
    label = "keep_apart"

    @override
    def ready(self) -> None:
        from community.foundation import registers
        from community.keep_apart.querysets import kept_from, tied_among, tied_to
        from community.keep_apart.reading import at_the_desk, of_a_person

        registers.kept_apart.add("keep apart: by a decision of staff", kept_from)
        registers.conflicts.add("keep apart: by a decision of staff, or a tie", tied_among)
        registers.apart.add("keep apart: by a decision of staff, or a tie", tied_to)
        registers.own_ties.add("keep apart: by a decision of staff, or a tie", tied_to)
        registers.about_people.add("keep apart: from whom", of_a_person)
        registers.reminders.add("keep apart: to be looked at again, and rooms both sit in", at_the_desk)
