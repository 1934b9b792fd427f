"""docs/privacy.md says what is registered, and nothing else is."""

import re
from pathlib import Path

import pytest

from community.foundation import registers
from community.foundation.registers import Register

WRITTEN = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
REGISTERS = {name: item for name, item in vars(registers).items() if isinstance(item, Register)}


def written(name: str) -> set[str]:
    """The list under the heading of this register."""
    part = re.search(rf"^### {name}\n\n((?:- .*\n)*)", WRITTEN, re.MULTILINE)
    return {line.removeprefix("- ") for line in part.group(1).splitlines()} if part else set()


@pytest.mark.parametrize("name", REGISTERS)
def test_what_is_registered_is_what_is_written(name: str) -> None:
    assert written(name) == set(REGISTERS[name].names())


def test_there_are_registers() -> None:
    assert {"grounds", "marks"} <= set(REGISTERS)
