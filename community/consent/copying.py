"""What I agreed to, in the copy of my own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.consent.models import ConsentRecord
from community.consent.serializers import shape
from community.consent.wording import named
from community.foundation.registers import Entry
from community.foundation.times import at_words
from community.people.models import Person


def agreements(person: Person) -> Iterator[Entry]:
    """Each in the words I was shown, with when I gave it and when I took it back."""
    for entry in named(ConsentRecord.objects.of(person.pk).order_by("given", "pk")):
        one = entry.record
        says = [_("Agreed on %(when)s") % {"when": at_words(one.given, person.zone)}]
        if one.revoked:
            says.append(_("Taken back on %(when)s") % {"when": at_words(one.revoked, person.zone)})
        if one.superseded:
            says.append(_("Replaced by newer words on %(when)s") % {"when": at_words(one.superseded, person.zone)})
        yield Entry(
            data={**shape(entry), "terms": one.parts},
            title=entry.name,
            lines=(*says, *one.parts),
        )
