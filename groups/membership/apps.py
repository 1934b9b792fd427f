from typing import override

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "groups.membership"
    label = "membership"

    @override
    def ready(self) -> None:
        from community.foundation.events import afterwards, together
        from community.foundation.registers import (
            Chapter,
            NoticeKind,
            copies,
            grounds,
            last_here,
            look_alikes,
            mutes,
            notices,
            reads_now,
            shared_rooms,
        )
        from community.people.events import PersonRenamed
        from community.programs.events import Enrolled, EnrollmentEnded, Graduated
        from community.sanctions.events import PersonRestored, PersonSuspended
        from groups.membership import handlers
        from groups.membership.copying import in_a_room, rooms
        from groups.membership.events import NamesAlike, Seated
        from groups.membership.reading import reads_now as reads_in_rooms
        from groups.membership.reading import rooms_of_both
        from groups.membership.rules import muted_room, shares_a_seat, somebody_goes_by

        copies.add("rooms", Chapter(title=_("Rooms you had a seat in"), tell=rooms))
        last_here.add("membership: a seat", in_a_room)
        reads_now.add("membership: in somebody's rooms, or in the house", reads_in_rooms)
        grounds.add("membership: shares a seat", shares_a_seat)
        mutes.add("membership: a room", muted_room)
        shared_rooms.add("membership: rooms both sit in", rooms_of_both)
        look_alikes.add("membership: somebody goes by this name", somebody_goes_by)
        says = _("Two names in one of your groups read alike.")
        notices.add(handlers.ALIKE, NoticeKind(says=says, link="room_members", takes="group_id"))
        together(PersonRenamed, handlers.on_renamed)
        together(PersonSuspended, handlers.on_doors)
        together(PersonRestored, handlers.on_doors)
        together(Enrolled, handlers.on_episode)
        together(Graduated, handlers.on_episode)
        together(EnrollmentEnded, handlers.on_episode)
        afterwards(Enrolled, handlers.on_seats_of)
        afterwards(Graduated, handlers.on_seats_of)
        afterwards(EnrollmentEnded, handlers.on_seats_of)
        afterwards(Seated, handlers.on_seats_of)
        afterwards(NamesAlike, handlers.on_names_alike)
