"""Groups and members over REST, as PROTOCOL.md says them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from community.foundation import clock
from community.people import services as people
from groups.demo.services import World
from groups.membership import services as membership
from groups.membership.models import Kind, Restriction, Role
from tests.doors import Script, browser, problem, say

GROUP = {"id", "name", "kind", "role", "me", "version", "position", "read", "seats", "held", "muted"}


def walk(script: Script, path: str, way: str = "next") -> list[dict[str, Any]]:
    """Every page from ``path`` on."""
    pages = [script.get(path).json()]
    while pages[-1][way]:
        pages.append(script.get(pages[-1][way]).json())
    return pages


def test_me_is_who_i_am(world: World) -> None:
    assert Script(world.ana).get("me").json() == {
        "id": str(world.ana.pk),
        "alias": "Ana",
        "address": "ana@porchlight.test",
        "sign_in_name": None,
        "language": "en",
        "language_of_device": True,
        "zone": "America/New_York",
        "shows_typing": False,
        "shows_presence": False,
        "notes_open": False,
        "celebrations_quiet": False,
        "locks": False,
        "enter": "auto",
        "text_size": 100,
        "font": "figtree",
        "theme": "auto",
        "contrast": "auto",
        "motion": "auto",
    }


def test_i_change_what_is_mine_to_choose(world: World) -> None:
    wanted = {
        "alias": "Anna",
        "language": "es",
        "language_of_device": False,
        "zone": "Europe/Madrid",
        "shows_typing": True,
        "shows_presence": True,
        "notes_open": True,
        "celebrations_quiet": True,
        "locks": True,
        "enter": "newline",
        "text_size": 130,
        "font": "atkinson",
        "theme": "dark",
        "contrast": "more",
        "motion": "less",
    }
    assert Script(world.ana).patch("me", wanted).json() == {
        "id": str(world.ana.pk),
        "address": "ana@porchlight.test",
        "sign_in_name": None,
        **wanted,
    }
    world.ana.refresh_from_db()
    assert {name: getattr(world.ana, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"address": "x@porchlight.test"}, "unknown"),
        ({"id": str(uuid4())}, "unknown"),
        ({"zone": "Mars/Olympus"}, "choice"),
        ({"zone": "../../etc/passwd"}, "choice"),
        ({"language": "de"}, "choice"),
        ({"shows_typing": "true"}, "type"),
        ({"shows_typing": 1}, "type"),
        ({"shows_presence": "yes"}, "type"),
        ({"notes_open": None}, "null"),
        ({"celebrations_quiet": "on"}, "type"),
        ({"language_of_device": 0}, "type"),
        ({"text_size": 101}, "choice"),
        ({"text_size": "115"}, "type"),
        ({"text_size": 115.0}, "type"),
        ({"font": "comic"}, "choice"),
        ({"theme": True}, "choice"),
        ({"theme": ""}, "choice"),
        ({"contrast": "less"}, "choice"),
        ({"motion": ["less"]}, "choice"),
        ({"enter": "\x00"}, "choice"),
        ({"alias": None}, "null"),
        ({"alias": ""}, "blank"),
        ({"alias": 5}, "type"),
        ({"alias": "Ben"}, "taken"),
    ],
)
def test_what_is_not_mine_to_choose_is_refused(world: World, body: dict[str, Any], code: str) -> None:
    problem(Script(world.ana).patch("me", body), 422, code)
    world.ana.refresh_from_db()
    assert (world.ana.alias, world.ana.zone, world.ana.language) == ("Ana", "America/New_York", "en")


def test_groups_are_those_i_sit_in_today(world: World) -> None:
    found = Script(world.ben).get("groups").json()
    assert set(found) == {"results", "next", "previous"}
    assert [row["name"] for row in found["results"]] == ["Tuesday evening group", "After Tuesday"]
    assert all(set(row) == GROUP for row in found["results"])


def test_one_group_has_the_same_shape_as_in_the_list(world: World) -> None:
    say(world.ana, world.tuesday)
    ben = Script(world.ben)
    first = ben.get("groups").json()["results"][0]
    assert ben.get(f"groups/{world.tuesday.pk}").json() == first
    seat = world.seat(world.ben, world.tuesday)
    world.tuesday.refresh_from_db()
    assert first == {
        "id": str(world.tuesday.pk),
        "name": "Tuesday evening group",
        "kind": "cohort",
        "role": "co_host",
        "me": str(seat.member_id),
        "version": 1,
        "position": 1,
        "read": 0,
        "seats": world.tuesday.seats,
        "held": False,
        "muted": False,
    }


def test_the_list_of_groups_is_paged(world: World) -> None:
    for number in range(5):
        room = membership.open_group(name=f"Room {number}", kind=Kind.INTEREST, by=world.dana)
        membership.seat(person=world.ana, group=room, by=world.dana)
    ana = Script(world.ana)
    pages = walk(ana, "groups?limit=2")
    assert [len(page["results"]) for page in pages] == [2, 2, 2]
    assert len({row["id"] for page in pages for row in page["results"]}) == 6
    assert walk(ana, pages[-1]["previous"], "previous")[-1]["results"] == pages[0]["results"]


def test_lists_cost_the_same_however_long(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ana = Script(world.ana)
    for number in range(10):
        room = membership.open_group(name=f"Room {number}", kind=Kind.INTEREST, by=world.dana)
        membership.seat(person=world.ana, group=room, by=world.dana)
        membership.seat(person=people.create(alias=f"Fay {number}"), group=world.tuesday)
    with django_assert_num_queries(2):  # token, seats
        assert len(ana.get("groups").json()["results"]) == 11
    with django_assert_num_queries(3):  # token, my seat, seats
        assert len(ana.get(f"groups/{world.tuesday.pk}/members").json()["results"]) == 14
    with django_assert_num_queries(2):
        ana.get(f"groups/{world.tuesday.pk}")
    with django_assert_num_queries(1):
        ana.get("me")


def test_members_show_aliases_and_to_who_keeps_the_room_people(world: World) -> None:
    path = f"groups/{world.tuesday.pk}/members"
    seen = Script(world.ana).get(path).json()["results"]
    assert {row["alias"] for row in seen} == {"Ana", "Ben", "Cy", "Dana"}
    assert all(set(row) == {"id", "alias", "role"} for row in seen)
    for keeper in (world.cy, world.dana):
        kept = Script(keeper).get(path).json()["results"]
        assert {row["person"] for row in kept} == {str(p.pk) for p in (world.ana, world.ben, world.cy, world.dana)}


def test_staff_give_a_seat(world: World) -> None:
    dana, path = Script(world.dana), f"groups/{world.tuesday.pk}/members"
    given = dana.post(path, {"person": str(world.eli.pk), "role": "co_host"})
    seat = world.seat(world.eli, world.tuesday)
    assert given.status_code == 201
    assert given.json() == {
        "id": str(seat.member_id), "alias": "Eli", "role": "co_host", "person": str(world.eli.pk),
    }  # fmt: skip
    again = dana.post(path, {"person": str(world.eli.pk)})
    assert (again.status_code, again.json()) == (200, given.json())


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "required"),
        ({"person": "x"}, 422, "id"),
        ({"person": 5}, 422, "id"),
        ({"person": str(uuid4()), "role": "owner"}, 422, "choice"),
        ({"person": str(uuid4()), "role": ["member"]}, 422, "choice"),
        ({"person": str(uuid4()), "why": "because"}, 422, "unknown"),
        ({"person": str(uuid4())}, 404, "not_found"),
    ],
)
def test_a_seat_for_nobody_is_refused(world: World, body: dict[str, Any], status: int, code: str) -> None:
    problem(Script(world.dana).post(f"groups/{world.tuesday.pk}/members", body), status, code)


def test_a_member_gives_no_seat_and_learns_nothing_of_people(world: World) -> None:
    ana, path = Script(world.ana), f"groups/{world.tuesday.pk}/members"
    there = ana.post(path, {"person": str(world.eli.pk)})
    not_there = ana.post(path, {"person": str(uuid4())})
    problem(there, 403, "not_allowed")
    assert there.content == not_there.content


def test_a_moderator_gives_no_higher_role_than_their_own(world: World) -> None:
    cy, path = Script(world.cy), f"groups/{world.tuesday.pk}/members"
    problem(cy.post(path, {"person": str(world.eli.pk), "role": "facilitator"}), 403, "not_allowed")
    assert cy.post(path, {"person": str(world.eli.pk), "role": "moderator"}).status_code == 201


def test_a_seat_is_ended_once(world: World) -> None:
    path = f"groups/{world.tuesday.pk}/members/{world.seat(world.ana, world.tuesday).member_id}"
    dana = Script(world.dana)
    assert (dana.delete(path).status_code, dana.delete(path).status_code) == (204, 404)


def test_a_member_ends_their_own_seat_and_nobody_elses(world: World) -> None:
    ana, path = Script(world.ana), f"groups/{world.tuesday.pk}/members"
    problem(ana.delete(f"{path}/{world.seat(world.ben, world.tuesday).member_id}"), 403, "not_allowed")
    assert ana.delete(f"{path}/{world.seat(world.ana, world.tuesday).member_id}").status_code == 204
    assert not world.seat(world.ben, world.tuesday).ended


def test_a_member_id_of_another_group_is_not_found(world: World) -> None:
    there = Script(world.dana).delete(
        f"groups/{world.tuesday.pk}/members/{world.seat(world.ben, world.alumni).member_id}"
    )
    problem(there, 404, "not_found")


def test_staff_restrict_a_member_and_lift_it(world: World) -> None:
    path = f"groups/{world.tuesday.pk}/members/{world.seat(world.ana, world.tuesday).member_id}/restriction"
    cy = Script(world.cy)
    assert cy.put(path, {"mute_minutes": 10, "hold_next": 2, "slow_seconds": 30}).status_code == 204
    row = Restriction.objects.get()
    assert row.muted_until
    assert timedelta(minutes=9) < row.muted_until - clock.now() <= timedelta(minutes=10)
    assert (row.hold_next, row.slow_seconds) == (2, 30)
    assert cy.put(path, {}).status_code == 204
    assert Restriction.objects.filter(muted_until=None, hold_next=0, slow_seconds=0).count() == 1


@pytest.mark.parametrize(
    "body", [{"mute_minutes": -1}, {"mute_minutes": 10081}, {"hold_next": 51}, {"slow_seconds": 1.5}, {"hold": 1}]
)
def test_a_restriction_has_bounds(world: World, body: dict[str, Any]) -> None:
    path = f"groups/{world.tuesday.pk}/members/{world.seat(world.ana, world.tuesday).member_id}/restriction"
    assert Script(world.cy).put(path, body).status_code == 422
    assert not Restriction.objects.exists()


def test_staff_hold_the_room(world: World) -> None:
    dana, path = Script(world.dana), f"groups/{world.tuesday.pk}/hold"
    assert dana.put(path, {"held": True}).json()["held"] is True
    assert Script(world.ana).get(f"groups/{world.tuesday.pk}").json()["held"] is True
    assert dana.put(path, {"held": False}).json()["held"] is False
    problem(Script(world.ana).put(path, {"held": True}), 403, "not_allowed")
    assert dana.put(path, {"held": "yes"}).status_code == 422


# --- first answers ---------------------------------------------------------------------------------------------------


def give(script: Script, world: World, key: str, **body: Any) -> Any:
    return script.post(f"groups/{world.tuesday.pk}/members", body, **{"Idempotency-Key": key})


def test_the_same_key_gets_the_first_answer(world: World) -> None:
    dana, eli = Script(world.dana), str(world.eli.pk)
    first = give(dana, world, "k1", person=eli)
    membership.unseat(person=world.eli, group=world.tuesday, by=world.dana)
    again = give(dana, world, "k1", person=eli)
    assert (again.status_code, again.json()) == (201, first.json())
    assert not world.tuesday.memberships.current().of(world.eli.pk).exists()


def test_the_same_key_with_other_content_is_a_conflict(world: World) -> None:
    dana = Script(world.dana)
    give(dana, world, "k1", person=str(world.eli.pk))
    problem(give(dana, world, "k1", person=str(world.eli.pk), role="co_host"), 409, "conflict")
    problem(
        dana.post(f"groups/{world.alumni.pk}/members", {"person": str(world.eli.pk)}, **{"Idempotency-Key": "k1"}),
        409,
        "conflict",
    )


def test_a_key_is_its_persons_own_and_kept_a_day(world: World) -> None:
    eli = str(world.eli.pk)
    give(Script(world.dana), world, "k1", person=eli)
    assert give(Script(world.cy), world, "k1", person=eli).status_code == 200
    with clock.turned(timedelta(hours=25)):
        assert give(Script(world.dana), world, "k1", person=eli).status_code == 200


def test_a_refusal_is_not_kept_under_its_key(world: World) -> None:
    dana, nobody = Script(world.dana), str(uuid4())
    assert give(dana, world, "k1", person=nobody).status_code == 404
    assert give(dana, world, "k1", person=str(world.eli.pk)).status_code == 201


@pytest.mark.parametrize(("key", "status"), [("", 422), ("x" * 200, 201), ("x" * 201, 422), ("caf\u00e9", 422)])
def test_a_key_is_up_to_200_printable_characters(world: World, key: str, status: int) -> None:
    assert give(Script(world.dana), world, key, person=str(world.eli.pk)).status_code == status


# --- who asks --------------------------------------------------------------------------------------------------------

READS = ("me", "groups", "groups/{g}", "groups/{g}/members", "groups/{g}/messages", "groups/{g}/changes")


@pytest.mark.parametrize("path", READS)
def test_nobody_and_a_bad_token_are_asked_to_sign_in(world: World, path: str) -> None:
    path = path.format(g=world.tuesday.pk)
    for headers in ({}, {"Authorization": "Bearer plt_nope"}, {"Authorization": "Basic YTpi"}, {"Authorization": ""}):
        refused = Script(None).ask("GET", path, headers=headers)
        problem(refused, 401, "sign_in")
        assert refused.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("chat:write", "GET", "groups"),
        ("chat:write", "GET", "groups/{g}/messages"),
        ("chat:write", "HEAD", "groups"),
        ("chat:read", "GET", "me"),
        ("chat:read", "POST", "groups/{g}/messages"),
        ("chat:read", "PUT", "groups/{g}/read"),
        ("chat:write", "POST", "groups/{g}/members"),
        ("chat:write", "PUT", "groups/{g}/hold"),
        ("bench", "POST", "groups/{g}/messages"),
    ],
)
def test_a_token_does_what_its_scopes_say(world: World, scope: str, method: str, path: str) -> None:
    refused = Script(world.dana, [scope]).ask(method, path.format(g=world.tuesday.pk), {})
    assert refused.status_code == 403
    if method != "HEAD":
        problem(refused, 403, "scope_missing")


def test_a_scope_never_gives_more_than_its_person_may(world: World) -> None:
    refused = Script(world.ana, ["seats:write"]).put(f"groups/{world.tuesday.pk}/hold", {"held": True})
    problem(refused, 403, "not_allowed")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "me", {"GET", "PATCH"}),
        ("POST", "me", {"GET", "PATCH"}),
        ("DELETE", "groups/{g}", {"GET"}),
        ("PATCH", "groups/{g}/messages", {"GET", "POST"}),
        ("GET", "groups/{g}/hold", {"PUT"}),
        ("GET", "groups/{g}/read", {"PUT"}),
        ("TRACE", "groups", {"GET"}),
    ],
)
def test_a_method_an_address_does_not_have_is_405(world: World, method: str, path: str, allowed: set[str]) -> None:
    for script in (Script(world.dana), Script(world.dana, ["chat:read"])):
        refused = script.ask(method, path.format(g=world.tuesday.pk), {})
        problem(refused, 405, "method_not_allowed")
        assert set(refused.headers["Allow"].split(", ")) - {"HEAD", "OPTIONS"} == allowed


def test_an_unknown_address_of_the_api_is_a_problem(world: World) -> None:
    problem(Script(world.ana).get("nothing/here"), 404, "not_found")


def test_head_answers_like_get_without_the_words(world: World) -> None:
    answer = Script(world.ana).ask("HEAD", f"groups/{world.tuesday.pk}/messages")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_browser_writes_only_with_its_form_token(world: World) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(world.dana)
    path = f"/api/v1/groups/{world.tuesday.pk}/hold"
    problem(client.put(path, {"held": True}, content_type="application/json"), 403, "not_allowed")  # type: ignore[arg-type]  # the client's own response
    token = client.get("/groups/").context["csrf_token"]
    good = client.put(path, {"held": True}, content_type="application/json", headers={"X-CSRFToken": str(token)})
    assert good.status_code == 200
    assert client.get("/api/v1/groups").status_code == 200


def test_a_browser_needs_no_scope(world: World) -> None:
    assert browser(world.ana).get("/api/v1/me").json()["alias"] == "Ana"


def test_a_bad_token_is_not_saved_by_a_good_session(world: World) -> None:
    answer = browser(world.ana).get("/api/v1/me", headers={"Authorization": "Bearer nope"})
    assert answer.status_code == 401


# --- parameters and bodies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("page=2", "unknown"),
        ("limit=0", "range"),
        ("limit=-1", "type"),
        ("limit=x", "type"),
        ("limit=", "type"),
        ("limit=1&limit=2", "repeated"),
        ("limit=1%00", "characters"),
        ("limit=%ff", "characters"),
        ("limit=1.0", "type"),
        ("limit=%D9%A3", "type"),
        ("cursor=" + "9" * 19, "type"),
        ("cursor=-5", "type"),
        ("%ED%A0%80=1", "unknown"),
    ],
)
def test_parameters_are_known_single_and_well_formed(world: World, asked: str, code: str) -> None:
    problem(Script(world.ana).get(f"groups?{asked}"), 422, code)


def test_a_limit_above_200_is_taken_as_200(world: World) -> None:
    assert Script(world.ana).get("groups?limit=999999999999999999&cursor=0").status_code == 200


@pytest.mark.parametrize(
    "raw",
    [
        "{", "nonsense", "[]", '"text"', "5", "null", "NaN", '{"a": NaN}', '{"a": Infinity}', '{"a": 1, "a": 2}',
        '{"a": ' + "9" * 5000 + "}", '{"a": ' * 9 + "1" + "}" * 9, "[" * 60000, b"\xff\xfe", b'{"a": "\xff"}', b"\x00",
        '{"a": 1e' + "9" * 40 + "}",
    ],
)  # fmt: skip
def test_what_is_no_json_object_is_malformed(world: World, raw: str | bytes) -> None:
    problem(Script(world.dana).ask("PUT", f"groups/{world.tuesday.pk}/hold", raw), 400, "malformed")


def test_a_body_over_64_kib_is_too_large(world: World) -> None:
    dana, path = Script(world.dana), f"groups/{world.tuesday.pk}/hold"
    for size in (64 * 1024 + 1, 300 * 1024):
        problem(dana.put(path, '{"held": true}' + " " * (size - 14)), 413, "too_large")
    assert dana.put(path, '{"held": true}' + " " * (64 * 1024 - 14)).status_code == 200


def test_another_kind_of_body_is_415(world: World) -> None:
    dana = Script(world.dana)
    answer = dana.client.put(
        f"/api/v1/groups/{world.tuesday.pk}/hold", "held=1", content_type="text/plain", headers=dana.headers
    )
    problem(answer, 415, "unsupported_media_type")  # type: ignore[arg-type]  # the client's own response


def test_every_wrong_field_is_named_at_once(world: World) -> None:
    path = f"groups/{world.tuesday.pk}/members"
    found = problem(Script(world.dana).post(path, {"who": 1, "why~/": 2}), 422, "invalid")
    assert [row["pointer"] for row in found["errors"]] == ["/who", "/why~0~1"]


def test_a_facilitator_role_is_asked_for_by_name(world: World) -> None:
    given = Script(world.dana).post(
        f"groups/{world.tuesday.pk}/members", {"person": str(world.cy.pk), "role": "facilitator"}
    )
    assert given.json()["role"] == Role.FACILITATOR
