"""Whose matches are whose, and who may see them when: said once for page, API and rule alike."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from community.foundation.errors import Missing
from community.matches.plans.codes import GOING, OPEN, PLACED, UNDO_LASTS, WALKING, Kind, Reason, State
from community.mentoring.plans.codes import State as MentorState
from community.mentoring.querysets import untied

if TYPE_CHECKING:
    from community.matches.models import Match
    from community.matches.querysets.beside import SilenceQuerySet
    from community.programs.querysets import ProgramQuerySet


def run_by(person: UUID, now: datetime) -> "ProgramQuerySet":
    programs: ProgramQuerySet = apps.get_model("programs", "Program").objects.all()
    return programs.run_by(person, now)


class MatchQuerySet(models.QuerySet["Match"]):
    def open(self) -> Self:
        """Neither over nor come to nothing."""
        return self.filter(state__in=OPEN)

    def on_the_board(self, person: UUID, now: datetime) -> Self:
        """Open, or ended while one of two would like to talk with staff, or refused by this person a moment ago."""
        asks = apps.get_model("matches", "MatchCheckIn").objects.for_staff().filter(match=OuterRef("pk"))
        undone = Q(state=State.WITHDRAWN, reason=Reason.STAFF, approved_by=person, since__gt=now - UNDO_LASTS)
        return self.filter(Q(state__in=OPEN) | Exists(asks) | undone)

    def of_suspended(self) -> Self:
        """Those in which one of the two is out of every room for now."""
        return self.filter(Q(mentee__suspended=True) | Q(guide__suspended=True))

    def rested_by_itself(self) -> Self:
        """On a break that nobody took: the program itself began it, and ends it."""
        return self.filter(state=State.PAUSED, paused_by=None)

    def placed(self) -> Self:
        """Those that take a place of their mentor's."""
        return self.filter(state__in=PLACED)

    def walking(self) -> Self:
        """Both said yes, and it has not ended."""
        return self.filter(state__in=WALKING)

    def settled(self) -> Self:
        """Walking, and not to stand in: there is one at a time for who hoped, in whatever program."""
        return self.walking().primary()

    def at(self, *states: State) -> Self:
        return self.filter(state__in=states)

    def primary(self) -> Self:
        return self.filter(kind=Kind.PRIMARY)

    def covers(self) -> Self:
        return self.filter(kind=Kind.COVER)

    def accepted(self) -> Self:
        """Both said yes once."""
        return self.exclude(accepted=None)

    def of_mentee(self, person: UUID) -> Self:
        return self.filter(mentee_id=person)

    def of_guide(self, person: UUID) -> Self:
        return self.filter(guide_id=person)

    def touching(self, person: UUID) -> Self:
        """On either side."""
        return self.filter(Q(mentee=person) | Q(guide=person))

    def between(self, one: UUID, other: UUID) -> Self:
        """In either direction."""
        return self.filter(Q(mentee=one, guide=other) | Q(mentee=other, guide=one))

    def kept_from_again(self) -> Self:
        """Of two of whom one asked not to be suggested to the other any more."""
        return self.filter(not_again=True)

    def alive(self) -> Self:
        """Between two of whom no machine is to be silent: neither has died."""
        return self.filter(mentee__closed=None, guide__closed=None)

    def among(self, people: Collection[UUID]) -> Self:
        """Between any two of these."""
        return self.filter(mentee__in=people, guide__in=people)

    def cards(self, now: datetime) -> Self:
        """What the mentee may choose from."""
        return self.filter(self._to_choose(now))

    def _to_choose(self, now: datetime) -> Q:
        """What staff approved, once they can take it back no more; while somebody walks with them, who may stand in."""
        settled = self.model.objects.settled().filter(mentee=OuterRef("mentee"))
        shown = Q(state=State.SHORTLISTED, since__lte=now - UNDO_LASTS, until__gt=now)
        return shown & (Q(kind=Kind.COVER) | Q(~Exists(settled)))

    def shown_to(self, person: UUID, now: datetime) -> Self:
        """What somebody may see of their own: a mentee their cards and all after, a mentor from the offer on.

        A mentor who was not chosen never hears of it, and what came to nothing is gone for both.
        """
        mentee = Q(mentee=person) & (self._to_choose(now) | Q(state__in=PLACED))
        mentor = Q(guide=person, state__in=PLACED)
        walked = (Q(mentee=person) | Q(guide=person)) & Q(accepted__isnull=False)
        return self.filter(mentee | mentor | walked)

    def of_staff(self, person: UUID, now: datetime) -> Self:
        """Other people's, in programs this person runs today."""
        theirs = self.filter(program__in=run_by(person, now).values("pk"))
        return untied(theirs, person, "mentee", "guide")

    def came_to_nothing(self) -> Self:
        """A mentor was asked, and it did not come to a yes; whoever asked took it back themselves in the rest."""
        return self.filter(asked__isnull=False, accepted=None).filter(
            Q(state__in=(State.DECLINED, State.EXPIRED))
            | Q(state=State.WITHDRAWN, reason__in=(Reason.RULES, Reason.MENTOR_LEFT))
        )

    def over_since(self, moment: datetime) -> Self:
        """Ended, or come to nothing, before that."""
        return self.exclude(state__in=OPEN).filter(since__lt=moment)

    def ended_since(self, moment: datetime) -> Self:
        """Who walked together and parted after that."""
        return self.at(State.ENDED).filter(since__gt=moment)

    def over(self, now: datetime) -> Self:
        """What has waited until its time was over."""
        return self.filter(until__lte=now)

    def to_ask(self, now: datetime) -> Self:
        """Both are to be asked how it goes."""
        return self.going().alive().filter(asks__lte=now)

    def going(self) -> Self:
        """Walking, and not on a break of the two."""
        return self.filter(state__in=GOING)

    def unheard(self, before: datetime) -> Self:
        """Walking, and no sign of the mentor since; without those of whose silence both were told already.

        A mentor who takes a break is not silent, and one who came back has a week, too.
        """
        sessions = apps.get_model("people", "Session").objects
        checkins = apps.get_model("matches", "MatchCheckIn").objects
        silences: SilenceQuerySet = apps.get_model("matches", "Silence").objects.all()
        was_here = sessions.filter(person=OuterRef("guide"), last_seen__gt=before)
        said = checkins.filter(match=OuterRef("pk"), person=OuterRef("guide"), answered__gt=before)
        visits = sessions.filter(person=OuterRef("match__guide"), last_seen__gt=OuterRef("heard"))
        told = silences.open().filter(~Exists(visits), match=OuterRef("pk"), noticed__gte=OuterRef("since"))
        quiet = self.going().primary().alive().filter(accepted__lte=before)
        quiet = quiet.exclude(mentor__state=MentorState.PAUSED)
        quiet = quiet.exclude(mentor__state=MentorState.ACTIVE, mentor__since__gt=before)
        quiet = quiet.filter(Q(guide_wrote=None) | Q(guide_wrote__lte=before))
        quiet = quiet.filter(Q(rested=timedelta()) | Q(since__lte=before))  # back from a break
        return quiet.filter(~Exists(was_here), ~Exists(said), ~Exists(told))

    def to_remind(self, now: datetime, *, before: timedelta) -> Self:
        """Offers whose time is nearly over, and whose mentor was not reminded."""
        return self.at(State.OFFERED).filter(reminded=False, until__lte=now + before)

    def best_first(self) -> Self:
        return self.order_by("-fit", "pk")

    def oldest_first(self) -> Self:
        return self.order_by("since", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-since", "pk")

    def ids(self) -> list[UUID]:
        """Their ids, in order."""
        return list(self.order_by("pk").values_list("pk", flat=True))

    def to_show(self) -> Self:
        return self.select_related("mentee", "guide", "program", "mentor", "request")

    def locked_one(self, match_id: UUID) -> "Match":
        """Its row, held against every other change. Raises Missing."""
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("mentee", "guide", "program", "request")
        found = rows.filter(pk=match_id).first()
        if found is None:
            raise Missing
        return found

    def locked(self, ids: Collection[UUID]) -> Self:
        """These rows, held in the order of their ids."""
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("mentee", "guide", "program", "request")
        return rows.filter(pk__in=ids).order_by("pk")
