"""Addresses in messages: what is plainly one may be followed, and leads where it says."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.chat.rows.links import CLOSING, LINK, pieces
from groups.demo.services import World
from tests.doors import browser, say
from tests.walls.test_source import ROOT


@pytest.mark.parametrize(
    ("body", "addresses"),
    [
        ("See https://example.org/a?b=c#d for more", ["https://example.org/a?b=c#d"]),
        ("(https://example.org), and HTTP://Example.org:8080/x.", ["https://example.org", "HTTP://Example.org:8080/x"]),
        ("https://example.org/a,\nhttps://example.org/b!", ["https://example.org/a", "https://example.org/b"]),
        ("<https://example.org>", ["https://example.org"]),
        ("no address: example.org, www.example.org, ftp://example.org, javascript:alert(1)", []),
        ("https://bank.example@evil.example and https://bank.example:80@evil.example", []),
        ("https://b\u00fccher.example and https://\u0430pple.example", []),
        ("https:// and https://- and http://", []),
        ("xhttps://example.org", ["https://example.org"]),
    ],
)
def test_what_is_plainly_an_address_is_one(body: str, addresses: list[str]) -> None:
    assert [piece.href for piece in pieces(body) if piece.href] == addresses


@given(st.text(st.sampled_from(list("htps:/.aé@ ?#\"'<>)]…-0\n")), max_size=60))
def test_nothing_of_what_was_written_is_lost(body: str) -> None:
    found = pieces(f"https://a.example/{body}")
    assert "".join(piece.words for piece in found) == f"https://a.example/{body}"
    assert all(piece.href in {"", piece.words} for piece in found)


def test_a_long_riddle_is_read_at_once() -> None:
    quoted, closed = "'" * 4000, ")" * 4000
    for riddle in ("https://" + "a." * 2000 + "@", "https://a" * 500, f"https://a/{quoted}x", f"https://a/{closed}'x"):
        pieces(riddle)


def test_the_page_links_with_no_word_of_where_from(world: World) -> None:
    say(world.ben, world.tuesday, 'At https://example.org/"><script>alert(1)</script> & https://example.org/a&b')
    page = browser(world.ana).get(f"/groups/{world.tuesday.pk}/").content.decode()
    assert '<a class="out" href="https://example.org/a&amp;b" target="_blank" rel="noreferrer noopener">' in page
    assert "<script>alert" not in page.split("<template")[0]


def test_the_script_knows_the_same_patterns() -> None:
    script = (ROOT / "groups/static/groups/js/conversation.js").read_text(encoding="utf-8")
    kept = dict(re.findall(r"^const (LINK|CLOSING) = /(.+)/\w*;$", script, re.MULTILINE))
    plain = {name: words.replace("\\/", "/") for name, words in kept.items()}
    assert plain == {"LINK": LINK.pattern.replace('\\"', '"'), "CLOSING": CLOSING.pattern}
