"""Accounts: an address that is found, a name that is fit for a room, and what only the law needs to know."""

import base64
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from community.foundation.crypto import Unreadable, seal, unseal
from community.foundation.errors import Conflict, Invalid, NotAllowed
from community.people import services as people
from community.people.models import Block, Identity, Person
from community.people.rules import clean_alias, folded
from groups.demo.services import World


def test_an_address_is_kept_in_lower_case_and_found_in_any(db: None) -> None:
    fay = people.create(alias="Fay", address="  Fay@Porchlight.TEST ")
    assert fay.address == "fay@porchlight.test"
    assert Person.objects.at("FAY@porchlight.test ").get() == fay


def test_an_address_belongs_to_one_person(world: World) -> None:
    with pytest.raises(Conflict):
        people.create(alias="Fay", address="ANA@porchlight.test")


def test_the_database_refuses_an_address_twice_or_in_capitals(world: World) -> None:
    for address in ("ben@porchlight.test", "Ana@porchlight.test"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=world.ana.pk).update(address=address)


def test_many_people_may_have_no_address(db: None) -> None:
    assert [people.create(alias=name, address=none).address for name, none in (("Fay", None), ("Gus", ""))] == [
        None
    ] * 2


def test_who_has_no_password_signs_in_with_none(db: None) -> None:
    fay = people.create(alias="Fay", address="fay@porchlight.test")
    assert not fay.has_usable_password()
    assert not fay.check_password("")


@pytest.mark.parametrize(
    "alias",
    [
        "A",
        "Ana",
        "Ana M.",
        "José",
        "Nguyễn",
        "李",
        "Ana-María",
        "O'Neil",
        "x" * 40,
        "Sun ☀️",
        "Quiet River",
        "Ana 2",
        "Andrea",
        "Modesta",
        "\u0938\u094d\u0924\u094d\u0930\u0940",
        "\u05d0\u05b8\u05e0\u05b8\u05d4",
    ],
)
def test_a_name_for_the_group_may_be_any_name(alias: str) -> None:
    assert clean_alias(alias)


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("", "blank"), ("   ", "blank"), ("\u200b", "blank"), ("\u3164", "blank"), ("x" * 41, "too_long"),
        ("\u0958" * 21, "too_long"), ("Ana\u202eneB", "characters"), ("Ana\u200d", "characters"),
        ("Ana\u00ad", "characters"), ("Ana\u3164", "characters"), ("Ana\u2800", "characters"),
        ("Ana\nBen", "characters"), ("Ana\tB", "characters"), ("Ana\u2028", "characters"), ("Ana\ue000", "characters"),
        ("Ana\x00", "characters"), ("Ana\ud800", "characters"), ("ana@porchlight.test", "contact"),
        ("555-123-4567", "contact"), ("Ana (555) 123 4567", "contact"), ("Ana 5551234567", "contact"),
        ("05/01/1990", "contact"), ("1990-05-01", "contact"), ("05.01.90", "contact"), ("https://ana", "contact"),
        ("Admin", "staff_like"), ("MODERATOR", "staff_like"), ("M\u043ederator", "staff_like"),
        ("Moderator Ana", "staff_like"), ("the staff", "staff_like"), ("Dana (Facilitator)", "staff_like"),
        ("former  member", "staff_like"), ("On-Call", "staff_like"), ("\uff33taff", "staff_like"),
        ("Dr. Smith", "staff_like"), ("Dra. Ruiz", "staff_like"), ("Coordinator", "staff_like"),
        ("adm1n", "staff_like"), ("M0DERATOR", "staff_like"), ("Facilitators", "staff_like"), ("Mod Ana", "staff_like"),
        ("\u0301", "characters"), ("A" + "\u0301" * 30, "characters"), ("\u0301Ana", "characters"),
        (5, "type"), (None, "type"), (["Ana"], "type"),
    ],
)  # fmt: skip
def test_a_name_that_hides_or_gives_away_is_refused(alias: object, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_alias(alias)
    assert refused.value.code == code


def test_a_name_is_kept_composed_and_without_spaces_around_it() -> None:
    assert clean_alias("  Jose\u0301 ") == "Jos\u00e9"


def test_names_that_are_drawn_alike_are_the_same_name() -> None:
    assert len({folded(name) for name in ("Ben", "BEN", " b\u0435n", "\uff22\uff45\uff4e", "Ben\ufe0f")}) == 1
    assert len({folded(name) for name in ("Ian", "lan", "1an", "\u0131an", "\u0406an")}) == 1
    assert folded("Bo") == folded("B0")
    assert folded("José") != folded("Jose")


def test_a_block_is_silent_one_way_and_the_same_twice(world: World) -> None:
    first = people.block(person=world.ana, other=world.ben)
    assert people.block(person=world.ana, other=world.ben) == first
    people.unblock(person=world.ben, other=world.ana)
    assert Block.objects.count() == 1
    people.unblock(person=world.ana, other=world.ben)
    people.unblock(person=world.ana, other=world.ben)
    assert not Block.objects.exists()
    with pytest.raises(NotAllowed):
        people.block(person=world.ana, other=world.ana)


# --- legal name and birth date ---------------------------------------------------------------------------------------


def identity(person: Person) -> Identity:
    row = Identity(person=person)
    row.keep(legal_name="Anastasia Marlowe", birth_date=date(1990, 5, 1))
    row.save()
    return Identity.objects.get(person=person)


def test_a_legal_name_is_read_and_its_row_is_not(world: World) -> None:
    kept = identity(world.ana)
    assert (kept.legal_name, kept.birth_date) == ("Anastasia Marlowe", date(1990, 5, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_identity")
        raw = repr(cursor.fetchall())
    assert not any(word in raw for word in ("Anastasia", "Marlowe", "1990"))


@pytest.mark.parametrize("alias", ["Marlowe", "Ana Marlowe", "ANASTASIA  MARLOWE", "Ana-Marlowe"])
def test_a_name_in_the_room_never_holds_the_last_name_of_the_law(world: World, alias: str) -> None:
    identity(world.ana)
    with pytest.raises(Invalid) as refused:
        people.change(person=world.ana, wanted={"alias": alias})
    assert refused.value.code == "legal_name"
    assert people.change(person=Person.objects.get(pk=world.ana.pk), wanted={"alias": "Anastasia M."}).alias


def test_the_same_name_twice_is_sealed_in_two_ways(world: World) -> None:
    assert identity(world.ana).legal_name_sealed != identity(world.ben).legal_name_sealed


def test_what_was_moved_to_another_row_or_field_cannot_be_read(world: World) -> None:
    ana, ben = identity(world.ana), identity(world.ben)
    ben.legal_name_sealed = ana.legal_name_sealed
    ana.birth_date_sealed = ana.legal_name_sealed
    for read in (lambda: ben.legal_name, lambda: ana.birth_date):
        with pytest.raises(Unreadable):
            read()


def test_what_was_changed_cannot_be_read(world: World) -> None:
    kept = identity(world.ana)
    name, _, text = kept.legal_name_sealed.partition(":")
    raw = bytearray(base64.b64decode(text))
    raw[-1] ^= 1
    kept.legal_name_sealed = f"{name}:{base64.b64encode(raw).decode()}"
    with pytest.raises(Unreadable):
        assert kept.legal_name


def test_nothing_kept_is_nothing_read(world: World) -> None:
    row = Identity(person=world.ana)
    assert (row.legal_name, row.birth_date) == ("", None)


def test_a_new_key_writes_and_the_old_one_still_reads(settings: Settings) -> None:
    one, two = (f"k{number}:{base64.b64encode(bytes([number] * 32)).decode()}" for number in (1, 2))
    settings.FIELD_KEYS = [one]
    old = seal("Marlowe", bound_to="t:1:f")
    settings.FIELD_KEYS = [two, one]
    new = seal("Marlowe", bound_to="t:1:f")
    assert (old[:3], new[:3]) == ("k1:", "k2:")
    assert unseal(old, bound_to="t:1:f") == unseal(new, bound_to="t:1:f") == "Marlowe"
    settings.FIELD_KEYS = [two]
    with pytest.raises(Unreadable):
        unseal(old, bound_to="t:1:f")
