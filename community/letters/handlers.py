"""Letters about notices."""

from community.letters import services as letters
from community.notices.events import NoticeWritten
from community.notices.models import Notice
from community.notices.serializers import kind_of
from community.people.events import AccountClosed


def on_written(event: NoticeWritten) -> None:
    notice = Notice.objects.of(event.person_id).select_related("person").filter(pk=event.notice_id).get()
    kind = kind_of(notice)
    always = kind is not None and kind.always
    if always or not event.again:  # the first letter says all there is to say, but a key that changed is told each time
        letters.announce(person=notice.person, always=always)


def on_closed(event: AccountClosed) -> None:
    letters.drop_all(person_id=event.person_id)
