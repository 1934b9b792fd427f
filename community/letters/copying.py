"""How I hear of updates, in the copy of my own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from community.foundation.registers import Entry
from community.letters.models import Reach
from community.people.models import Person


def reach(person: Person) -> Iterator[Entry]:
    """Whether I hear of updates by mail or by text message, and the number I gave."""
    one = Reach.objects.filter(person=person).first()
    if one is None:
        return
    says = [
        _("By mail") if one.mail else "",
        _("By text message") if one.sms else "",
        one.phone,
    ]
    data = {"mail": one.mail, "sms": one.sms, "phone": one.phone or None}
    yield Entry(data=data, title=_("When you are away"), lines=tuple(said for said in says if said))
