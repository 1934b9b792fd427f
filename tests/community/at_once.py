"""Many verbs in one moment, here or in processes of their own."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from django.db import connection

from community.foundation.errors import Refusal
from tests.copies import ROOT

AT_ONCE = 16  # connections


def all_at_once(verbs: Sequence[Callable[[], object]]) -> Counter[str]:
    """Do all of these, many at a time; how many of them came to what: "done", or why they were refused."""

    def done(verb: Callable[[], object]) -> str:
        try:
            verb()
        except Refusal as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(done, verbs))


def elsewhere(module: str, *asked: Any, **environment: str) -> list[Any]:
    """What processes of their own say, one for each thing that is asked; they begin in the same moment.

    ``module`` is a file of ``tests/community/processes``. Each says when it is there, is given the word together with
    the others, and answers in one line. Django stands there, on the database of this test.
    """
    command = [sys.executable, "-m", f"tests.community.processes.{module}", str(connection.settings_dict["NAME"])]
    with ExitStack() as stack:
        running = [
            stack.enter_context(
                subprocess.Popen(
                    [*command, json.dumps(one)], cwd=ROOT, env={**os.environ, **environment}, text=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                )
            )
            for one in asked
        ]  # fmt: skip
        for one in running:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        return [json.loads(one.communicate(timeout=120)[0]) for one in _told(running)]


def _told(running: list["subprocess.Popen[str]"]) -> list["subprocess.Popen[str]"]:
    """All of them are told before anybody is waited for."""
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return running
