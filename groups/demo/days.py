"""How some of the demo's people say their days are: a letter a day, the last one yesterday; today is open."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial

from community.checkins import services as checkins
from community.checkins.models import Weather
from community.checkins.rules import today_of
from community.people.models import Person
from community.programs.models import Enrollment
from groups.demo.stage import Step

LETTERS = {"x": Weather.STRUGGLING, "l": Weather.LOW, "o": Weather.OKAY, "t": Weather.STEADY, "g": Weather.GOOD}
EVENING = time(20, 40)
DAYS = {
    "Ana": "lo.olto",
    "Ben": "tgt..gtt.ggt",
    "Marcus": "ool.xlo.oototo.ttogto.",
    "Priya": "l.loxl.olo.ltoo",
    "Jo": "ot..ottg.totg.tt",
    "Colleen": "xll.olo.lloo",
    "Lupe": "otto.tgt.gt",
}
#: What else they said, by how many days ago.
MORE: dict[tuple[str, int], dict[str, str]] = {
    ("Ana", 7): {"sleep": "under_4", "connection": "alone"},
    ("Ana", 6): {
        "sleep": "4_to_6",
        "connection": "some",
        "note": "Read in the group a while. Didn't write anything yet.",
    },
    ("Ana", 4): {"sleep": "4_to_6", "connection": "some"},
    ("Ana", 3): {"connection": "alone", "note": "Long afternoon. Went for a walk before dinner instead."},
    ("Ana", 2): {"sleep": "6_to_8", "connection": "together", "note": "Slept through, first time in weeks."},
    ("Ana", 1): {"sleep": "6_to_8", "connection": "some"},
    ("Marcus", 3): {"sleep": "6_to_8", "connection": "together"},
    ("Marcus", 2): {
        "sleep": "4_to_6",
        "connection": "some",
        "note": "Job center tomorrow. A bit nervous, in a good way.",
    },
    ("Priya", 1): {"sleep": "6_to_8", "connection": "some"},
    ("Lupe", 1): {"sleep": "6_to_8", "connection": "together", "note": "Comida con mi hermana. Bien."},
}
#: Whom they let who leads their group read, by how many days ago.
SHARED = {("Ana", 2), ("Marcus", 2)}


def steps(person: Callable[[str], Person], now: datetime) -> Iterator[Step]:
    """Each said in the evening of its day."""
    for alias, letters in DAYS.items():
        for back, letter in zip(range(len(letters), 0, -1), letters, strict=True):
            if letter != ".":
                at = datetime.combine(now.date() - timedelta(days=back), EVENING, now.tzinfo)
                yield at, partial(_say, person, alias, back, LETTERS[letter])


def _say(person: Callable[[str], Person], alias: str, back: int, weather: Weather) -> None:
    one = person(alias)
    answers = {"weather": weather.value, **MORE.get((alias, back), {})}
    row = checkins.check_in(person=one, day=today_of(one), answers=answers)
    if (alias, back) in SHARED:
        enrollment = Enrollment.objects.open().of(one.pk).select_related("cohort").get()
        checkins.share(person=one, check_in=row, enrollment=enrollment)
