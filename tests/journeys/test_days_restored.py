"""A day somebody said yes to, and a backup from before it, from after it, and from long before."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from os import environ
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from community.foundation import clock
from tests.browser.site import Site
from tests.copies import database_of_its_own, migrated_database
from tests.journeys.test_backup import back_up, restore

pytestmark = [pytest.mark.slow, pytest.mark.once]

ZONE = ZoneInfo("America/New_York")  # of Ana

YES = """
from community.people.models import Person
from groups.celebrations import services as celebrations
from groups.celebrations.models import Celebration
from groups.membership.models import Group
ana = Person.objects.at("ana@porchlight.test").get()
(asked,) = Celebration.objects.of(ana.pk).asking()
celebrations.answer(person=ana, celebration=asked, groups=[Group.objects.open_to(ana.pk).get().pk], words="Mine.")
"""

TELL = """
from groups.celebrations.models import Celebration
from groups.chat.models import Message
states = list(Celebration.objects.values_list("code", "state"))
print(states, list(Message.objects.filter(kind="celebration").values_list("body", flat=True)))
"""

CARD = "[('d30', 'posted')] ['Ana has 30 days\\nMine.']"
NONE = "[('d30', 'yes')] []"


class Life:
    """The five people's place, without a server: days pass, and the worker's round is done by hand."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.site = Site(environment=environment, log=folder / "site.log")

    def it_is(self, days: int) -> None:
        """Noon, so many days from today, where Ana lives."""
        today = clock.now().astimezone(ZONE).replace(hour=12, minute=0, second=0, microsecond=0)
        ahead = (today + timedelta(days=days)).astimezone(UTC) - clock.now()
        self.site.environment["TURNED"] = str(ahead.total_seconds())

    def round(self) -> str:
        """One round of the worker, and what stands then."""
        self.site.manage("upkeep")
        return self.tell()

    def tell(self) -> str:
        return self.site.python(TELL).strip()

    def comes_back(self, copy: Path) -> None:
        """Everything is lost, and nothing runs; what was kept is restored, as docs/operating.md says."""
        self.site.dismiss()
        assert restore(self.site, copy) == 0
        self.site.manage("migrate", "--verbosity", "0")
        self.site.manage("restored")


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    with database_of_its_own(migrated_database()) as stores:
        turned = {"DJANGO_SETTINGS_MODULE": "tests.browser.turned", "PORCHLIGHT_DATA": str(tmp_path)}
        life = Life({**environ, **stores, **turned}, tmp_path)
        life.it_is(0)
        life.site.manage("demo", "--seed-only", "--five")
        life.round()  # Ana is asked about tomorrow
        life.site.python(YES)
        yield life
        life.site.dismiss()


def test_a_day_that_is_restored_is_shared_once_whether_it_was_posted_before_the_backup_or_after(
    life: Life, tmp_path: Path
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    assert life.tell() == NONE
    back_up(life.site, before)
    life.it_is(1)
    assert life.round() == CARD
    back_up(life.site, after)

    life.comes_back(before)
    assert life.tell() == NONE
    assert life.round() == CARD  # not lost with what came after the backup
    assert life.round() == CARD

    life.comes_back(after)
    assert life.tell() == CARD
    assert life.round() == CARD  # and not once more


def test_an_old_backup_waits_for_a_word_and_then_shares_what_is_not_too_late(life: Life, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    back_up(life.site, copy)
    life.it_is(3)
    life.comes_back(copy)
    assert life.round() == NONE
    assert "They stand still" in life.site.manage("celebrations")
    assert "They go on" in life.site.manage("celebrations", "--continue")
    assert life.round() == CARD
    assert life.round() == CARD
