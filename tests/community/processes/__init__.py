"""What tests do in a process of its own, on their database: see tests/community/at_once.py."""

import json
import os
import sys
from typing import Any

import django
from django.conf import settings


def begin() -> Any:
    """Stand on the database that was named, and give what was asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings.test")
    name, asked = sys.argv[1:]
    settings.DATABASES["default"]["NAME"] = name
    django.setup()
    return json.loads(asked)


def wait_for_the_word() -> None:
    """Say that we are there, and begin with the others."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def answer(said: Any) -> None:
    sys.stdout.write(json.dumps(said))
