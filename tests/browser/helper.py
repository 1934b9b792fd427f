"""A Python of a site's own that stays: what tests arrange there takes milliseconds, not the start of a process each.

Run by ``manage.py shell``: a line of JSON in is code to run, as the shell itself would; a line of JSON out says what it
printed, or how it failed.
"""

import json
import sys
import traceback
from contextlib import redirect_stdout
from io import StringIO

from django.core.management.commands.shell import Command
from django.db import connections
from django.utils import translation


def main() -> None:
    known = Command().get_namespace(verbosity=0)
    answers = sys.stdout
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), dict(known))), file=answers, flush=True)


def answer(code: str, known: dict[str, object]) -> dict[str, str]:
    said = StringIO()
    try:
        with redirect_stdout(said):
            exec(code, known)  # noqa: S102 - written in the tests
    except Exception:  # noqa: BLE001 - the test that asked fails with it
        return {"failed": traceback.format_exc()}
    finally:
        translation.deactivate()
        connections.close_all()  # the site's database is dropped while we wait
    return {"said": said.getvalue()}
