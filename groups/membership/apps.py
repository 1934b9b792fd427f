from typing import override

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "groups.membership"
    label = "membership"

    @override
    def ready(self) -> None:
        from community.foundation.events import afterwards, together
        from community.foundation.registers import grounds, look_alikes
        from community.people.events import PersonRenamed
        from community.programs.events import Enrolled, EnrollmentEnded, Graduated
        from groups.membership import handlers
        from groups.membership.events import Seated
        from groups.membership.rules import shares_a_seat, somebody_goes_by

        grounds.add("membership: shares a seat", shares_a_seat)
        look_alikes.add("membership: somebody goes by this name", somebody_goes_by)
        together(PersonRenamed, handlers.on_renamed)
        together(Enrolled, handlers.on_episode)
        together(Graduated, handlers.on_episode)
        together(EnrollmentEnded, handlers.on_episode)
        afterwards(Enrolled, handlers.on_seats_of)
        afterwards(Graduated, handlers.on_seats_of)
        afterwards(EnrollmentEnded, handlers.on_seats_of)
        afterwards(Seated, handlers.on_seats_of)
