"""Somebody left a room while their place there goes on; here they come back in."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from community.consent import services as consent
from community.consent.models import Channel
from community.consent.rules import BEFORE_WRITING
from community.foundation.errors import FieldError, Invalid
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Enrollment
from groups.membership import services as membership
from groups.membership.models import Group, Membership
from groups.passages.rules import kept_seat, subject_of


@transaction.atomic
def come_back_in(
    *,
    person: Person,
    group: Group,
    agreed: Collection[str] = (),
    alias: str | None = None,
    language: str | None = None,
    channel: str = Channel.PAGE,
) -> Membership:
    """Take one's seat in a room again, under the name it had there or another one for that room; nobody is told.

    What was taken back meanwhile is agreed to again: all of it stands in ``agreed``. Raises Missing where no seat of
    theirs waits, Invalid for a part that is missing or a name that is taken, and NotAllowed where they need another
    room.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    episode = Enrollment.objects.open().of(person.pk).filter(cohort=group.cohort_id).first()
    if episode is not None:
        Enrollment.objects.locked_one(episode.pk)  # before the rooms, as everywhere
    theirs = Membership.objects.current().of(person.pk).values_list("group_id", flat=True)
    Group.objects.locked([group.pk, *theirs])  # all of them write again by what is agreed to here
    kept = kept_seat(person, group.pk)
    if missing := [part for part in kept.asks if part not in agreed]:
        why = _("Please agree to this, or stay out.")
        raise Invalid(*(FieldError(f"/{part}", "required", why) for part in missing))
    seat = membership.take_seat(person=person, group=kept.group, alias=alias)
    if episode is not None:
        programs.go_by(enrollment=episode, alias=seat.alias if seat.named_here else "")
    for part in kept.asks:
        about = "" if part in BEFORE_WRITING else subject_of(kept.group)
        consent.give(person=person, purpose=part, subject=about, language=language, channel=channel)
    return seat
