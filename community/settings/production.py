"""A live site. It refuses to start half configured: people stake their safety on it."""

from django.core.exceptions import ImproperlyConfigured

from community.settings.base import *  # noqa: F403
from community.settings.base import (
    ALLOWED_HOSTS,
    CRISIS_LINES,
    DEBUG,
    FIELD_KEYS,
    REDIS_URLS,
    SECRET_KEY,
    SMS_SECRET,
    SMS_URL,
)
from community.settings.environment import value

REFUSALS = [
    (
        len(SECRET_KEY) < 50 or SECRET_KEY.startswith(("demo-", "django-insecure")),
        "SECRET_KEY: give at least 50 random characters.",
    ),
    (not FIELD_KEYS, "FIELD_KEYS: give at least one key for encrypted fields."),
    (DEBUG, "DEBUG must be off."),
    (
        not ALLOWED_HOSTS or any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS),
        "ALLOWED_HOSTS: name each host, no wildcard.",
    ),
    (not CRISIS_LINES, "CRISIS_LINES: give at least one line (name | number | day reviewed)."),
    (
        bool(SMS_URL) and not (SMS_URL.startswith("https://") and len(SMS_SECRET) >= 32),
        "SMS_URL: give an https address, and SMS_SECRET with at least 32 characters.",
    ),
    (not REDIS_URLS and not value("SINGLE_PROCESS"), "REDIS_URL: give one, or set SINGLE_PROCESS=1."),
]
if refused := [why for wrong, why in REFUSALS if wrong]:
    raise ImproperlyConfigured("Porchlight does not start: " + " ".join(refused))

DEMO = False
if not value("MAIL_URL"):
    MAILERS = {"default": {"BACKEND": "community.foundation.mail.Refusing"}}
ALLOWED_ORIGINS = value("ALLOWED_ORIGINS") or [f"https://{host}" for host in ALLOWED_HOSTS]
BENCH = value("PORCHLIGHT_BENCH")
SECURE_SSL_REDIRECT = value("SECURE_SSL_REDIRECT")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "community.foundation.static.HashedStatic"},
}
