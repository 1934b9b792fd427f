"""The five of the demo: what asks for their password can be tried out, and the README tells it."""

from pathlib import Path

from community.people import services as people
from community.people.models import Person
from groups.demo.services import PASSWORD, World, give_passwords

README = Path(__file__).parents[2] / "README.md"


def test_the_five_have_the_password_that_is_written_down(world: World) -> None:
    assert give_passwords() == 5
    assert all(Person.objects.get(pk=one.pk).check_password(PASSWORD) for one in world.cast.values())
    assert f"`{PASSWORD}`" in README.read_text(encoding="utf-8")


def test_a_password_that_was_chosen_since_stays(world: World) -> None:
    people.set_password(person=world.dana, password="a good long one")
    assert give_passwords() == 4
    assert give_passwords() == 0
    assert Person.objects.get(pk=world.dana.pk).check_password("a good long one")


def test_nobody_else_is_given_one(world: World) -> None:
    fay = people.create(alias="Fay", address="fay@porchlight.test")
    give_passwords()
    assert not Person.objects.get(pk=fay.pk).has_usable_password()
