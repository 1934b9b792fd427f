"""What is true in every deployment. Values that differ come from the environment (environment.py)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.utils.csp import CSP

from community.settings.environment import value

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = (BASE_DIR / value("PORCHLIGHT_DATA")).resolve()

DEBUG = False
SECRET_KEY = value("SECRET_KEY")
SECRET_KEY_FALLBACKS = value("SECRET_KEY_FALLBACKS")
FIELD_KEYS = value("FIELD_KEYS")
ALLOWED_HOSTS = value("ALLOWED_HOSTS")
ALLOWED_ORIGINS = value("ALLOWED_ORIGINS")
CRISIS_LINES = value("CRISIS_LINES")
SINGLE_PROCESS = value("SINGLE_PROCESS")
EVENING = value("PORCHLIGHT_EVENING")
APP_NAME = value("PORCHLIGHT_NAME")
DISCREET_NAME = value("PORCHLIGHT_DISCREET_NAME")
LEAVE_TO = value("LEAVE_TO")
REDIS_URLS = value("REDIS_URL")

# Rooms in dependency order; "daphne" stands first so that runserver is the real server.
INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "django_tasks_db",
    "community",
    "community.foundation",
    "community.audit",
    "community.people",
    "community.consent",
    "community.sanctions",
    "community.recovery",
    "community.notices",
    "community.phones",
    "community.addresses",
    "community.letters",
    "community.programs",
    "community.schedule",
    "community.cases",
    "community.paging",
    "community.safety",
    "community.checkins",
    "community.sheets",
    "community.milestones",
    "community.mentoring",
    "community.matches",
    "community.safetyplan",
    "community.deaths",
    "community.keep_apart",
    "community.copies",
    "community.joining",
    "community.tablets",
    "community.integrations",
    "groups",
    "groups.membership",
    "groups.passages",
    "groups.chat",
    "groups.celebrations",
    "groups.today",
    "groups.outreach",
    "groups.pairs",
    "groups.moderation",
    "groups.remembrance",
    "groups.demo",
    "realtime",
]

MIDDLEWARE = [
    "community.foundation.web.Doorstep",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "community.people.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "community.foundation.web.Language",
    "community.sanctions.web.Suspensions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "community.urls"
ASGI_APPLICATION = "realtime.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csrf",
                "community.foundation.web.frame",
                "community.programs.views.frame.frame",
                "groups.membership.reading.frame",
                "community.notices.views.frame",
            ],
        },
    },
]

# --- Stores ---------------------------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # a deferred transaction that reads, then writes, fails at once under load
    "timeout": 30,  # seconds; who waits is not served in turn, and a busy worker comes back at once
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
POSTGRES_OPTIONS = {
    "pool": {"min_size": 1, "max_size": 16, "timeout": 1},
    "connect_timeout": 3,
    "options": "-c statement_timeout=3000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000",
}


def database(url: str) -> dict[str, object]:
    """The embedded default (SQLite in the data folder), or PostgreSQL with the pool and its time-outs."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "porchlight.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
        }
    found = dict(dj_database_url.parse(url))
    if found["ENGINE"] == "django.db.backends.sqlite3":
        return {**found, "OPTIONS": SQLITE_OPTIONS}
    return {**found, "OPTIONS": POSTGRES_OPTIONS, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


def layer(urls: list[str]) -> dict[str, object]:
    """Redis pub/sub, sharded over ``urls``; with none, the layer of one process."""
    if not urls:
        return {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
    hosts = [{"address": url, "socket_connect_timeout": 1, "socket_timeout": 5} for url in urls]
    return {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": hosts, "prefix": "porchlight"},
    }


def cache(urls: list[str]) -> dict[str, object]:
    """Redis with a per-process stand-in for when it is away; with none, memory."""
    if not urls:
        # Limits live here: it must not forget them when many people talk (its own bound is 300 keys).
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    return {"BACKEND": "community.foundation.cache.SturdyRedisCache", "LOCATION": urls, "OPTIONS": options}


def mailer(url: str) -> dict[str, object]:
    """SMTP as the address says; with none, mail is printed."""
    if not url:
        return {"BACKEND": "community.foundation.mail.Printed"}
    parts = urlsplit(url)
    tls = parse_qs(parts.query).get("tls", ["0"])[0] == "1"
    options = {"host": parts.hostname, "port": parts.port or 25, "timeout": 10, "use_tls": tls}
    if parts.username:
        options |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


DATABASES = {"default": database(value("DATABASE_URL"))}
CHANNEL_LAYERS = {"default": layer(REDIS_URLS)}
CACHES = {"default": cache(REDIS_URLS)}
MAILERS = {"default": mailer(value("MAIL_URL"))}
DEFAULT_FROM_EMAIL = value("MAIL_FROM") or "updates@porchlight.test"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SMS_URL = value("SMS_URL")
SMS_SECRET = value("SMS_SECRET")
PAGING_WEBHOOK_URL = value("PAGING_WEBHOOK_URL")
PAGING_WEBHOOK_SECRET = value("PAGING_WEBHOOK_SECRET")
CALL_LEASE = timedelta(seconds=30)  # longer than any one call takes; then it is anybody's again
METRICS_TOKEN = value("METRICS_TOKEN")
LETTER_LEASE = timedelta(minutes=2)  # longer than any one mail takes; then a letter is anybody's again
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- People and sessions --------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["community.people.authentication.NameAndPassword"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "community.people.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())  # at most; 14 days idle ends it sooner
STAFF_IDLE, STAFF_MOST = value("STAFF_IDLE_MINUTES"), value("STAFF_MOST_MINUTES")  # SAFETY.md 3: 30 minutes, 12 hours
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # until somebody says that the phone is only theirs (community/phones)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "community.people.accounts.Adapter"
ACCOUNT_FORMS = {
    "login": "community.people.forms.SignInForm",
    "reset_password": "community.letters.forms.NewPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "address"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "60/m/ip",
    "login_failed": "5/15m/key,20/15m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = value("TRUSTED_PROXIES")
TRUSTED_PROXIES = value("TRUSTED_PROXIES")

# --- What this place promises, in numbers (PROTOCOL.md; PRODUCT.md 3.7) ----------------------------------------------

LIMITS = {
    "message_points": 4000,
    "posts": 20,
    "post_seconds": 10,
    "sockets": 10,
    "connects_a_minute": 30,
    "changes": 60,  # edits, removals and reactions a person, in change_seconds
    "change_seconds": 60,
    "tries": 10,  # tries of one person, name or room of codes in try_seconds
    "door_tries": 60,  # tries from one address: a clinic's whole group may stand behind it
    "try_seconds": 15 * 60,
    "copies": 3,  # copies of one's own data that one person takes along, in copy_seconds
    "copy_seconds": 24 * 60 * 60,
    "searches": 30,
    "search_seconds": 60,
    "frames": 200,  # frames a socket at once, and frames_a_second after that
    "frames_a_second": 50,
    "frame_bytes": 64 * 1024,
    "body_bytes": 64 * 1024,
}
EDIT_WINDOW = timedelta(minutes=15)
HISTORY_DAYS = 7
HISTORY_DAYS_TEEN = 0
MAJORITY = 18  # years; what the law of the organization's state says: 18, 19 or 21
IDEMPOTENCY_KEPT = timedelta(hours=24)

# --- Doors ----------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "community.integrations.authentication.BearerAuthentication",
        "community.people.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["community.integrations.authentication.HasScope"],
    "DEFAULT_PARSER_CLASSES": ["community.foundation.api.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "community.foundation.api.AlwaysJSON",
    "EXCEPTION_HANDLER": "community.foundation.api.problem_response",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Porchlight",
    "DESCRIPTION": "The public REST contract. The socket beside it is described by docs/asyncapi.json.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "SideEnum": "community.matches.serializers.mine.SIDES",
        "AppealAnswerEnum": "groups.moderation.plans.Answer",
        "AppealSideEnum": "groups.moderation.plans.Side",
        "ActionEnum": "groups.moderation.plans.Action",
        "CareKindEnum": "community.safety.plans.Kind",
        "MessageKindEnum": "groups.chat.models.Kind",
        "CaseReasonEnum": "community.cases.plans.Reason",
        "CoverageHoursEnum": "community.schedule.plans.Hours",
        "MatchKindEnum": "community.matches.serializers.mine.KINDS",
        "BoardRowStateEnum": "community.matches.serializers.desk.STATES",
        "MatchStateEnum": "community.matches.serializers.mine.SHOWN",
        "CaseStepKindEnum": "community.cases.models.StepKind",
        "CaseStateEnum": "community.cases.plans.State",
        "CaseOutcomeEnum": "community.cases.plans.Outcome",
        "EndOutcomeEnum": "community.programs.models.Outcome",
        "PartingReasonEnum": "community.matches.serializers.mine.REASONS",
        "RoleEnum": "groups.membership.models.Role",
        "GroupKindEnum": "groups.membership.models.Kind",
        "TallyKindEnum": "community.milestones.models.TallyKind",
        "PurposeEnum": "community.consent.models.Purpose",
        "StaffRoleEnum": "community.programs.models.StaffRole",
        "PhaseEnum": "community.programs.models.PhaseKind",
        "OfferAnswerEnum": "groups.passages.models.Answer",
        "MarkAnswerEnum": "groups.celebrations.serializers.ANSWERS",
        "MentorStateEnum": "community.mentoring.serializers.mine.STATE_CHOICES",
        "CelebrationStateEnum": "groups.celebrations.models.State",
    },
}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF, f"{urlsplit(LEAVE_TO).scheme}://{urlsplit(LEAVE_TO).netloc}"],  # Leave quickly is a form
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["default"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # nothing leaves the site; "no-referrer" would make browsers send Origin: null
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
APPEND_SLASH = False

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = BASE_DIR / "staticfiles"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False

# --- Words and time -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "community.foundation.logs.JSONLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": value("LOG_LEVEL")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "daphne": {"level": "WARNING"},
    },
}
