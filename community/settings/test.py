"""The suite: real stores when DATABASE_URL and REDIS_URL are given, else a SQLite file and one process."""

from community.settings.base import *  # noqa: F403
from community.settings.base import CHANNEL_LAYERS, DATA_DIR, DATABASES, LIMITS, POSTGRES_OPTIONS, REDIS_URLS
from community.settings.environment import crisis_lines, value

SECRET_KEY = "test-" + "only" * 15
FIELD_KEYS = ["test:" + "dGVzdC1vbmx5LTMyLWJ5dGVzLWtleS1tYXRlcmlhbCE="]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
ALLOWED_ORIGINS = ["http://testserver"]
CRISIS_LINES = crisis_lines("988 Suicide and Crisis Lifeline | 988 | 2026-11-01; Emergency | 911 | 2026-11-01")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SINGLE_PROCESS = False  # the lock has tests of its own
DEMO = False
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LIMITS = {
    **LIMITS,
    **dict.fromkeys(
        ("posts", "changes", "searches", "copies", "frames", "tries", "door_tries", "connects_a_minute"), 10_000
    ),
    "sockets": 1_000,
}
ACCOUNT_RATE_LIMITS = False
if REDIS_URLS:  # publishing knows no database numbers, and workers that share a run must not hear each other
    CHANNEL_LAYERS["default"]["CONFIG"] |= {"prefix": f"test-{REDIS_URLS[0].rsplit('/', 1)[1]}"}  # type: ignore[operator]
if value("DATABASE_URL"):
    patient = "-c statement_timeout=60000 -c lock_timeout=10000"  # the suite also makes and drops whole databases
    DATABASES["default"]["OPTIONS"] = {
        **POSTGRES_OPTIONS,
        "options": patient,
        "pool": {"min_size": 0, "max_size": 24, "timeout": 3},
    }
else:
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
