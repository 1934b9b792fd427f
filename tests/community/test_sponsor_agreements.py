"""Where a program says sponsor, that is what people agree to, and what they agreed to stays as they were shown it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from community.consent import copying
from community.consent import services as consent
from community.consent.models import ConsentRecord, Purpose
from community.consent.texts import current
from community.mentoring import services as mentoring
from community.mentoring.rules.standing import agreed_to_todays, agreement_subject
from community.people import services as people
from groups.demo.services import World
from tests.community.desk import words
from tests.community.mentoring import active, applied, asked
from tests.doors import Script, browser

NAMES = {
    ("mentoring", "en"): "Being a sponsor",
    ("mentoring", "es"): "Ser padrino o madrina",
    ("matched", "en"): "Looking for a sponsor for you",
    ("matched", "es"): "Buscar un padrino o una madrina para ti",
}


def say(world: World, word: str) -> None:
    mentoring.set_policy(program=world.evening, wanted={"word": word})


def agreed(world: World, purpose: Purpose) -> ConsentRecord:
    person = world.ben if purpose == Purpose.MENTORING else world.ana
    return ConsentRecord.objects.live().of(person.pk).about(purpose, agreement_subject(world.evening.pk)).get()


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_agrees_in_the_programs_word(world: World, language: str) -> None:
    for person in (world.ana, world.ben):
        people.change(person=person, wanted={"language": language})
    say(world, "sponsor")
    applied(world)
    asked(world.ana, world.evening)
    for purpose in (Purpose.MENTORING, Purpose.MATCHED):
        record = agreed(world, purpose)
        assert record.digest == current(purpose, language, "sponsor").digest != current(purpose, language).digest
        assert "mentor" not in " ".join(record.parts).casefold()


@pytest.mark.parametrize(("purpose", "language"), NAMES)
def test_it_goes_by_that_name_on_the_page_by_rest_and_in_the_copy(world: World, purpose: str, language: str) -> None:
    person = world.ben if purpose == "mentoring" else world.ana
    people.change(person=person, wanted={"language": language})
    say(world, "sponsor")
    consent.give(person=person, purpose=purpose, subject=agreement_subject(world.evening.pk))
    name, heard = NAMES[purpose, language], {"Accept-Language": language}
    assert f">{name}</h2>" in words(person, "/settings/agreements/")
    listed = Script(person).get("consents", **heard).json()["results"]
    (one,) = [each for each in listed if each["purpose"] == purpose]
    assert one["name"] == name
    assert Script(person).get(f"consents/{one['id']}", **heard).json()["name"] == name
    with translation.override(language):
        told = [each for each in copying.agreements(person) if each.data["purpose"] == purpose]
    assert [(each.title, each.data["name"]) for each in told] == [(name, name)]


def test_who_agreed_in_one_word_is_not_asked_again_when_the_program_says_the_other(world: World) -> None:
    mentor = active(world)
    before = agreed(world, Purpose.MENTORING)
    say(world, "sponsor")
    assert agreed_to_todays(mentor)
    assert agreed(world, Purpose.MENTORING).parts == before.parts == current("mentoring", "en").parts
    assert ">Being a sponsor</h2>" in words(world.ben, "/settings/agreements/")


def test_agreeing_anew_is_to_the_word_of_today_and_the_other_stays_as_it_was(world: World) -> None:
    mentor = active(world)
    before = agreed(world, Purpose.MENTORING)
    say(world, "sponsor")
    mentoring.agree(person=world.ben, mentor=mentor)
    mentoring.agree(person=world.ben, mentor=mentor)
    now = agreed(world, Purpose.MENTORING)
    before.refresh_from_db()
    assert (before.superseded, before.parts) == (now.given, current("mentoring", "en").parts)
    assert now.parts == current("mentoring", "en", "sponsor").parts


def test_what_else_there_is_to_agree_to_knows_no_such_word(world: World) -> None:
    say(world, "sponsor")
    record = consent.give(person=world.ana, purpose="alumni_room", subject=agreement_subject(world.evening.pk))
    assert record.digest == current("alumni_room", "en").digest


def test_a_program_that_says_mentor_goes_on_saying_it(world: World) -> None:
    say(world, "sponsor")
    other = agreement_subject(world.other.pk)
    record = consent.give(person=world.eli, purpose="mentoring", subject=other)
    assert record.digest == current("mentoring", "en").digest
    assert ">Being a mentor</h2>" in words(world.eli, "/settings/agreements/")


def test_the_list_asks_once_about_the_words_of_all(world: World) -> None:
    client, counts = browser(world.eli), []
    for program in (world.evening, world.other):
        mentoring.set_policy(program=program, wanted={"word": "sponsor"})
        consent.give(person=world.eli, purpose="mentoring", subject=agreement_subject(program.pk))
        client.get("/settings/agreements/")
        with CaptureQueriesContext(connection) as asked_of_it:
            client.get("/settings/agreements/")
        counts.append(len(asked_of_it))
    assert counts[0] == counts[1]
