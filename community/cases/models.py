"""What needs a named person, with its clocks; everything that was done about it; and whom it is about."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, override
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.cases.plans import CLOCKS, GONE, HELD, Outcome, Priority, Reach, Reason, State, holds
from community.cases.querysets import CaseQuerySet
from community.foundation import clock, crypto
from community.foundation.registers import Line
from community.people.models import Person
from community.programs.models import Cohort, Program

NOTE_MOST = 2000
ABOUT_MOST = 60


class Case(models.Model):
    """Something that needs a person. ``told`` is when we were told first; the clocks count from there, always.

    ``about`` is the thing it is about as ``kind:id`` (a message, a seat), ``subject`` the person, ``room`` the group's
    id. ``care``: it is about how somebody is; such a person has one open case, into which each further sign goes.
    ``holder`` has it until ``held_until``, and longer with each sign of life. ``version`` counts what was done: who
    acts says which they saw. ``second_told`` is when the others were told that nobody had it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, null=True, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, null=True, related_name="+")
    room = models.UUIDField(null=True)
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=ABOUT_MOST)
    reason = models.CharField(max_length=24, choices=Reason)
    care = models.BooleanField()
    priority = models.PositiveSmallIntegerField(choices=Priority)
    reach = models.PositiveSmallIntegerField(choices=Reach)
    state = models.CharField(max_length=16, choices=State, default=State.NEW)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, default="")
    told = models.DateTimeField()
    answer_due = models.DateTimeField()
    second_due = models.DateTimeField(null=True)
    close_due = models.DateTimeField()
    taken = models.DateTimeField(null=True)
    answered = models.DateTimeField(null=True)
    second_told = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    held_until = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "program"],
                condition=Q(care=True) & ~Q(state=State.RESOLVED),
                name="case_of_care_open_once_a_program",
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(care=True, program=None) & ~Q(state=State.RESOLVED),
                name="case_of_care_open_once_outside",
            ),
            models.UniqueConstraint(
                fields=["about", "reason"],
                condition=Q(care=False) & ~Q(state=State.RESOLVED),
                name="case_open_once_a_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RESOLVED, closed__isnull=False, outcome__in=Outcome.values, holder=None)
                | (~Q(state=State.RESOLVED) & Q(closed=None, outcome="")),
                name="case_ends_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HELD, holder__isnull=False, held_until__isnull=False)
                | (~Q(state__in=HELD) & Q(holder=None, held_until=None)),
                name="case_is_held_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["priority", "told"], condition=~Q(state=State.RESOLVED), name="case_open_by_urgency"),
            models.Index(fields=["program", "-closed"], condition=Q(state=State.RESOLVED), name="case_closed_lately"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state != State.RESOLVED

    def is_held_at(self, moment: datetime) -> bool:
        """Whether somebody has it; who gave no sign for too long has it no more."""
        return self.held_until is not None and moment < self.held_until

    def is_with(self, person: UUID, moment: datetime) -> bool:
        """Whether this person has it."""
        return self.holder_id == person and self.is_held_at(moment)

    def hold(self, holder: Person, moment: datetime) -> None:
        """Give it to somebody, or let them have it longer; the row is not saved here."""
        self.holder, self.held_until = holder, moment + holds(Priority(self.priority))

    def let_go(self, state: State) -> None:
        """Nobody has it; the row is not saved here."""
        self.holder, self.held_until, self.state = None, None, state

    def set_clocks(self) -> None:
        """As its priority asks, from when we were told; the row is not saved here."""
        clock = CLOCKS[Priority(self.priority)]
        self.answer_due, self.close_due = self.told + clock.answer, self.told + clock.close
        self.second_due = None if clock.second is None else self.told + clock.second


class Part(models.TextChoices):
    SUBJECT = "subject", _("Whom it is about")
    REPORTER = "reporter", _("Who told us")
    NAMED = "named", _("Who has to do with it")


class CaseParty(models.Model):
    """Who has to do with a case, and so never looks into it: whom it is about, and who told us."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "person", "part"], name="case_party_once")]

    @override
    def __str__(self) -> str:
        return f"{self.part} of {self.case_id}"


class StepKind(models.TextChoices):
    TOLD = "told", _("We were told")
    TOLD_AGAIN = "told_again", _("We were told once more")
    SIGN = "sign", _("Words of theirs may be a sign")
    SECOND = "second", _("Nobody had it, so others were told")
    PAGED = "paged", _("Paged")
    PAGED_CONTACT = "paged_contact", _("Paged the program’s emergency contact")
    OFF_HOURS = "off_hours", _("Off hours: nobody was on call")
    RUNG = "rung", _("The paging service took it")
    NOT_RUNG = "not_rung", _("A page did not get through; it is tried again")
    ACKNOWLEDGED = "acknowledged", _("Answered the page")
    TAKEN = "taken", _("Taken")
    LAPSED = "lapsed", _("No sign for a while, so it is free again")
    HANDED_OVER = "handed_over", _("Handed on")
    PASSED = "passed", _("Passed on")
    PRIORITY = "priority", _("Another priority")
    SAYS_SAFE = "says_safe", _("They say that they are safe, and meant it in another way")
    NOTE = "note", _("Noted")
    REACHED = "reached", _("Talked with the person")
    NOT_REACHED = "not_reached", _("Tried to reach the person")
    WAITING_PERSON = "waiting_person", _("Waiting for the person")
    WAITING_CLINICAL = "waiting_clinical", _("Waiting for a clinician")
    DONE = "done", _("Something was done")
    FACT = "fact", _("Written down")
    RESOLVED = "resolved", _("Closed")
    REOPENED = "reopened", _("Open again")


#: What the house writes while it looks for somebody; nobody did anything about the case by that.
OF_PAGES = frozenset({StepKind.PAGED, StepKind.PAGED_CONTACT, StepKind.OFF_HOURS, StepKind.RUNG, StepKind.NOT_RUNG})


class CaseStep(models.Model):
    """One thing that was done about a case, by whom (None: the program itself). The note is read by who may look into

    the case, and encrypted; ``what`` is a code, such as the outcome or the priority.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=StepKind)
    what = models.CharField(max_length=24, blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note_sealed = models.TextField(blank=True, default="")

    note = crypto.Sealed()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="case_step_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="case_step_numbers_from_one"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.number} of {self.case_id}"


def line_of(words: str, *, alias: str, at: datetime) -> dict[str, Any]:
    """Words that stand alone, as a line to keep."""
    return {
        "position": 0,
        "alias": alias,
        "at": clock.moment(at),
        "words": words,
        "note": "",
        "removed": "",
        "meant": True,
    }


class Kept(models.Model):
    """Words as they stood when we were told or when they were read, with what stood around them; encrypted.

    A line is ``{position, alias, at, words, note, removed, meant}``. No edit, removal or purge changes it.
    """

    kept_sealed = models.TextField(blank=True, default="")

    kept = crypto.Sealed()

    class Meta:
        abstract = True

    def keep(self, lines: Sequence[dict[str, Any]]) -> None:
        """Seal the words as they stand; the row is not saved here."""
        self.kept = json.dumps(lines, ensure_ascii=False)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The words as they stood, in their order."""
        found: list[dict[str, Any]] = json.loads(self.kept) if self.kept else []
        return found

    @property
    def shown(self) -> list[Line]:
        """The lines, for who looks into it."""
        return [
            Line(
                alias=one["alias"],
                at=datetime.fromisoformat(one["at"]),
                words=one["words"],
                note=one["note"],
                meant=one["meant"],
                gone=str(GONE[one["removed"]]) if one["removed"] else "",
            )
            for one in self.lines
        ]
