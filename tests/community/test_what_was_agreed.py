"""A mentor reads on their own page what they agreed to, in the words they were shown, and when there are newer ones."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from community.consent import texts
from community.consent.models import ConsentRecord
from community.foundation import clock
from community.mentoring import services as mentoring
from community.mentoring.models import Mentor
from community.people import services as people
from groups.demo.services import World
from tests.community.desk import sent, words
from tests.community.mentoring import active

AGREED, ABOVE = "What you agreed to", "What you agree to"
NEWER = "There are newer words by now"


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for newer words, beside those there are."""
    for path in texts.FOLDER.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    texts.texts.cache_clear()
    yield tmp_path
    texts.texts.cache_clear()


def come_out(folder: Path) -> None:
    for language, said in (("en", "Who: somebody else now"), ("es", "Quién: ahora otra persona")):
        for wording in ("mentoring", "mentoring-sponsor"):
            (folder / f"{wording}.{newest() + 1}.{language}.txt").write_text(said, encoding="utf-8")
    texts.texts.cache_clear()


def newest() -> int:
    return texts.current("mentoring", "en").version


def page(world: World, mentor: Mentor) -> str:
    return unescape(words(world.ben, f"/mentoring/mine/{mentor.pk}/"))


def part(said: str, heading: str) -> str:
    """What stands under a heading, to the end of its card."""
    return said[said.index(f">{heading}<") :].partition("</dl>")[0]


def shown_to(world: World) -> list[str]:
    return [
        line.partition(": ")[2]
        for line in ConsentRecord.objects.live().get(person=world.ben, purpose="mentoring").parts
    ]


def test_it_is_the_text_they_were_shown_in_its_language_and_word(world: World) -> None:
    mentor = active(world)
    people.change(person=world.ben, wanted={"language": "es"})
    mentoring.set_policy(program=world.evening, wanted={"word": "sponsor"})
    said = part(page(world, mentor), "Lo que aceptaste")
    assert 'lang="en"' in said
    assert all(line in said for line in shown_to(world))


def test_when_newer_words_come_out_both_stand_there_and_the_page_says_so(world: World, newer: Path) -> None:
    mentor = active(world)
    before = shown_to(world)
    assert NEWER not in page(world, mentor)
    come_out(newer)
    said = page(world, mentor)
    assert "somebody else now" in part(said, ABOVE)
    assert all(line in part(said, AGREED) for line in before)
    assert "somebody else now" not in part(said, AGREED)
    assert NEWER in said


def test_once_they_agreed_again_it_is_the_newer_words(world: World, newer: Path) -> None:
    mentor = active(world)
    come_out(newer)
    assert sent(world.ben, f"/mentoring/mine/{mentor.pk}/agree/").status_code == 302
    said = page(world, mentor)
    assert "somebody else now" in part(said, AGREED)
    assert f">{ABOVE}<" not in said
    assert NEWER not in said


def test_who_took_it_back_reads_what_is_agreed_to_and_no_former_words(world: World) -> None:
    mentor = active(world)
    ConsentRecord.objects.live().filter(person=world.ben, purpose="mentoring").update(revoked=clock.now())
    said = page(world, mentor)
    assert f">{ABOVE}<" in said
    assert f">{AGREED}<" not in said
