"""Words about one's own account."""

from community.notices import services as notices
from community.people.events import PasswordChanged
from community.people.models import Person


def on_password_changed(event: PasswordChanged) -> None:
    notices.tell(person=Person.objects.filter(pk=event.person_id).get(), notice="password_changed")
