"""Days a mentee shares with their mentor: whom they may be shared with, and where the mentor finds them."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation import clock
from community.foundation.registers import DayReader, Leading
from community.matches.models import Match, SharedDay
from community.matches.rules import days_shared
from community.people.models import Person


def readers_of(person: Person, day: date) -> list[DayReader]:
    """Who walks with somebody as their mentor, and whether this day is shared with them; in two questions at most."""
    walking = list(Match.objects.walking().of_mentee(person.pk).to_show().oldest_first())
    if not walking:
        return []
    shared = set(SharedDay.objects.of(person.pk).filter(check_in__day=day).values_list("match_id", flat=True))
    says = _("They can then read all you said of this day. Nothing of other days.")
    return [
        DayReader(
            names=one.guide.alias,
            says=says,
            href=reverse("match_day_share", args=[one.pk, day.isoformat()]),
            shared=one.pk in shared,
        )
        for one in walking
    ]


def days_beside(person: Person, match_id: UUID) -> list[Leading]:
    """Where a mentor reads what was shared with them."""
    match = Match.objects.shown_to(person.pk, clock.now()).of_guide(person.pk).to_show().filter(pk=match_id).first()
    count = days_shared(person, match).count() if match else 0
    if not count:
        return []
    title = ngettext("%(count)d day they shared with you", "%(count)d days they shared with you", count)
    href = reverse("match_days", args=[match_id])
    says = _("They can take each one back.")
    return [Leading(icon="sun", title=title % {"count": count}, says=says, href=href)]
