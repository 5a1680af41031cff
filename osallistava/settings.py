"""Settings, read from the environment: secure unless told otherwise, a missing value stops the start and is named.

Without `DATABASE_URL` and `BROKER_URL` the entry points (never this module) start servers of our own and set
the variables that are read here: see `osallistava.embedded`.
"""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from bootstrap_wrapper import get_bootstrap_css_dir
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from core.database.search_path import with_search_path
from core.encryption import check_keys
from osallistava.server_addresses import refuse_demo_on_given_servers, refuse_open_database, refuse_open_redis

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def required(name: str, what: str) -> str:
    """The variable's text; stops the start with its name and what to give when it is missing or empty."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Give {what}.")
    return value


def seconds(name: str, default: int) -> int:
    """Whole seconds; 0 stands for no limit."""
    text: str = env.str(name, default="") or str(default)
    if not (text.isascii() and text.isdigit() and int(text) <= 3600):
        raise ImproperlyConfigured(f"{name} is {text}. Give whole seconds up to 3600; 0 stands for no limit.")
    return int(text)


# The demo shows the program with invented people on one machine, over plain http: never for real client data.
DEMO: bool = env.bool("DEMO", default=False)
DEBUG: bool = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
# Nobody else is on the network between the program's machines and its servers: they may do without TLS and passwords.
PRIVATE_NETWORK: bool = env.bool("PRIVATE_NETWORK", default=False)
refuse_demo_on_given_servers(env.str("DATABASE_URL", default=""), DATA_DIR, DEMO=DEMO, DEBUG=DEBUG)

SECRET_KEY = required("SECRET_KEY", "a random text of at least 50 characters")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short. Give a random text of at least 50 characters.")
# id:base64 pairs, 32 bytes each, the first one is used for new text, the others only to read what is there
FIELD_KEYS = required(
    "FIELD_KEYS",
    "id:base64 pairs of 32 random bytes, separated by commas, the current first",
)
INDEX_KEY = required("INDEX_KEY", "32 random bytes in base64, kept for the whole life of the data")
check_keys(FIELD_KEYS, INDEX_KEY)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEMO or DEBUG else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set. Give the host names of this service, separated by commas.")
if "*" in ALLOWED_HOSTS and not DEBUG:
    raise ImproperlyConfigured("ALLOWED_HOSTS may not hold *. Give the host names of this service.")
CSRF_TRUSTED_ORIGINS = [
    f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host not in {"localhost", "127.0.0.1"}
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "core",
    "accounts",
    "municipalities",
    "cases",
    "records",
    "etotu",
    "avain",
    "desk",
    "reports",
]
if DEMO:
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.session_cookie.SecretSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.SessionLimitMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "accounts.middleware.SignInRequiredMiddleware",
    # the check of the form's token reads the body, files too: before it stands who may send how much
    "core.body_limit.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "core.middleware.FormAddressMiddleware",
    "municipalities.security_events.SecurityEventsMiddleware",
    "municipalities.middleware.MunicipalityMiddleware",
    "cases.access.refused.RefusedAccessMiddleware",
]

ROOT_URLCONF = "osallistava.urls"
WSGI_APPLICATION = "osallistava.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "accounts.context.account_urls",
                "accounts.context.session",
                "accounts.context.give_up_url",
                "accounts.context.page_address",
                "municipalities.context.frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]


def postgres(name: str) -> dict[str, Any]:
    """The server that the variable names."""
    database = env.db_url_config(required(name, "postgres://role:password@host:port/name"))
    if database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must name a PostgreSQL server: postgres://role:password@host:port/name.")
    database["HOST"] = unquote(database["HOST"])  # a socket folder is written %2Flike%2Fthis
    database = {"OPTIONS": {}, **database, "ENGINE": "core.database"}
    database["OPTIONS"]["options"] = with_search_path(database["OPTIONS"].get("options", ""))
    if not PRIVATE_NETWORK:
        refuse_open_database(name, database)
    return database


# Data. The application's role has no DDL and meets row security; the owner's is for migrations only.
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **postgres("DATABASE_URL"),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
if env.str("DATABASE_OWNER_URL", default=""):
    DATABASES["owner"] = {**postgres("DATABASE_OWNER_URL"), "ATOMIC_REQUESTS": False}
# Of pages only: see core/time_limits.py.
DATABASE_STATEMENT_TIMEOUT = seconds("DATABASE_STATEMENT_TIMEOUT", 10)
DATABASE_LOCK_TIMEOUT = seconds("DATABASE_LOCK_TIMEOUT", 5)
if 0 < DATABASE_STATEMENT_TIMEOUT <= DATABASE_LOCK_TIMEOUT:
    raise ImproperlyConfigured(
        "DATABASE_LOCK_TIMEOUT must be shorter than DATABASE_STATEMENT_TIMEOUT, or it never strikes."
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

BROKER_URL = required("BROKER_URL", "redis://host:port/0 of the Redis or Valkey server")
CACHE_URL: str = env.str("CACHE_URL", default=BROKER_URL.replace("redis+socket://", "unix://"))
if not PRIVATE_NETWORK:
    refuse_open_redis("BROKER_URL", BROKER_URL)
    refuse_open_redis("CACHE_URL", CACHE_URL)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        # pickles of an earlier version stay where they are
        "KEY_PREFIX": "osallistava-json",
        "OPTIONS": {"serializer": "core.json_cache.JsonSerializer"},
    }
}
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_DEFAULT_QUEUE: str = env.str("TASK_QUEUE", default="osallistava")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Europe/Helsinki"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep-batches": {"task": "etotu.sweep", "schedule": 30.0},
    "missing-days": {"task": "etotu.missing_days", "schedule": 3600.0},
    "tell-admins": {"task": "etotu.tell_admins", "schedule": 60.0},
    "clean-drafts": {"task": "core.clean_drafts", "schedule": 24 * 3600.0},
    "destroy-old-files": {"task": "etotu.destroy_old_files", "schedule": 24 * 3600.0},
    # once a week is what it does; asked often, so that a Monday on which nothing ran is made good
    "release-held": {"task": "cases.release_held", "schedule": 3600.0},
    "expire-information-requests": {"task": "cases.expire_requests", "schedule": 3600.0},
    "let-rights-run-out": {"task": "municipalities.let_rights_run_out", "schedule": 3600.0},
    "recount-stale-days": {"task": "reports.recount_stale", "schedule": 60.0},
    "recount-last-months": {"task": "reports.recount_window", "schedule": crontab(hour="3", minute="20")},
    "publish-closed-periods": {"task": "reports.publish_closed", "schedule": crontab(hour="4", minute="20")},
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "accounts.password_rules.LongEnough",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
# whose views take passwords and codes
ACCOUNT_APPS = {"accounts", "allauth"}
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# five wrong guesses at an address from one network: accounts/lockout.py; of codes, whatever the network, fifteen
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,15/300s/key"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Osallistava"
MFA_TOTP_TOLERANCE = 1  # a phone's clock is not always right
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateByCodeForm",
    "activate_totp": "accounts.forms.ActivateSecondFactorForm",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
USERSESSIONS_TRACK_ACTIVITY = False  # a session knows itself when it was last used
# A second factor is required of everyone; only the demo, whose people are invented, does without.
SECOND_FACTOR_REQUIRED: bool = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)
if not SECOND_FACTOR_REQUIRED and not (DEMO or DEBUG):
    raise ImproperlyConfigured("SECOND_FACTOR_REQUIRED may be off only in the demo. Remove it or set it to true.")
SESSION_IDLE_SECONDS = 30 * 60
SESSION_TOTAL_SECONDS = 10 * 3600
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = SESSION_TOTAL_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Security
SECURE_TRANSPORT = not (DEMO or DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE_TRANSPORT
# no neighbouring host can set a cookie of such a name; a browser takes it over TLS only, which the demo has not
COOKIE_PREFIX = "__Host-" if SECURE_TRANSPORT else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
MESSAGE_COOKIE_NAME = f"{COOKIE_PREFIX}messages"
MESSAGE_STORAGE = "accounts.message_cookie.MessageStorage"
LANGUAGE_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_TRANSPORT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_TRANSPORT
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # or the limits on signing in would count everybody as one address
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Words and time
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["core.formats"]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

# Files that the browser gets
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap/css", get_bootstrap_css_dir())]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = False

# eTotu
ETOTU_INBOX: str = env.str("ETOTU_INBOX", default="")
if ETOTU_INBOX:
    CELERY_BEAT_SCHEDULE["read-inbox"] = {"task": "etotu.read_inbox", "schedule": 10.0}
ETOTU_UPLOAD_LIMIT = 200 * 1024 * 1024
ETOTU_UPLOADS_LIMIT = 1024 * 1024 * 1024  # of the files of one upload together
ETOTU_FILE_LIMIT = 2 * 1024 * 1024 * 1024
ETOTU_KEEP_DAYS = 365

# Choices of ours where the law has no number: see docs/domain.md; those of a municipality are its LocalSettings
RELATION_DAYS = 90
SMALLEST_CELL = 5
DRAFT_DAYS = 30  # from when it was last saved
DRAFT_BYTES = 500_000  # of one draft: a hundred pages of text and more
DRAFTS = 200  # of one person in one municipality: eight forms left unfinished on each working day of those 30 days
DRAFTS_BYTES = 10_000_000  # of these together
REVEALS_AN_HOUR = 20  # of protected details by one person, before a reason is asked
MOST_REVEALS_AN_HOUR = 100  # and after which nothing more is shown
MOST_REVEALS_A_DAY = 250  # nor after so many within 24 hours

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
# where links in e-mails lead
SITE_URL: str = env.str(
    "SITE_URL",
    default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
    if SECURE_TRANSPORT
    else f"http://{ALLOWED_HOSTS[0].lstrip('.')}:{env.str('PORT', default='8000')}",
).rstrip("/")
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="osallistava@localhost")


def security_stream(where: str) -> dict[str, Any]:
    """The handler for the lines of the security log: `stdout`, or `syslog:host:port` (UDP)."""
    if where == "stdout":
        return {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "event"}
    kind, _colon, address = where.partition(":")
    host, _colon, port = address.rpartition(":")
    if kind != "syslog" or not host or not (port.isascii() and port.isdigit()):
        raise ImproperlyConfigured(f"SECURITY_LOG is {where}. Give stdout, or syslog:host:port.")
    return {"class": "logging.handlers.SysLogHandler", "address": (host, int(port)), "formatter": "event"}


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "core.log_lines.LogLine", "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "event": {"()": "core.log_lines.EventLine"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "security": security_stream(env.str("SECURITY_LOG", default="stdout")),
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "osallistava.security": {"level": "INFO", "handlers": ["security"], "propagate": False},
        # a line when a task is done is enough
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
