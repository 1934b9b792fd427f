"""When a letter may go, and whether it is still wanted."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from community.foundation import clock, registers
from community.letters.models import Channel, Letter, Reach
from community.notices.models import Notice
from community.people.models import Person

QUIET_FROM, QUIET_UNTIL = time(22), time(7)  # PRODUCT.md 3.7, in the person's own zone
PATIENCE = timedelta(minutes=10)  # who sees it on a page meanwhile needs no letter
EVERY = timedelta(hours=12)  # one line says it for all that came
PAUSES = [timedelta(minutes=n) for n in (1, 5, 15, 60, 240, 720, 1440)]
MOST = len(PAUSES) + 1  # tries; with the pauses between them, a little over 41 hours


def awake(at: datetime, zone: str) -> datetime:
    """``at`` if it is no quiet hour in ``zone``, else the next morning at seven there."""
    local = at.astimezone(ZoneInfo(zone))
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    day = local.date() + timedelta(days=int(local.time() >= QUIET_FROM))
    return datetime.combine(day, QUIET_UNTIL, tzinfo=local.tzinfo).astimezone(at.tzinfo)


def due(person: Person, last: datetime | None) -> datetime:
    """When ``person`` may hear of an update that has just come, if they heard of another at ``last``."""
    soon = clock.now() + PATIENCE
    return awake(soon if last is None else max(soon, last + EVERY), person.zone)


def may_go(at: datetime, person: Person) -> datetime:
    """``at`` if a letter that can wait may go to ``person``; else when to look again.

    In the morning, or, while they are to be left in peace, twelve hours on: one line says it all when they are back.
    """
    left_in_peace = any(is_so(person.pk) for is_so in registers.in_peace)
    return awake(at + EVERY if left_in_peace else at, person.zone)


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after this many tries; None: long enough."""
    return PAUSES[tries - 1] if tries < MOST else None


def channel_for(person: Person, reach: Reach, *, always: bool) -> Channel | None:
    """How ``person`` hears of it: by mail; who has no address there, by text message; or not at all."""
    if person.address and (reach.mail or always):
        return Channel.MAIL
    if reach.sms and reach.phone_sealed and settings.SMS_URL:
        return Channel.SMS
    return None


def is_wanted(letter: Letter, person: Person, reach: Reach) -> bool:
    """Whether it still makes sense: the way is open, and something waits to be seen.

    What must be heard is not dropped because it was seen: perhaps not by its person.
    """
    if channel_for(person, reach, always=letter.always) != letter.channel:
        return False
    return letter.always or Notice.objects.of(person.pk).unseen().exists()
