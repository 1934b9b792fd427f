"""Our session engine: one row a signed-in device, its key only in the cookie, its end told to open sockets at once."""

import hashlib
from datetime import datetime, timedelta
from typing import Any, override
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url

from community.foundation import clock
from community.foundation.events import publish
from community.foundation.registers import signed_out_sooner
from community.people.events import SessionsEnded
from community.people.models import Person, Session
from community.people.services import forget_ended_devices
from community.people.times import expires_of, over_of

SEEN_EVERY = timedelta(minutes=1)
TABLET = "tablet"  # a signed cookie: staff said that this device is the clinic's, and many people use it in turn
TABLET_FOR = timedelta(days=400)  # as long as browsers keep any
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


def is_staff(person: UUID) -> bool:
    """Whether a session of this person is bound as those of staff are: rooms above say so."""
    return any(holds(person) for holds in signed_out_sooner)


def go_on(request: HttpRequest, person: Person) -> None:
    """After a new password: the device that chose it stays signed in, under a fresh key, and is the same device."""
    store: SessionStore = request.session  # type: ignore[assignment]  # our own engine's
    store.renew_key()
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()


def said_why(request: HttpRequest, location: str, over: str) -> str:
    """The way to sign in, with the word why it is needed, and back to the page that was open: no form is sent again."""
    at = urlsplit(location)
    if at.path != resolve_url(settings.LOGIN_URL):
        return location
    back = urlsplit(request.headers.get("Referer", ""))
    asked = QueryDict(at.query, mutable=True)
    asked["over"] = over
    if request.method not in {"GET", "HEAD"} and back.netloc == request.get_host():
        asked["next"] = back.path
    return f"{at.path}?{asked.urlencode(safe='/')}"


class Sessions(SessionMiddleware):
    """Django's own, which also lets a new session know what device it is on."""

    @override
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.session.device = device_of(request.headers.get("User-Agent", ""))  # type: ignore[attr-defined]  # ours
        request.session.tablet = is_tablet(request)  # type: ignore[attr-defined]  # as above

    @override
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        over = getattr(request.session, "over", "")
        if over and response.status_code == 302:
            response.headers["Location"] = said_why(request, response.headers["Location"], over)
        return super().process_response(request, response)


class SessionStore(SessionBase):
    """The engine behind ``request.session``. A session that ended is never written again."""

    row: Session | None = None
    device = ""
    tablet = False
    unseen = False  # a page that leaves no trace of having been opened
    over = ""  # why a session of staff is over, while its row is still there

    @override
    def get_expire_at_browser_close(self) -> bool:
        return self.tablet or super().get_expire_at_browser_close()

    @override
    def load(self) -> dict[str, Any]:
        row = Session.objects.filter(digest=digest_of(self.session_key or "")).first()
        if row is None or not row.is_live(clock.now()):
            self._session_key = None
            self.over = over_of(row) if row else ""
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
        if self.row is not None and self.row.person_id != person:
            self.row.person_id = person
            self._bind(self.row, now)
            bound = {"staff_since": self.row.staff_since, "locks": self.row.locks}
            changed |= {**bound, "expires": expires_of(self.row, now)}
        return Session.objects.live(now).filter(digest=digest_of(self.session_key or "")).update(**changed)

    @staticmethod
    def _bind(row: Session, now: datetime) -> None:
        """Whether it ends sooner than others, by who is signed in on it from now on."""
        row.staff_since = now if row.person_id and is_staff(row.person_id) else None
        row.locks = row.person_id is not None and Person.objects.filter(pk=row.person_id, locks=True).exists()

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
        self._bind(row, now)
        row.expires = expires_of(row, now)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise CreateError from error
        return row

    def _seen(self, row: Session) -> None:
        """Note that the device is in use, at most once a minute; how long it lives then: :func:`expires_of`."""
        now = clock.now()
        if not self.unseen and now - row.last_seen >= SEEN_EVERY:
            Session.objects.filter(pk=row.pk).update(last_seen=now, expires=expires_of(row, now))
