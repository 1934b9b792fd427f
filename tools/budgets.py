"""Measure what the pages cost (tests/browser/test_budgets.py) and print it as a table.

python tools/budgets.py             measure and print
python tools/budgets.py --write     and put the table into docs/performance.md
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT, TOLD = ROOT / "build" / "budgets.json", ROOT / "docs" / "performance.md"
TABLE = re.compile(r"(?<=<!-- budgets -->\n).*?(?=<!-- end of budgets -->)", re.DOTALL)


def main() -> int:
    KEPT.unlink(missing_ok=True)
    tests = [sys.executable, "-m", "pytest", "--stores=servers", "-q", "tests/browser/test_budgets.py"]
    code = subprocess.run(tests, cwd=ROOT, check=False).returncode
    if not KEPT.exists():
        return code or 1
    said = table(json.loads(KEPT.read_text(encoding="utf-8")))
    print(said)
    if "--write" in sys.argv[1:] and code == 0:
        TOLD.write_text(TABLE.sub(lambda _old: said, TOLD.read_text(encoding="utf-8")), encoding="utf-8")
    return code


def table(kept: dict[str, Any]) -> str:
    rows = [f"Measured on {kept['machine']}.\n", "| what | found | budget |", "|---|---|---|"]
    for one in kept["figures"]:
        unit = f" {one['unit']}" if one["unit"] else ""
        bound = f"at most {one['most']}{unit}" if one["most"] is not None else f"aim {one['aim']}{unit}"
        rows.append(f"| {one['what']} | {one['found']:g}{unit} | {bound} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
