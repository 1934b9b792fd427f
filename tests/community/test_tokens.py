"""Tokens: how scripts speak for a person, never for more than that person may do."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from community.audit.models import AuditEntry
from community.foundation import clock
from community.foundation.errors import Invalid, NotAllowed
from community.integrations import services as integrations
from community.integrations.authentication import bearer
from community.integrations.models import Token
from groups.demo.services import World


def test_a_token_is_shown_once_and_kept_as_a_digest(world: World) -> None:
    token, words = integrations.issue(person=world.ana, scopes=["chat:read"])
    assert words.startswith("plt_")
    assert len(words) > 40
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM integrations_token")
        assert words not in repr(cursor.fetchall())
    found = bearer(f"Bearer {words}")
    assert found == token
    assert found.person == world.ana


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer nope", "Basic {w}", "{w}", "Bearer {w}x", "Bearer é"]
)
def test_what_is_no_token_is_nobody(world: World, header: str) -> None:
    words = integrations.issue(person=world.ana, scopes=["chat:read"])[1]
    assert bearer(header.replace("{w}", words)) is None


def test_a_scheme_is_read_in_any_case(world: World) -> None:
    words = integrations.issue(person=world.ana, scopes=["chat:read"])[1]
    assert bearer(f"bearer {words}")


def test_a_token_ends_with_its_days(world: World) -> None:
    words = integrations.issue(person=world.ana, scopes=["chat:read"], days=7)[1]
    with clock.turned(timedelta(days=6, hours=23)):
        assert bearer(f"Bearer {words}")
    with clock.turned(timedelta(days=7, seconds=1)):
        assert bearer(f"Bearer {words}") is None


def test_a_revoked_token_is_nobody_at_once(world: World) -> None:
    token, words = integrations.issue(person=world.ana, scopes=["chat:read"])
    integrations.revoke(person=world.ana, token=token)
    integrations.revoke(person=world.ana, token=token)
    assert bearer(f"Bearer {words}") is None
    assert AuditEntry.objects.filter(action="token.revoke").count() == 1


def test_nobody_revokes_anothers_token(world: World) -> None:
    token, words = integrations.issue(person=world.ana, scopes=["chat:read"])
    with pytest.raises(NotAllowed):
        integrations.revoke(person=world.ben, token=token)
    assert bearer(f"Bearer {words}")


def test_an_unknown_scope_is_refused_by_name(world: World) -> None:
    with pytest.raises(Invalid, match="chat:everything"):
        integrations.issue(person=world.ana, scopes=["chat:read", "chat:everything"])
    with pytest.raises(Invalid):
        integrations.issue(person=world.ana, scopes=[])
    assert not Token.objects.exists()


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_token_is_good_for_a_day_to_a_year(world: World, days: int) -> None:
    with pytest.raises(Invalid):
        integrations.issue(person=world.ana, scopes=["chat:read"], days=days)


@pytest.mark.parametrize(("bench", "allowed"), [(False, False), (True, True)])
def test_bench_is_refused_on_a_live_site_unless_it_is_asked_for(
    world: World,
    settings: Settings,
    bench: bool,  # noqa: FBT001 - a table
    allowed: bool,  # noqa: FBT001 - a table
) -> None:
    settings.BENCH = bench
    if allowed:
        assert integrations.issue(person=world.ana, scopes=["bench"])
        return
    with pytest.raises(NotAllowed):
        integrations.issue(person=world.ana, scopes=["bench"])


def made(*arguments: str) -> list[str]:
    said = StringIO()
    call_command("token", "create", *arguments, stdout=said)
    return said.getvalue().splitlines()


def test_the_command_prints_the_token_alone_on_its_last_line(world: World) -> None:
    lines = made("--person", "ANA@porchlight.test", "--scope", "chat:read", "--scope", "chat:write")
    token = bearer(f"Bearer {lines[-1]}")
    assert token
    assert (token.person, token.scopes) == (world.ana, ["chat:read", "chat:write"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--person", "nobody@porchlight.test", "--scope", "chat:read"], "Nobody signs in"),
        (["--person", "ana@porchlight.test", "--scope", "root"], "root"),
        (["--person", "ana@porchlight.test"], "--scope"),
        (["--scope", "chat:read"], "--person"),
        (["--person", "ana@porchlight.test", "--scope", "chat:read", "--days", "900"], "days"),
    ],
)
def test_the_command_says_in_a_sentence_what_is_wrong(world: World, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        made(*arguments)
    assert not Token.objects.exists()


def test_issuing_leaves_an_entry_without_the_words(world: World) -> None:
    token, words = integrations.issue(person=world.ana, scopes=["chat:read"])
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor, entry.subject) == ("token.issue", world.ana.pk, f"token:{token.pk}")
    assert words not in repr(vars(entry))
