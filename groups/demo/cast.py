"""Who else is in the demo: cohorts, who leads them, and when everybody came, moved on, finished or left.

Days are counted as the rooms' conversations count them (``script.Moment``), so that nobody speaks before they came.
"""

from dataclasses import dataclass
from datetime import time

from community.programs.models import Admission, PhaseKind, Track, Weekday
from groups.demo.script import Moment

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


def on(weeks: int, weekday: int = MON, hour: int = 9, minute: int = 0) -> Moment:
    """That weekday, so many weeks ago."""
    return Moment(weeks=weeks, weekday=int(weekday), at=time(hour, minute))


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One cohort and its room. ``key`` names the file of its conversation; ``program`` is a track (code)."""

    key: str
    name: str
    program: Track
    lead: str
    where: str
    times: tuple[tuple[int, int, int], ...]  # weekday, hour, minutes
    opened: Moment
    ends: Moment | None = None
    language: str = ""

    @property
    def admission(self) -> Admission:
        return Admission.CLOSED if self.ends else Admission.ROLLING


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One episode of one person. ``moved``: into which step of care, when. ``says_yes``: to the alumni room.

    ``shares``: when they marked that they finished, in all their rooms, with these ``words``.
    """

    who: str
    room: str
    came: Moment
    first: PhaseKind = PhaseKind.IOP
    moved: tuple[tuple[PhaseKind, Moment], ...] = ()
    finished: Moment | None = None
    says_yes: Moment | None = None
    shares: Moment | None = None
    words: str = ""
    left: Moment | None = None
    tells: bool = False  # that the room is told their time in it ended
    away: Moment | None = None


FOUNDED = on(37)
#: Where people who do not live by New York's clock live, and who reads Spanish.
ZONES = {
    "Nadia": "America/Denver", "Stan": "America/Chicago", "Joyce": "America/Chicago", "Ellen": "America/Los_Angeles",
}  # fmt: skip
SPANISH = ("Chelo", "Beto", "Yesi", "Nacho", "Araceli", "Memo", "Marisol", "Lupe")
#: Whom staff called otherwise on the card they came in with.
CARD_NAMES = {"Kit": "Katherine S", "Jo": "Joanna", "Lupe": "Guadalupe R", "Dot": "Dorothy", "Len": "Leonard B"}

PROGRAMS = (
    ("Bridge program", Track.DUAL, ""),
    ("Compass program", Track.TEEN, "13-17"),
    ("Willow program", Track.EATING_DISORDER, ""),
)

ROOMS = (
    Room(
        key="mornings", name="Weekday mornings", program=Track.ADDICTION, lead="Ruth", where="Room 1, 14 Elm Street",
        times=((MON, 9, 180), (WED, 9, 180), (FRI, 9, 180)), opened=on(30),
    ),
    Room(
        key="monday", name="Monday evening group", program=Track.ADDICTION, lead="Dana", where="Room 2, 14 Elm Street",
        times=((MON, 18, 180), (WED, 18, 180), (THU, 18, 180)), opened=on(35), ends=on(23, THU),
    ),
    Room(
        key="jueves", name="Grupo de los jueves", program=Track.ADDICTION, lead="Marisol",
        where="Salón 3, 14 Elm Street", times=((MON, 18, 180), (THU, 18, 180), (SAT, 10, 180)), opened=on(30),
        language="es",
    ),
    Room(
        key="bridge", name="Bridge afternoons", program=Track.DUAL, lead="Imani", where="Room 4, 14 Elm Street",
        times=((MON, 13, 180), (WED, 13, 180), (THU, 13, 180)), opened=on(30),
    ),
    Room(
        key="afterschool", name="After-school group", program=Track.TEEN, lead="Wes", where="The beanbag room",
        times=((MON, 16, 120), (TUE, 16, 120), (THU, 16, 120)), opened=on(30),
    ),
    Room(
        key="willow", name="Willow midday group", program=Track.EATING_DISORDER, lead="Noor",
        where="The long table, third floor", times=((MON, 12, 180), (WED, 12, 180), (FRI, 12, 180)), opened=on(30),
    ),
)  # fmt: skip

#: Rooms of those who finished; the Evening program's is there already.
ALUMNI_ROOMS = (
    ("harbor_alumni", "Harbor, still", Track.MENTAL_HEALTH),
    ("bridge_alumni", "Far side", Track.DUAL),
    ("willow_alumni", "Willow, onward", Track.EATING_DISORDER),
)

#: Who leads a cohort that is there already; Dana leads hers.
LEADS = (("Theo", "harbor"),)
#: Who runs the house.
ADMINISTRATOR = "Gail"
TEAM = ("Gail", "Ruth", "Marisol", "Theo", "Imani", "Wes", "Noor")

TAPER, PHP, RESIDENTIAL, OUTPATIENT = PhaseKind.TAPER, PhaseKind.PHP, PhaseKind.RESIDENTIAL, PhaseKind.OUTPATIENT
IOP = PhaseKind.IOP

KEPT_APART = ("Marcus", "Gene", ADMINISTRATOR)
KEPT_APART_WHY = "They were married, and there is a protective order."
STAYS = (
    # Tuesday evening group
    Stay(
        who="Rowan", room="tuesday", came=on(29), moved=((TAPER, on(22)),),
        finished=on(20, SAT), says_yes=on(20, SUN),
    ),
    Stay(
        who="Nadia", room="tuesday", came=on(28), moved=((TAPER, on(23)),),
        finished=on(21, SAT), says_yes=on(19, WED),
    ),
    Stay(who="Walt", room="tuesday", came=on(14), first=PHP, moved=((IOP, on(11)), (TAPER, on(1, MON)))),
    Stay(who="Tess", room="tuesday", came=on(13), first=RESIDENTIAL, moved=((IOP, on(10)),)),
    Stay(who="Lupe", room="tuesday", came=on(12), moved=((TAPER, on(1, THU)),)),
    Stay(who="Marcus", room="tuesday", came=on(9, TUE)),
    Stay(who="Jo", room="tuesday", came=on(8, THU)),
    Stay(who="Priya", room="tuesday", came=on(6, TUE)),
    Stay(who="Shawn", room="tuesday", came=on(5, SAT)),
    Stay(who="Kit", room="tuesday", came=on(4, TUE)),
    # Weekday mornings
    Stay(
        who="Maribel", room="mornings", came=on(13), moved=((TAPER, on(3)),), finished=on(1, FRI, 12, 30),
        says_yes=on(1, SAT, 9, 20), shares=on(1, SAT, 9, 40),
        words="The first week I kept my coat on. Yesterday I forgot it on the hook and had to come back for it.",
    ),
    Stay(who="Otis", room="mornings", came=on(11, WED), first=PHP, moved=((IOP, on(9)), (TAPER, on(1)))),
    Stay(who="Gene", room="mornings", came=on(9)),
    Stay(who="Suki", room="mornings", came=on(8, FRI)),
    Stay(who="Hallie", room="mornings", came=on(6)),
    Stay(who="Len", room="mornings", came=on(5), left=on(1, WED, 17), tells=True),
    Stay(who="Dot", room="mornings", came=on(5, WED), away=on(1, TUE)),
    Stay(who="Darnell", room="mornings", came=on(4, WED)),
    Stay(who="Vern", room="mornings", came=on(2, MON, 8)),  # back: he finished on Mondays once
    # Monday evening group: together from the first day to the last
    *(
        Stay(who=who, room="monday", came=on(35, day), finished=on(23, THU, 22), says_yes=yes)
        for who, day, yes in (
            ("Rosa", MON, on(22, MON)), ("Ike", MON, on(22, SAT)), ("Bev", MON, on(22, TUE)),
            ("Lamont", WED, on(21, MON)), ("Vern", WED, None),
        )
    ),
    # Harbor mornings
    Stay(who="Iris", room="harbor", came=on(27), finished=on(17, THU), says_yes=on(17, FRI)),
    Stay(who="Tomas", room="harbor", came=on(25), finished=on(15, THU), says_yes=on(14, MON)),
    Stay(
        who="Joyce", room="harbor", came=on(24), moved=((OUTPATIENT, on(14)),),
        finished=on(12, THU), says_yes=on(12, FRI),
    ),
    Stay(who="Colleen", room="harbor", came=on(10)),
    Stay(who="Mack", room="harbor", came=on(9), first=PHP, moved=((IOP, on(7)),)),
    Stay(who="Grace", room="harbor", came=on(7)),
    Stay(who="Fern", room="harbor", came=on(6, TUE)),
    Stay(who="Amir", room="harbor", came=on(5, TUE)),
    Stay(who="Jude", room="harbor", came=on(4)),
    # Bridge afternoons
    Stay(who="Gloria", room="bridge", came=on(28), finished=on(14, THU), says_yes=on(13, MON)),
    Stay(who="Stan", room="bridge", came=on(26), finished=on(12, WED), says_yes=on(12, SUN)),
    Stay(who="Ray", room="bridge", came=on(20), moved=((TAPER, on(2)),)),
    Stay(who="Simone", room="bridge", came=on(19), moved=((TAPER, on(4)), (OUTPATIENT, on(1, THU)))),
    Stay(who="Peter", room="bridge", came=on(17, MON, 8), left=on(16, THU, 17)),
    Stay(who="Peter", room="bridge", came=on(2, MON, 9)),  # back
    Stay(who="Dell", room="bridge", came=on(8), first=RESIDENTIAL, moved=((PHP, on(7)), (IOP, on(5)))),
    Stay(who="Chris", room="bridge", came=on(7, WED)),
    Stay(who="Nia", room="bridge", came=on(5, THU)),
    Stay(who="Yara", room="bridge", came=on(4)),
    # After-school group
    Stay(who="Quinn", room="afterschool", came=on(9)),
    Stay(who="Juniper", room="afterschool", came=on(8, TUE)),
    Stay(who="Marz", room="afterschool", came=on(6, THU)),
    Stay(who="Kai", room="afterschool", came=on(6)),
    Stay(who="Pixel", room="afterschool", came=on(5, TUE)),
    Stay(who="Bee", room="afterschool", came=on(3, TUE)),
    # Willow midday group
    Stay(
        who="Ellen", room="willow", came=on(28), first=PHP, moved=((IOP, on(24)),),
        finished=on(13, FRI), says_yes=on(13, SUN),
    ),
    Stay(who="Maya", room="willow", came=on(26), finished=on(11, FRI), says_yes=on(11, FRI, 20)),
    Stay(who="Joan", room="willow", came=on(10)),
    Stay(who="Alice", room="willow", came=on(8, WED), first=PHP, moved=((IOP, on(6)),)),
    Stay(who="Nico", room="willow", came=on(7)),
    Stay(who="Cora", room="willow", came=on(6, FRI)),
    Stay(who="Harper", room="willow", came=on(4, WED), first=PHP, moved=((IOP, on(2)),)),
    # Grupo de los jueves
    Stay(who="Memo", room="jueves", came=on(12), moved=((TAPER, on(1)),)),
    Stay(who="Nacho", room="jueves", came=on(11, THU)),
    Stay(who="Chelo", room="jueves", came=on(10)),
    Stay(who="Beto", room="jueves", came=on(8, SAT)),
    Stay(who="Araceli", room="jueves", came=on(6)),
    Stay(who="Yesi", room="jueves", came=on(4, THU)),
)  # fmt: skip

#: Asked to host beside who leads: who, where, since when.
HOSTS = (("Ben", "monday", on(26)), ("Rowan", "mornings", on(18)))
