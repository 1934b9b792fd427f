"""Our session engine: one row a signed-in device, its key only in the cookie, its end told to open sockets at once."""

import hashlib
from datetime import timedelta
from typing import Any, override
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from community.foundation import clock
from community.foundation.events import publish
from community.people.events import SessionsEnded
from community.people.models import Person, Session
from community.people.services import forget_ended_devices

IDLE = timedelta(days=14)  # PRODUCT.md 3.7: a member is signed out after 14 quiet days
SEEN_EVERY = timedelta(minutes=1)
TABLET = "tablet"  # a signed cookie: staff said that this device is the clinic's, and many people use it in turn
TABLET_FOR = timedelta(days=400)  # as long as browsers keep any
TABLET_IDLE = timedelta(minutes=5)
TABLET_NOBODY = timedelta(minutes=15)  # somebody reads what they are asked to agree to
#: What browsers say of themselves, the more particular first: all of them also claim to be older ones.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "Chromebook"), ("Windows", "Windows"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def device_of(agent: str) -> str:
    """What a device is called in the list of devices, "Chrome/Android"; nothing else of what it says is kept."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return f"{browser}/{system}" if browser or system else ""


def this_session(request: HttpRequest) -> UUID | None:
    """Which of the person's devices is asking; none for a token."""
    row: Session | None = request.session.row  # type: ignore[attr-defined]  # our own engine's
    return row.pk if row else None


def is_tablet(request: HttpRequest) -> bool:
    """Whether the device that asks is the clinic's."""
    return request.get_signed_cookie(TABLET, default="", salt=TABLET) == "1"


def idle_of(row: Session) -> timedelta:
    """How long this device may stay quiet."""
    if not row.tablet:
        return IDLE
    return TABLET_IDLE if row.person_id else TABLET_NOBODY


def go_on(request: HttpRequest, person: Person) -> None:
    """After a new password: the device that chose it stays signed in, under a fresh key, and is the same device."""
    store: SessionStore = request.session  # type: ignore[assignment]  # our own engine's
    store.renew_key()
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()


class Sessions(SessionMiddleware):
    """Django's own, which also lets a new session know what device it is on."""

    @override
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.session.device = device_of(request.headers.get("User-Agent", ""))  # type: ignore[attr-defined]  # ours
        request.session.tablet = is_tablet(request)  # type: ignore[attr-defined]  # as above


class SessionStore(SessionBase):
    """The engine behind ``request.session``. A session that ended is never written again."""

    row: Session | None = None
    device = ""
    tablet = False

    @override
    def get_expire_at_browser_close(self) -> bool:
        return self.tablet or super().get_expire_at_browser_close()

    @override
    def load(self) -> dict[str, Any]:
        row = Session.objects.live(clock.now()).filter(digest=digest_of(self.session_key or "")).first()
        if row is None:
            self._session_key = None
            return {}
        self.row = row
        self._seen(row)
        return self.decode(row.data)

    @override
    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(digest=digest_of(session_key)).exists()

    @override
    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # SessionBase's own, no stub
            self.row = None
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def renew_key(self) -> None:
        """Another key for the same device: what it was told of itself stays, and its socket stays open."""
        fresh = self._get_new_session_key()  # type: ignore[attr-defined]  # SessionBase's own, no stub
        row = Session.objects.live(clock.now()).filter(digest=digest_of(self.session_key or ""))
        if not row.update(digest=digest_of(fresh)):
            raise UpdateError
        self._session_key = fresh
        self.modified = True

    @override
    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # SessionBase's own, no stub
        person = UUID(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        if must_create:
            self.row = self._insert(self.encode(data), person)
        elif not self._update(self.encode(data), person):
            raise UpdateError

    @override
    def delete(self, session_key: str | None = None) -> None:
        """Sign this device out: one of a person stays as an ended row, one of nobody goes."""
        key = session_key or self.session_key
        if key is None:
            return
        with transaction.atomic():
            row = Session.objects.filter(digest=digest_of(key), ended=None).first()
            if row is None:
                return
            if row.person_id is None:
                row.delete()
                return
            Session.objects.filter(pk=row.pk).update(ended=clock.now(), data="")
            publish(SessionsEnded(person_id=row.person_id, session_ids=(row.pk,)))

    @classmethod
    @override
    def clear_expired(cls) -> None:
        forget_ended_devices()

    def _update(self, data: str, person: UUID | None) -> int:
        """Whose a session is, and with it how long it may stay quiet, changes when somebody signs in."""
        now = clock.now()
        changed: dict[str, Any] = {"data": data, "person_id": person}
        if self.row is not None and self.row.tablet:
            self.row.person_id = person
            changed["expires"] = now + idle_of(self.row)
        return Session.objects.live(now).filter(digest=digest_of(self.session_key or "")).update(**changed)

    def _insert(self, data: str, person: UUID | None) -> Session:
        now = clock.now()
        row = Session(
            digest=digest_of(self.session_key or ""),
            person_id=person,
            device=self.device,
            tablet=self.tablet,
            data=data,
            created=now,
            last_seen=now,
        )
        row.expires = now + idle_of(row)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise CreateError from error
        return row

    def _seen(self, row: Session) -> None:
        """Note that the device is in use, at most once a minute; it may stay idle 14 days, and live 30 at most."""
        now = clock.now()
        if now - row.last_seen >= SEEN_EVERY:
            longest = row.created + timedelta(seconds=settings.SESSION_COOKIE_AGE)
            Session.objects.filter(pk=row.pk).update(last_seen=now, expires=min(now + idle_of(row), longest))
