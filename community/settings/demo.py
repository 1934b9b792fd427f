"""One process on one machine: SQLite, no Redis, known people. What `make demo` and plain `manage.py` use."""

from contextlib import suppress

from community.settings.base import *  # noqa: F403
from community.settings.base import DATA_DIR
from community.settings.environment import crisis_lines, value

SECRET_KEY = value("SECRET_KEY") or "demo-only-" + "porch" * 12
FIELD_KEYS = value("FIELD_KEYS") or ["demo:" + "cG9yY2hsaWdodC1kZW1vLW9ubHktMzItYnl0ZXMtISE="]
ALLOWED_HOSTS = value("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CRISIS_LINES = value("CRISIS_LINES") or crisis_lines(
    "988 Suicide and Crisis Lifeline | 988 | 2026-11-01; Crisis Text Line | 741741 | 2026-11-01;"
    "Emergency | 911 | 2026-11-01"
)
ALLOWED_ORIGINS = value("ALLOWED_ORIGINS") or ["self"]
SINGLE_PROCESS = not value("REDIS_URL")
DEMO = True
STATIC_ROOT = None  # nothing is collected: files are served from where they stand
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

with suppress(OSError):  # the demo command says it in one sentence when the folder cannot be used
    DATA_DIR.mkdir(parents=True, exist_ok=True)
