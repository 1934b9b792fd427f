"""A live site. It refuses to start half configured: people stake their safety on it."""

from django.core.exceptions import ImproperlyConfigured

from community.settings.base import *  # noqa: F403
from community.settings.base import ALLOWED_HOSTS, DEBUG
from community.settings.environment import live_needs, value

missing = live_needs()
if DEBUG:
    missing.append("DEBUG must be off.")
if missing:
    raise ImproperlyConfigured("Porchlight does not start: " + " ".join(missing))

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
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "community.foundation.static.HashedStatic"},
}
