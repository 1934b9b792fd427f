"""How some of the demo's people say their days are: a letter a day, the last one yesterday; today is open. And what two

of them wrote for a hard hour, and one for an emergency.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial

from community.checkins import services as checkins
from community.checkins.models import Weather
from community.checkins.rules import today_of
from community.people.models import Person
from community.programs.models import Enrollment
from community.safetyplan import services as safetyplan
from community.safetyplan.plans import Part
from community.safetyplan.rules import ties_of
from community.sheets import services as sheets
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
#: What they wrote for a hard hour, and how many days ago.
PLANS: dict[str, tuple[int, dict[Part, str]]] = {
    "Ana": (
        2,
        {
            Part.SIGNS: "I stop answering my phone. Everything feels far away.",
            Part.ALONE: "Cold water on my hands. The long way round the block.",
            Part.REASON: "Nora's first day of school.",
        },
    ),
    "Marcus": (
        5,
        {
            Part.SIGNS: "Can't sleep two nights in a row.",
            Part.ALONE: "Radio on, cook something.",
            Part.AROUND: "The library. My cousin's garage.",
            Part.PEOPLE: "My cousin. He said any hour.",
            Part.HELPERS: "The clinic until six. 988 at night.",
            Part.PLACE: "My cousin keeps what I don't want in the house.",
            Part.REASON: "I want to see the garden again.",
        },
    ),
}
#: What would help if their life were in danger, and how many days ago they wrote it down.
SHEETS: dict[str, tuple[int, dict[str, str]]] = {
    "Ana": (
        4,
        {
            "name": "Ana",
            "place": "At my sister's, the blue door on the second floor.",
            "contact": "My sister, 201-555-0144",
            "relation": "My sister",
            "say": "Tell her I need her to come.",
            "health": "Penicillin makes me swell up.",
        },
    ),
}


def steps(person: Callable[[str], Person], now: datetime) -> Iterator[Step]:
    """Each said in the evening of its day."""
    for alias, letters in DAYS.items():
        for back, letter in zip(range(len(letters), 0, -1), letters, strict=True):
            if letter != ".":
                at = datetime.combine(now.date() - timedelta(days=back), EVENING, now.tzinfo)
                yield at, partial(_say, person, alias, back, LETTERS[letter])
    for alias, (back, parts) in PLANS.items():
        at = datetime.combine(now.date() - timedelta(days=back), EVENING, now.tzinfo)
        yield at, partial(_plan, person, alias, parts)
    for alias, (back, answers) in SHEETS.items():
        at = datetime.combine(now.date() - timedelta(days=back), EVENING, now.tzinfo)
        yield at, partial(_sheet, person, alias, answers)


def _say(person: Callable[[str], Person], alias: str, back: int, weather: Weather) -> None:
    one = person(alias)
    answers = {"weather": weather.value, **MORE.get((alias, back), {})}
    row = checkins.check_in(person=one, day=today_of(one), answers=answers)
    if (alias, back) in SHARED:
        enrollment = Enrollment.objects.open().of(one.pk).select_related("cohort").get()
        checkins.share(person=one, check_in=row, enrollment=enrollment)


def _plan(person: Callable[[str], Person], alias: str, parts: dict[Part, str]) -> None:
    one = person(alias)
    for part, words in parts.items():
        safetyplan.write(person=one, part=part, words=words)
    if alias == "Marcus":
        tie = ties_of(one)[0]
        safetyplan.share(person=one, tie_id=tie.id, reader_id=tie.reader.pk)


def _sheet(person: Callable[[str], Person], alias: str, answers: dict[str, str]) -> None:
    sheets.write_down(person=person(alias), answers=answers, agrees=True)
