"""Where two people stand, in plain words, for the one of them who reads."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.foundation.times import clock_time, date_words, weekday_words
from community.matches.models import Match
from community.matches.plans.codes import Kind, State
from community.people.models import Person


def people_words(count: int) -> str:
    """What a page with so many cards is called."""
    return {
        1: _("Somebody you might walk with"),
        2: _("Two people you might walk with"),
        3: _("Three people you might walk with"),
    }.get(count, _("People you might walk with"))


def ask_words(count: int) -> str:
    """What may be done with so many cards."""
    if count == 1:
        return _("They offered their time and have room. If you don’t ask, they never hear of it.")
    return _("Each of them offered their time and has room. Ask one. The others never hear of it.")


def status_words(match: Match, reader: Person) -> str:
    """Where two people stand, for one of them."""
    told = {"name": match.other(reader.pk).alias, "until": until_words(match.until, reader)}
    hoping = match.mentee_id == reader.pk
    if match.is_walking and match.kind == Kind.COVER:
        return (_("%(name)s stands in until %(until)s.") if hoping else _("You stand in until %(until)s.")) % told
    told |= {"began": _day(match.accepted, reader), "over": _day(match.since, reader)}
    return _standing(State(match.state), hoping=hoping) % told


def _standing(state: State, *, hoping: bool) -> str:
    if state == State.OFFERED and not hoping:
        return _("%(name)s would like to walk with you. You have until %(until)s to answer.")
    return {
        State.OFFERED: _("%(name)s has until %(until)s to answer. A no needs no reason, and you keep your place."),
        State.INTRODUCTORY: _(
            "The first two weeks, until %(until)s. On the twelfth day each of you is asked alone whether to keep going."
        ),
        State.PAUSED: _("You two are taking a break, until %(until)s at the latest. The place is held."),
        State.ACTIVE: _("You two are together, since %(began)s."),
        State.ENDED: _("You and %(name)s walked together until %(over)s."),
    }.get(state, _("%(name)s offered their time and has room."))


def until_words(until: datetime | None, reader: Person) -> str:
    """ "Tuesday, November 17, 6pm", on the clock of who reads."""
    if until is None:
        return ""
    local = until.astimezone(ZoneInfo(reader.zone))
    return pgettext("a day and a time", "{day}, {time}").format(day=weekday_words(local), time=clock_time(local))


def _day(at: datetime | None, reader: Person) -> str:
    return date_words(at.astimezone(ZoneInfo(reader.zone)).date()) if at else ""
