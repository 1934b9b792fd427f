"""What people agreed to: the exact words, once, and taken back at once."""

from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from community.audit.models import AuditEntry
from community.consent import services as consent
from community.consent import texts
from community.consent.models import ConsentRecord, Purpose
from community.foundation.errors import Invalid, Missing
from community.people import services as people
from groups.demo.services import World
from tests.doors import browser

#: Words once shown are never edited: new ones are a new version. What stands here is not to be changed either.
SHOWN = {
    ("alumni_room", 1, "en", ""): "939df58420dd1ad8a1b2a9ff66bac6ca6379e23b57db71db1d1285610af72c43",
    ("alumni_room", 1, "es", ""): "4601ae770e4ce57c1ddf939868d911670ae3080b01ccfd0e8db44df6025737a8",
}


@pytest.mark.parametrize("key", SHOWN, ids=lambda key: ".".join(map(str, key)))
def test_words_that_were_shown_are_what_they_were(key: tuple[str, int, str, str]) -> None:
    assert texts.texts()[key].digest == SHOWN[key]


def test_every_wording_stands_in_every_language() -> None:
    languages = {code for code, _label in settings.LANGUAGES}
    about = {(purpose, version, wording) for purpose, version, _language, wording in texts.texts()}
    whole = {(purpose, version, language, wording) for purpose, version, wording in about for language in languages}
    assert whole == set(texts.texts())


def test_another_wording_stands_beside_every_version_so_that_nobody_is_asked_again_for_a_word() -> None:
    worded = {(purpose, wording) for purpose, _version, _language, wording in texts.texts() if wording}
    assert worded == {("mentoring", "sponsor"), ("matched", "sponsor")}
    plain = {key[:3] for key in texts.texts() if not key[3]}
    for purpose, wording in worded:
        versions = {key[:3] for key in texts.texts() if (key[0], key[3]) == (purpose, wording)}
        assert versions == {key for key in plain if key[0] == purpose}


def test_every_wording_is_for_a_purpose_we_know() -> None:
    assert texts.purposes() <= set(Purpose.values)
    assert all(text.parts for text in texts.texts().values())


def test_a_record_names_the_words_that_were_shown(world: World) -> None:
    people.change(person=world.ana, wanted={"language": "es"})
    record = consent.give(person=world.ana, purpose="alumni_room", subject=f"group:{world.alumni.pk}")
    assert (record.language, record.version, record.channel) == ("es", 1, "page")
    assert record.digest == texts.current("alumni_room", "es").digest


def test_a_language_without_words_is_given_the_english_ones() -> None:
    assert texts.current("alumni_room", "tlh").language == "en"


def test_agreeing_again_to_the_same_words_is_one_record(world: World) -> None:
    first = consent.give(person=world.ana, purpose="alumni_room", subject="group:1")
    assert consent.give(person=world.ana, purpose="alumni_room", subject="group:1") == first
    assert consent.give(person=world.ana, purpose="alumni_room", subject="group:2") != first
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentRecord.objects.create(
            person=world.ana, purpose="alumni_room", subject="group:1", version=1, given=first.given, channel="page"
        )


def test_newer_words_replace_what_was_agreed_to_and_edit_nothing(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = consent.give(person=world.ana, purpose="alumni_room")
    (tmp_path / "alumni_room.2.en.txt").write_text("What: something else.\n")
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    texts.texts.cache_clear()
    try:
        second = consent.give(person=world.ana, purpose="alumni_room")
    finally:
        texts.texts.cache_clear()
    before = {**vars(first)}
    first.refresh_from_db()
    changed = {name for name, value in vars(first).items() if not name.startswith("_") and value != before[name]}
    assert changed == {"superseded"}
    assert (first.version, second.version) == (1, 2)
    assert list(ConsentRecord.objects.live().of(world.ana.pk)) == [second]


def test_it_is_taken_back_once_and_by_its_owner_alone(world: World) -> None:
    record = consent.give(person=world.ana, purpose="alumni_room")
    for other in (world.dana, world.ben):
        with pytest.raises(Missing):
            consent.revoke(person=other, record=record)
    taken = consent.revoke(person=world.ana, record=record)
    assert taken.revoked is not None
    assert consent.revoke(person=world.ana, record=record).revoked == taken.revoked
    assert not ConsentRecord.objects.live().of(world.ana.pk).exists()
    assert consent.give(person=world.ana, purpose="alumni_room") != record


@pytest.mark.parametrize("purpose", ["", "everything", "ALUMNI_ROOM", "roster"])
def test_nobody_agrees_to_what_has_no_words(world: World, purpose: str) -> None:
    with pytest.raises(Invalid):
        consent.give(person=world.ana, purpose=purpose)


def test_giving_and_taking_back_leave_an_entry_each(world: World) -> None:
    before = AuditEntry.objects.count()
    consent.revoke(person=world.ana, record=consent.give(person=world.ana, purpose="alumni_room"))
    rows = AuditEntry.objects.filter(number__gt=before).order_by("number")
    assert [(row.action, row.actor, row.reason) for row in rows] == [
        ("consent.give", world.ana.pk, "alumni_room"),
        ("consent.revoke", world.ana.pk, "alumni_room"),
    ]


SILENCE = ("you can read in your groups, and not write", "Desde ahora puedes leer en tus grupos")
ENDS = {
    Purpose.AGREEMENT: SILENCE,
    Purpose.ROOM: ("Your seat in that room ends at once", "Tu lugar en ese grupo termina de inmediato"),
    Purpose.DUTY: SILENCE,
    Purpose.ALUMNI_ROOM: ("Your seat in that room ends at once", "Tu lugar en ese grupo termina de inmediato"),
    Purpose.MENTORING: ("As a mentor you take a break at once", "Como mentor o mentora haces una pausa"),
    Purpose.MATCHED: ("your request is taken back at once", "tu petición se retira"),
    Purpose.EMERGENCY_SHEET: (
        "Every answer on your emergency sheet is erased",
        "cada respuesta de tu hoja de emergencia",
    ),
}


@pytest.mark.parametrize("purpose", Purpose.values)
def test_what_ends_when_it_is_taken_back_stands_beside_the_button_in_both_languages(world: World, purpose: str) -> None:
    subject = f"program:{world.evening.pk}" if purpose in {Purpose.MENTORING, Purpose.MATCHED} else ""
    record = consent.give(person=world.eli, purpose=purpose, subject=subject)
    for language, said in zip(("en", "es"), ENDS[Purpose(purpose)], strict=True):
        world.eli.language, world.eli.language_of_device = language, False
        world.eli.save()
        page = unescape(browser(world.eli).get("/settings/agreements/").content.decode())
        (of_this,) = [one for one in page.split("<section") if f"/{record.pk}/take-back/" in one]
        assert said in of_this
        others = {words for both in ENDS.values() for words in both} - set(ENDS[Purpose(purpose)])
        assert not [words for words in others if words in of_this]
