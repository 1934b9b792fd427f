from typing import override

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "groups.membership"
    label = "membership"

    @override
    def ready(self) -> None:
        from community.foundation.events import together
        from community.foundation.registers import grounds, look_alikes
        from community.people.events import PersonRenamed
        from groups.membership.handlers import on_renamed
        from groups.membership.rules import shares_a_seat, somebody_goes_by

        grounds.add("membership: shares a seat", shares_a_seat)
        look_alikes.add("membership: somebody goes by this name", somebody_goes_by)
        together(PersonRenamed, on_renamed)
