"""Me and my settings, in the copy of my own. My name by law stands in no copy: it is no word of this place's."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.registers import Entry
from community.foundation.times import at_words, zone_words
from community.people.models import Person
from community.people.serializers import shape_me


def me(person: Person) -> Iterator[Entry]:
    """How I am called, how I sign in, and what I chose."""
    says = [
        _("Name here: %(name)s") % {"name": person.alias},
        _("E-mail address: %(address)s") % {"address": person.address} if person.address else "",
        _("Sign-in name: %(name)s") % {"name": person.sign_in_name} if person.sign_in_name else "",
        _("Here since %(when)s") % {"when": at_words(person.joined, person.zone)},
        _("Language: %(language)s") % {"language": dict(settings.LANGUAGES)[person.language]},
        _("Time zone: %(zone)s") % {"zone": zone_words(person.zone)},
    ]
    data = {**shape_me(person), "joined": clock.moment(person.joined)}
    yield Entry(data=data, title=person.alias, lines=tuple(one for one in says if one))
