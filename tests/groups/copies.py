"""The copy somebody takes along, through both doors."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from community.people.models import Person
from groups.demo.services import PASSWORD
from tests.doors import Script, browser

PAGE, EXPORT = "/settings/your-data/", "me/export"


@dataclass(frozen=True, slots=True)
class Copy:
    """What stands in the archive: ``page`` to read, and ``chapters`` for programs."""

    page: str
    data: dict[str, Any]

    @property
    def chapters(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = self.data["chapters"]
        return found

    @property
    def said(self) -> str:
        """All of it, as text."""
        return self.page + json.dumps(self.data, ensure_ascii=False)


def knocked(person: Person, password: str = PASSWORD) -> Any:
    """The press on the page."""
    given_one(person)
    return browser(person).post(PAGE, {"password": password})


def given_one(person: Person) -> None:
    """Who has no password gets the demo's."""
    if not person.has_usable_password():
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])


def opened(answer: Any) -> Copy:
    assert answer.status_code == 200
    assert answer.streaming
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["copy.html", "copy.json"]
        return Copy(archive.read("copy.html").decode(), json.loads(archive.read("copy.json")))


def copy_of(person: Person) -> Copy:
    """What somebody gets by page; the API says the same."""
    copy = opened(knocked(person))
    told = Script(person).post(EXPORT, {"password": PASSWORD})
    assert told.status_code == 200
    assert json.loads(told.getvalue())["chapters"] == copy.chapters
    return copy
