"""Hashed names for far-future caching; ES modules import each other by their hashed names too.

What we explain to each other in our own scripts is left at home: a phone on a prepaid plan pays for every comment.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BLOCK = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
END = re.compile(r"[ \t]+// [^'\"`\n]*$", re.MULTILINE)  # one with a quote in it stays: it might be inside of words
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
OTHERS = "vendor/"


def without_comments(script: str) -> str:
    """A script of ours without its comments, which stand alone on their lines or, after a space, at the end of one.

    Lines begin at their beginning; no words of ours go over more than one.
    """
    return INDENT.sub("", END.sub("", LINE.sub("", BLOCK.sub("", script))))


class _Lean:
    """The finder's files, as they are sent."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage

    def open(self, path: str) -> ContentFile[bytes]:
        with self._storage.open(path) as file:
            return ContentFile(without_comments(file.read().decode()).encode())


class HashedStatic(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        ours = {
            name: (_Lean(storage), path)
            for name, (storage, path) in paths.items()
            if name.endswith(".js") and not name.startswith(OTHERS)
        }
        yield from super().post_process({**paths, **ours}, *args, **options)
