"""The rules no pair may break, the hours two people share, and what speaks for them."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.matching import windows
from community.matching.codes import NOT_FOR_STAFF, Code, Viewer, broken, seen
from community.matching.facts import Bonds, MenteeFacts, MentorFacts, Policy, Window, Wish, WishKind
from community.matching.fit import fit, reasons, worth_knowing

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
EVENINGS = (Window(1, 18 * 60, 21 * 60, "America/New_York"), Window(3, 18 * 60, 20 * 60, "America/New_York"))
ANA = MenteeFacts(
    id="request", person="ana", program="evening", track="addiction", opted_in=True, languages=("es", "en"),
    gender="woman", pathways=frozenset({"smart"}), windows=EVENINGS,
)  # fmt: skip
BEN = MentorFacts(
    id="mentor", person="ben", program="evening", track="addiction", opted_in=True, languages=("en",), gender="man",
    pathways=frozenset({"smart"}), windows=EVENINGS, adult=True, approved=True, available=True, free=1, places=2,
    tenure_days=365,
)  # fmt: skip
TWO = frozenset({"ana", "ben"})
NEEDS_A_WOMAN = Wish(WishKind.NEED, frozenset({"woman"}))
PLAIN_ZONES = ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Europe/Berlin", "America/St_Johns"]
windows_of_a_week = st.builds(
    Window, st.integers(0, 6), st.integers(0, 1439), st.integers(0, 1439), st.sampled_from(PLAIN_ZONES)
)


def told(mentee: MenteeFacts = ANA, mentor: MentorFacts = BEN, bonds: Bonds | None = None, **policy: Any) -> set[str]:
    found = broken(mentee, mentor, bonds=bonds or Bonds(), policy=Policy(**policy), week_of=MONDAY)
    return {code.value for code in found}


# --- the rules -------------------------------------------------------------------------------------------------------


def test_two_who_fit_break_no_rule() -> None:
    assert told() == set()


YOUNG = replace(ANA, minor=True, guardian_consent=True)
BREAKS: dict[str, tuple[MenteeFacts, MentorFacts, Bonds]] = {
    "same_person": (ANA, replace(BEN, person="ana"), Bonds()),
    "already_matched": (ANA, BEN, Bonds(open=frozenset({TWO}))),
    "other_clinic": (replace(ANA, across=True), replace(BEN, program="morning"), Bonds()),
    "not_opted_in": (replace(ANA, opted_in=False), BEN, Bonds()),
    "mentor_not_approved": (ANA, replace(BEN, approved=False), Bonds()),
    "mentor_unavailable": (ANA, replace(BEN, available=False), Bonds()),
    "capacity_full": (ANA, replace(BEN, free=0), Bonds()),
    "mentor_tenure": (ANA, replace(BEN, tenure_days=364), Bonds()),
    "mentor_minor": (ANA, replace(BEN, adult=False), Bonds()),
    "track": (replace(ANA, track="dual"), BEN, Bonds()),
    "blocked": (ANA, BEN, Bonds(blocked=frozenset({TWO}))),
    "no_rematch": (ANA, BEN, Bonds(no_rematch=frozenset({TWO}))),
    "conflict_of_interest": (ANA, BEN, Bonds(conflicts=frozenset({TWO}))),
    "gender_required": (replace(ANA, gender_wish=NEEDS_A_WOMAN), BEN, Bonds()),
    "language": (replace(ANA, languages=("es",)), BEN, Bonds()),
    "time_overlap": (replace(ANA, windows=(Window(1, 18 * 60, 18 * 60 + 59, "America/New_York"),)), BEN, Bonds()),
}


@pytest.mark.parametrize("code", BREAKS)
def test_each_rule_is_told_alone_where_it_alone_is_broken(code: str) -> None:
    mentee, mentor, bonds = BREAKS[code]
    assert told(mentee, mentor, bonds) == {code}


def test_there_are_eighteen_rules_and_all_that_are_broken_are_told() -> None:
    mentee = replace(
        ANA, person="ben", minor=True, opted_in=False, languages=(), windows=(), gender_wish=NEEDS_A_WOMAN, track="teen"
    )
    mentor = replace(BEN, program="morning", adult=False, approved=False, available=False, free=0, tenure_days=None)
    alone = frozenset({frozenset({"ben"})})
    assert told(mentee, mentor, Bonds(alone, alone, alone, alone)) == set(Code)
    assert len(Code) == 18


def test_a_minor_needs_a_program_that_allows_it_a_cleared_mentor_and_a_guardian() -> None:
    cleared = replace(BEN, youth_cleared=True)
    assert told(YOUNG, cleared, minors=True) == set()
    assert told(YOUNG, BEN, minors=True) == {"youth_clearance"}
    assert told(replace(YOUNG, guardian_consent=False), cleared, minors=True) == {"guardian_consent"}
    assert told(YOUNG, cleared) == {"youth_clearance", "guardian_consent"}


def test_people_of_two_programs_meet_only_where_both_wish_it() -> None:
    away = replace(BEN, program="morning", across=True)
    assert told(replace(ANA, across=True), away) == set()
    assert told(ANA, away) == {"other_clinic"}


@pytest.mark.parametrize("own", ["teen", "eating_disorder"])
def test_no_policy_opens_a_track_that_only_its_own_serve(own: str) -> None:
    table = {own: frozenset({"addiction", own}), "addiction": frozenset({"addiction", own})}
    assert told(replace(ANA, track=own), mentor_tracks=table) == {"track"}
    assert told(ANA, replace(BEN, track=own), mentor_tracks=table) == {"track"}
    assert told(replace(ANA, track=own), replace(BEN, track=own), mentor_tracks={}) == set()
    assert told(replace(ANA, track="dual"), mentor_tracks={"dual": frozenset({"addiction"})}) == set()


genders = st.sampled_from(["", "woman", "man", "nonbinary"])
wishes = st.builds(Wish, st.sampled_from(WishKind), st.frozensets(genders.filter(bool)))


@given(genders, wishes, genders, wishes)
def test_a_need_holds_both_ways_and_who_did_not_say_meets_none(mine: str, my: Wish, theirs: str, their: Wish) -> None:
    found = told(replace(ANA, gender=mine, gender_wish=my), replace(BEN, gender=theirs, gender_wish=their))
    fine_for_me = my.kind != WishKind.NEED or (theirs != "" and theirs in my.of)
    fine_for_them = their.kind != WishKind.NEED or (mine != "" and mine in their.of)
    assert found == (set() if fine_for_me and fine_for_them else {"gender_required"})


@given(found=st.frozensets(st.sampled_from(Code)), asks=st.booleans(), offers=st.booleans(), my=wishes, their=wishes)
def test_nobody_is_told_what_is_not_theirs_to_know(
    *,
    found: frozenset[Code],
    asks: bool,
    offers: bool,
    my: Wish,
    their: Wish,
) -> None:
    mentee = replace(ANA, opted_in=asks, gender_wish=my)
    mentor = replace(BEN, opted_in=offers, gender_wish=their)
    to_mentee, to_mentor, to_staff = (seen(found, mentee, mentor, by=viewer) for viewer in Viewer)
    staff_alone = {
        Code.BLOCKED, Code.NO_REMATCH, Code.CONFLICT_OF_INTEREST, Code.TRACK, Code.OTHER_CLINIC, Code.MENTOR_MINOR,
        Code.YOUTH_CLEARANCE, Code.GUARDIAN_CONSENT,
    }  # fmt: skip
    assert not (to_mentee | to_mentor) & staff_alone
    assert not to_mentee & {Code.MENTOR_TENURE, Code.CAPACITY_FULL, Code.MENTOR_NOT_APPROVED, Code.MENTOR_UNAVAILABLE}
    not_now = {Code.MENTOR_UNAVAILABLE} if Code.MENTOR_TENURE in found else set()
    assert to_staff == (found - NOT_FOR_STAFF) | not_now
    assert not asks or Code.NOT_OPTED_IN not in to_mentee
    assert not offers or Code.NOT_OPTED_IN not in to_mentor
    if my.kind != WishKind.NEED:
        assert Code.GENDER_REQUIRED not in to_mentee
    if their.kind != WishKind.NEED:
        assert Code.GENDER_REQUIRED not in to_mentor


# --- the hours -------------------------------------------------------------------------------------------------------


def is_free(window: Window, moment: datetime) -> bool:
    """Look at the clock on the wall, and at the calendar beside it."""
    there = moment.astimezone(ZoneInfo(window.zone))
    now = there.hour * 60 + there.minute
    if window.start < window.end:
        return there.weekday() == window.weekday and window.start <= now < window.end
    return (there.weekday() == window.weekday and now >= window.start) or (
        (there.weekday() - 1) % 7 == window.weekday and now < window.end
    )


@settings(max_examples=30)  # each looks at ten thousand minutes
@given(st.lists(windows_of_a_week, max_size=4), st.lists(windows_of_a_week, max_size=4))
def test_hours_are_those_at_which_both_clocks_say_so(mine: list[Window], theirs: list[Window]) -> None:
    """Minute by minute of a week in which no clock is changed."""
    week = datetime(2026, 1, 12, 5, 17, tzinfo=UTC)
    found = windows.together(mine, theirs, week)
    both = 0
    for minute in range(7 * 24 * 60):
        moment = week + timedelta(minutes=minute)
        both += any(is_free(one, moment) for one in mine) and any(is_free(one, moment) for one in theirs)
    assert windows.minutes(found) == both
    assert all(begin < end for begin, end in found)
    assert found == windows.together(theirs, mine, week)


@given(
    st.lists(windows_of_a_week, max_size=5),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the strategy adds the zone
)
def test_in_any_week_of_the_year_no_hour_counts_twice_or_lies_outside(mine: list[Window], week: datetime) -> None:
    found = windows.spans(mine, week)
    moments = [moment for span in found for moment in span]
    assert moments == sorted(moments)
    assert all(week <= moment <= week + timedelta(days=7) for moment in moments)
    at_most = sum(((one.end - one.start - 1) % 1440) + 1 + 60 for one in mine)  # a clock put back adds an hour
    assert windows.minutes(found) <= at_most


def test_a_clock_that_changes_makes_the_night_longer_or_shorter() -> None:
    night = [Window(6, 0, 6 * 60, "America/New_York")]  # Sunday, midnight to six
    lengths = {
        day: windows.minutes(windows.spans(night, datetime(2026, *day, tzinfo=UTC)))
        for day in ((3, 4), (7, 1), (10, 28))
    }
    assert lengths == {(3, 4): 300, (7, 1): 360, (10, 28): 420}


def test_a_window_over_midnight_goes_on_and_one_without_end_is_a_day() -> None:
    late = [Window(6, 23 * 60, 60, "Europe/Berlin")]
    assert windows.minutes(windows.spans(late, MONDAY)) == 120
    assert windows.minutes(windows.together(late, [Window(0, 0, 30, "Europe/Berlin")], MONDAY)) == 30
    assert windows.minutes(windows.spans([Window(2, 600, 600, "UTC")], MONDAY)) == 1440


def test_two_zones_meet_in_utc() -> None:
    mine, theirs = (
        [Window(1, 18 * 60, 20 * 60, "America/New_York")],
        [Window(1, 15 * 60, 17 * 60, "America/Los_Angeles")],
    )
    assert windows.minutes(windows.together(mine, theirs, MONDAY)) == 120


@pytest.mark.parametrize("zone", ["Nowhere/Town", "", "../etc/passwd", "America", "UTC\0"])
def test_a_zone_nobody_knows_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="there is no zone"):
        windows.spans([Window(0, 0, 60, zone)], MONDAY)


@pytest.mark.parametrize("wrong", [(7, 0, 60), (-1, 0, 60), (0, 1440, 60), (0, 0, 1440), (0, -1, 60)])
def test_a_window_that_no_week_has_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="a window"):
        Window(*wrong, "UTC")


@given(st.sampled_from(sorted(available_timezones())), st.integers(0, 6))
def test_every_zone_there_is_has_its_hours(zone: str, weekday: int) -> None:
    assert 0 < windows.minutes(windows.spans([Window(weekday, 600, 720, zone)], MONDAY)) <= 240


# --- the fit ---------------------------------------------------------------------------------------------------------

some = st.frozensets(st.sampled_from(["a", "b", "c", "d"]))


@st.composite
def two(draw: st.DrawFn) -> tuple[MenteeFacts, MentorFacts]:
    def said() -> dict[str, Any]:
        return {
            "languages": tuple(draw(st.lists(st.sampled_from(["en", "es"]), unique=True))),
            "gender": draw(genders), "gender_wish": draw(wishes), "pathways": draw(some), "life_stages": draw(some),
            "values": draw(some), "birth_year": draw(st.none() | st.integers(1940, 2010)),
            "style": draw(st.sampled_from(["", "listener", "structured"])),
            "windows": tuple(draw(st.lists(windows_of_a_week, max_size=3))),
        }  # fmt: skip

    places = draw(st.integers(0, 5))
    mentor = replace(BEN, **said(), places=places, free=draw(st.integers(0, places)),
                     days_since_match=draw(st.none() | st.integers(0, 400)))  # fmt: skip
    return replace(ANA, **said()), mentor


@given(two())
def test_a_fit_is_a_whole_number_of_a_thousand_nearer_to_the_lower_side(pair: tuple[MenteeFacts, MentorFacts]) -> None:
    found = fit(*pair, MONDAY)
    low, high = sorted((found.mentee.total, found.mentor.total))
    assert 0 <= low <= found.total <= (low + high) / 2 <= high <= 1000
    assert found.total == int(((low + high) / 2) / 2 + low / 2)
    for parts in (found.mentee, found.mentor):
        most = {
            "hours": 250,
            "pathway": 200,
            "life_stage": 150,
            "values": 150,
            "wishes": 125,
            "room": 75,
            "program": 50,
        }
        assert all(0 <= getattr(parts, name) <= points for name, points in most.items())


@given(two())
def test_every_reason_is_true_of_both(pair: tuple[MenteeFacts, MentorFacts]) -> None:
    for own, other in (pair, pair[::-1]):
        found = reasons(own, other, MONDAY)
        assert len(found) <= 3
        assert max(Counter(reason.code for reason in found).values(), default=1) == 1
        for reason in found:
            about = set(reason.about)
            match reason.code:
                case "pathway":
                    assert about == own.pathways & other.pathways
                case "life_stage":
                    assert about == own.life_stages & other.life_stages
                case "values":
                    assert about == own.values & other.values
                case "language":
                    assert about <= set(own.languages) & set(other.languages)
                case "gender":
                    assert about == {other.gender} & own.gender_wish.of
                    assert own.gender_wish.kind != WishKind.ANY
                case "style":
                    assert about == {own.style} == {other.style}
                case "hours":
                    assert windows.together(own.windows, other.windows, MONDAY)
                case code:
                    assert code == "program"


def test_everything_in_common_is_a_thousand() -> None:
    same: dict[str, Any] = {
        "languages": ("en",), "life_stages": frozenset({"parent"}), "values": frozenset({"a", "b", "c"}),
        "birth_year": 1990, "style": "listener",
    }  # fmt: skip
    found = fit(replace(ANA, **same), replace(BEN, **same, places=1, free=1), MONDAY)
    assert (found.mentee.total, found.mentor.total, found.total) == (1000, 1000, 1000)


def test_one_honest_thing_is_said_where_there_is_one() -> None:
    assert worth_knowing(ANA, BEN, MONDAY) is None
    west = replace(BEN, windows=(Window(1, 15 * 60, 18 * 60, "America/Los_Angeles"),))
    known = worth_knowing(ANA, west, MONDAY)
    assert known is not None
    assert (known.code, known.about) == ("time_difference", ("-180",))
    short = worth_knowing(ANA, replace(BEN, windows=(Window(1, 18 * 60, 19 * 60, "America/New_York"),)), MONDAY)
    assert short is not None
    assert short.code == "few_hours"
    other = worth_knowing(ANA, replace(BEN, pathways=frozenset({"faith"})), MONDAY)
    assert other is not None
    assert (other.code, other.about) == ("other_pathway", ("faith",))
