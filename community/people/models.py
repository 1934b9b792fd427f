"""People, the devices they are signed in on, and what is known of them by law."""

import uuid
from datetime import date, datetime
from typing import ClassVar, override

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.foundation import crypto
from community.people.querysets import BlockQuerySet, PersonQuerySet, SessionQuerySet

ALIAS_MOST = 40


class TextSize(models.IntegerChoices):
    """Percent of the usual size."""

    SMALL = 90, _("Smaller")
    USUAL = 100, _("As usual")
    LARGE = 115, _("Larger")
    LARGER = 130, _("Much larger")
    LARGEST = 150, _("Largest")


class Font(models.TextChoices):
    FIGTREE = "figtree", _("Figtree, as usual")
    ATKINSON = "atkinson", _("Atkinson Hyperlegible, letters that are easy to tell apart")
    SYSTEM = "system", _("The one of this device, which costs no data")


class Theme(models.TextChoices):
    AUTO = "auto", _("As this device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Contrast(models.TextChoices):
    AUTO = "auto", _("As this device")
    MORE = "more", _("More")


class Motion(models.TextChoices):
    AUTO = "auto", _("As this device")
    LESS = "less", _("Nothing moves")


class Enter(models.TextChoices):
    AUTO = "auto", _("Sends with a keyboard, makes a new line on touch")
    SEND = "send", _("Sends the message")
    NEWLINE = "newline", _("Makes a new line")


class Person(AbstractBaseUser):
    """Anybody with an account. ``alias`` is what groups call them; who they are by law stands in :class:`Identity`.

    ``address`` is the sign-in mail address in lower case, in clear because it must be found; a person may have none.
    ``language`` is what we write to them in; their pages speak it too, unless they follow the language of each device.
    Typing and presence are shown of nobody who has not chosen it. ``celebrations_quiet``: what others celebrate stands
    in their rooms as one line. ``suspended``: a suspension of theirs stands, and most doors are shut; it is set
    and unset in community/sanctions alone.
    ``locks``: each device of theirs asks for the password again after 15 quiet minutes.
    ``sign_in_name`` is what they type instead: made for them, so that choosing one never tells who is here.
    ``closed``: since when nobody signs in to it, renews it or is told anything there: its person has died.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.EmailField(max_length=254, unique=True, null=True)  # noqa: DJ001 - nobody shares "no address"
    sign_in_name = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001 - as above
    alias = models.CharField(max_length=ALIAS_MOST)
    language = models.CharField(max_length=5, default="en")
    zone = models.CharField(max_length=64, default="America/New_York")
    language_of_device = models.BooleanField(default=True)
    shows_typing = models.BooleanField(default=False)
    shows_presence = models.BooleanField(default=False)
    notes_open = models.BooleanField(default=False)
    celebrations_quiet = models.BooleanField(default=False)
    locks = models.BooleanField(default=False, db_default=False)
    suspended = models.BooleanField(default=False, db_default=False)
    enter = models.CharField(max_length=8, choices=Enter, default=Enter.AUTO)
    text_size = models.PositiveSmallIntegerField(choices=TextSize, default=TextSize.USUAL)
    font = models.CharField(max_length=8, choices=Font, default=Font.FIGTREE)
    theme = models.CharField(max_length=8, choices=Theme, default=Theme.AUTO)
    contrast = models.CharField(max_length=8, choices=Contrast, default=Contrast.AUTO)
    motion = models.CharField(max_length=8, choices=Motion, default=Motion.AUTO)
    joined = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    USERNAME_FIELD = "address"
    EMAIL_FIELD = "address"
    REQUIRED_FIELDS: ClassVar = ["alias"]

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(address=None) | models.Q(address=Lower("address")),
                name="person_address_is_lower_case",
            )
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class Identity(models.Model):
    """Legal name and birth date, encrypted, apart from everything else; read only with a reason that is logged."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    legal_name_sealed = models.TextField(blank=True)
    birth_date_sealed = models.TextField(blank=True)

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def keep(self, *, legal_name: str = "", birth_date: date | None = None) -> None:
        """Seal what is given; the row is not saved here."""
        if legal_name:
            self.legal_name_sealed = crypto.seal(legal_name, bound_to=self._bound("legal_name"))
        if birth_date:
            self.birth_date_sealed = crypto.seal(birth_date.isoformat(), bound_to=self._bound("birth_date"))

    @property
    def legal_name(self) -> str:
        sealed = self.legal_name_sealed
        return crypto.unseal(sealed, bound_to=self._bound("legal_name")) if sealed else ""

    @property
    def birth_date(self) -> date | None:
        sealed = self.birth_date_sealed
        return date.fromisoformat(crypto.unseal(sealed, bound_to=self._bound("birth_date"))) if sealed else None

    def _bound(self, field: str) -> str:
        return f"people_identity:{self.person_id}:{field}"


class Session(models.Model):
    """One signed-in device. The key lives only in the cookie; here stands its digest. ``device``: "Chrome/Android".
    ``only_mine``: whether nobody else uses the device; None while that is not answered, which counts as no.
    ``tablet``: it is the clinic's, many use it in turn, and five quiet minutes end it.
    ``locks``: its person wants to be asked for their password after 15 quiet minutes.
    ``staff_since``: since when who is signed in on it holds an appointment, so that it ends sooner.

    A session of nobody (before sign-in) is dropped when it ends; one of a person stays as an ended row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=80, blank=True)
    second_factor = models.BooleanField(default=False)
    only_mine = models.BooleanField(null=True)
    tablet = models.BooleanField(default=False)
    data = models.TextField(blank=True)
    created = models.DateTimeField()
    last_seen = models.DateTimeField()
    expires = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    staff_since = models.DateTimeField(null=True)
    locks = models.BooleanField(default=False, db_default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "ended"], name="session_person_ended")]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    def is_live(self, now: datetime) -> bool:
        """As the query set says it, of a row that was read."""
        return self.ended is None and self.expires > now

    @property
    def device_words(self) -> str:
        """How the device is called in the list of one's own; "" where it did not say."""
        browser, _slash, system = self.device.partition("/")
        if browser and system:
            return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
        return browser or system


class Block(models.Model):
    """One person chose not to meet another here. One way and silent: the other never learns of it."""

    blocker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~models.Q(blocker=models.F("blocked")), name="block_another"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)
