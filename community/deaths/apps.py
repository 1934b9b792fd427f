from typing import override

from django.apps import AppConfig


class DeathsConfig(AppConfig):
    """A member has died: what stops at once, and who is told by a person before anything stands anywhere."""

    name = "community.deaths"
    label = "deaths"

    @override
    def ready(self) -> None:
        from community.deaths import services
        from community.deaths.reading import at_the_desk, of_a_person
        from community.foundation import registers

        registers.about_people.add("deaths: they have died", of_a_person)
        registers.reminders.add("deaths: a second person, whom to tell, and extra cover", at_the_desk)
        registers.upkeep.add("deaths: forget what nobody confirmed in a day", services.forget_unconfirmed)
