"""Every setting of the site. All come from the environment: `.env.example` explains each, `docker-compose.yml` hands
them to containers. `leaderboard/local/` reads PG_BIN, VALKEY_BIN and PORT itself, `leaderboard/metrics.py`
PROMETHEUS_MULTIPROC_DIR.

On one machine `python -m leaderboard.local` writes the environment of its services to `var/env` for `manage.py`.
"""

import os
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from leaderboard import providers
from leaderboard.environment import read_secrets, verified
from leaderboard.headers import static_headers
from leaderboard.logs import with_request_id
from leaderboard.loopback import is_loopback
from leaderboard.machines import OVER_HTTP
from leaderboard.patches import french_days
from leaderboard.schedule import BEAT

BASE_DIR = Path(__file__).resolve().parent.parent

VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
env = environ.Env()
VAR = Path(env.str("LEADERBOARD_VAR", default=str(BASE_DIR / "var"))).resolve()
read_secrets(os.environ)
env.read_env(VAR / "env")

# Where the site is: only on this machine (a loopback address) may it run without TLS, with DEBUG or with the demo.

SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
_site = urlsplit(SITE_URL)
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
LOCAL = _site.hostname in ("127.0.0.1", "localhost", "::1")
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK_HOSTS if LOCAL else [_site.hostname])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

if any("*" in origin for origin in CSRF_TRUSTED_ORIGINS):
    raise ImproperlyConfigured("CSRF_TRUSTED_ORIGINS must name each address: no wildcard.")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is missing: set it to a long random text, or start with `make run`.")
if not LOCAL:
    if DEBUG or DEMO:
        raise ImproperlyConfigured(f"{SITE_URL} is open to others: switch DEBUG and DEMO off.")
    if _site.scheme != "https":
        raise ImproperlyConfigured(f"{SITE_URL} is open to others: SITE_URL must begin with https://.")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 8:
        raise ImproperlyConfigured("SECRET_KEY is too easy to guess: set at least 50 random characters.")
    if any(host.startswith(("*", ".")) for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name each host: no wildcard.")
    if plain := [origin for origin in CSRF_TRUSTED_ORIGINS if not origin.startswith("https://")]:
        raise ImproperlyConfigured(f"CSRF_TRUSTED_ORIGINS must begin with https://: {', '.join(plain)} does not.")
elif others := [host for host in ALLOWED_HOSTS if not is_loopback(host)]:
    raise ImproperlyConfigured(
        f"{SITE_URL} is for this machine alone: ALLOWED_HOSTS must not name {', '.join(others)}."
    )

# What it is made of

INSTALLED_APPS = [
    "leaderboard",
    "teams",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "leaderboard.logs.numbered",
    "leaderboard.metrics.measured",
    "leaderboard.machines.by_any_name",
    "django.middleware.security.SecurityMiddleware",
    "teams.api.answers.problems",
    "leaderboard.headers.headers",
    "django.middleware.gzip.GZipMiddleware",
    "leaderboard.static_releases.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "leaderboard.languages.ChosenLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "leaderboard.htmx.sign_in_again",
    "allauth.account.middleware.AccountMiddleware",
    "teams.views.shared.second_factor_middleware.SecondFactor",
    "teams.views.shared.audit_middleware.audit_origin",
]
ROOT_URLCONF = "leaderboard.urls"
WSGI_APPLICATION = "leaderboard.wsgi.application"
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
                "teams.views.shared.context.site",
            ],
        },
    }
]

# Where data lives

_database = env.db("DATABASE_URL", default="postgresql://leaderboard@/leaderboard")
_gone = {"tcp_user_timeout": 15_000, "keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3}
_database["OPTIONS"] = {"connect_timeout": 3} | _gone | _database.get("OPTIONS", {})
_database |= {"ENGINE": "leaderboard.patches.postgresql", "CONN_HEALTH_CHECKS": True}
DATABASES = {"default": _database | {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=600)}}
DATABASE_PATIENCE = env.float("DATABASE_PATIENCE", default=20)  # of pages; `leaderboard/patches/database_timeout.py`
# Behind PgBouncer each transaction may have another connection: a cursor that outlives one would be lost, and so
# would a statement that was prepared (`teams/queries/prepared_sql.py`).
DATABASE_POOLED = env.bool("DATABASE_POOLED", default=False)
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOLED
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = None if DATABASE_POOLED else 2
if not DATABASE_POOLED:
    # One plan for each statement, whatever its parameters: else PostgreSQL plans the dear ones anew each time. What
    # else was given for its connections is kept; PGOPTIONS, which libpq reads itself, would be replaced.
    _given = [os.environ.get("PGOPTIONS"), _database["OPTIONS"].get("options")]
    _options = " ".join([*filter(None, _given), "-c plan_cache_mode=force_generic_plan"])
    DATABASES["default"]["OPTIONS"]["options"] = _options
_direct = env.str("DATABASE_DIRECT_URL", default="")
DIRECT_DATABASE = DATABASES["default"] | env.db_url_config(_direct) if _direct else DATABASES["default"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CELERY_BROKER_URL = verified(env.str("CELERY_BROKER_URL", default="redis://127.0.0.1:6379/0"))
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
_is_shared = CACHES["default"]["BACKEND"].endswith("RedisCache")
CACHES["default"]["BACKEND"] = f"leaderboard.patches.cache.{'Cache' if _is_shared else 'Own'}"

# People and sign-in

AUTH_USER_MODEL = "teams.User"
AUTHENTICATION_BACKENDS = ["teams.accounts.adapter.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{kind}PasswordHasher" for kind in ("Argon2", "PBKDF2")]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": "teams.accounts.passwords.NotCommon"},
    {"NAME": "teams.accounts.passwords.NotPredictable"},
]
ACCOUNT_ADAPTER = "teams.accounts.adapter.Adapter"
ACCOUNT_FORMS = {"user_token": "teams.accounts.adapter.PasswordLinkForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_MAX_EMAIL_ADDRESSES = 1  # the one that their organization knows; nobody adds another's
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whose password or second step changes is told by mail
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES  # whose address is slowed down after wrong passwords
ACCOUNT_RATE_LIMITS = {  # how often a form is taken within which time, from an address, by a user, for an account
    "login": "60/m/ip",
    "login_failed": "20/m/ip,10/h/key",  # by allauth's name for it, what follows the password: codes and passkeys
    "login_failed_address": "20/m/ip",  # wrong passwords, whoever they were for
    "login_failed_here": "5/5m/key",  # for one account from one address: a stranger's tries lock nobody else out
    "login_failed_anywhere": "100/h/key",  # for one account from everywhere; a link by mail opens it again
    "reset_password": "20/m/ip,5/h/key",
    "invitation": "20/m/ip,20/h/key",  # a key of ours is the token of a link
    "change_address": "10/h/user,60/h/ip",  # two mails each
    "submission_link": "300/m/ip,60/h/key",  # people of one office, at a month's end
    "submit": "60/m/user",
    "paste": "60/m/user,600/m/ip",
    "download": "60/m/user,600/m/ip",  # of a board
    "export": "60/h/user,600/h/ip",
    "picture": "20/h/user,300/h/ip",  # each is made anew by a process of its own
    "try_chat": "10/m/user,100/m/ip",
    "share": "600/m/ip",  # an intranet's first page, in the morning
}
MFA_ADAPTER = "teams.accounts.adapter.TwoSteps"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Leaderboard"
MFA_FORMS = {
    "add_webauthn": "teams.accounts.passkeys.AddForm",
    "edit_webauthn": "teams.accounts.passkeys.RenameForm",
    "login_webauthn": "teams.accounts.passkeys.SignInForm",
    "authenticate": "teams.accounts.mfa_forms.CodeForm",
    "authenticate_webauthn": "teams.accounts.mfa_forms.PasskeyForm",
    "reauthenticate": "teams.accounts.mfa_forms.ConfirmCodeForm",
    "reauthenticate_webauthn": "teams.accounts.mfa_forms.ConfirmPasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL

# Signing in with an account elsewhere

SOCIALACCOUNT_ADAPTER = "teams.accounts.single_sign_on.SingleSignOn"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may only lead to ourselves, by the Content-Security-Policy
SOCIALACCOUNT_PROVIDERS = providers.known(
    google=(env.str("GOOGLE_CLIENT_ID", default=""), env.str("GOOGLE_CLIENT_SECRET", default="")),
    linkedin=(env.str("LINKEDIN_CLIENT_ID", default=""), env.str("LINKEDIN_CLIENT_SECRET", default="")),
    microsoft=(
        env.str("MICROSOFT_CLIENT_ID", default=""),
        env.str("MICROSOFT_CLIENT_SECRET", default=""),
        env.str("MICROSOFT_TENANT", default=""),
        env.list("MICROSOFT_DOMAINS", default=[]),
    ),
    company=(
        env.str("OIDC_CLIENT_ID", default=""),
        env.str("OIDC_CLIENT_SECRET", default=""),
        env.str("OIDC_URL", default=""),
        env.str("OIDC_NAME", default="") or "your company",
        env.list("OIDC_DOMAINS", default=[]),
    ),
)

# Sessions end a while after they were last used, and some time after the sign-in whatever happens.

SESSION_ENGINE = "teams.accounts.sessions"
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_DAYS", default=7) * 24 * 3600
SESSION_LIVES = env.int("SESSION_DAYS", default=30) * 24 * 3600

# Security

SECURE_SSL_REDIRECT = not LOCAL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REDIRECT_EXEMPT = OVER_HTTP
SECURE_HSTS_SECONDS = 0 if LOCAL else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_NAME = "session" if LOCAL else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if LOCAL else "__Host-csrf"
DISPLAY_COOKIE_NAME = "display" if LOCAL else "__Host-display"
MESSAGES_COOKIE_NAME = "messages" if LOCAL else "__Host-messages"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "leaderboard.messages.Storage"

# Language, time, static files

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")]
TIME_ZONE = "UTC"
french_days.install()
LOCALE_PATHS = [BASE_DIR / "teams" / "locale"]
FORMAT_MODULE_PATH = "teams.locale"
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR / "static"))()
STATIC_RELEASES = env.str("STATIC_RELEASES", default="")
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "teams.mail.smtp.EmailBackend"
EMAIL_TIMEOUT = 8  # for each step; all of them together have `teams/network/deadline.py`
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Leaderboard <leaderboard@localhost>")

# Chats. Managers type the addresses of webhooks: without this they lead to the public internet only.

ALLOW_PRIVATE_WEBHOOKS = env.bool("ALLOW_PRIVATE_WEBHOOKS", default=False)

# Jobs. Every task is safe to run twice; a killed worker's tasks come back after the visibility time-out.

CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 2,
    "max_retries": 0,  # to connect, when a request has a message: the sweep does what it would have asked for
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for it for as long as it takes
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 230
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = BEAT
JOB_ASKED_AT = "asked_at"  # the header of a job that says when somebody asked for it
CELERY_BEAT_SCHEDULER = "leaderboard.patches.clock.Beat"

# Logs, to the standard error of each process

_COLUMNS = {"format": "{asctime} {levelname} {request_id} {name} {message}", "style": "{"}
_QUIET = ("httpx", "httpcore", "celery")  # the first two log secret addresses; each job has a line of ours
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": lambda: with_request_id}},
    "formatters": {kind.lower(): {"()": f"leaderboard.logs.{kind}", **_COLUMNS} for kind in ("Line", "Json")},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": env.str("LOG_FORMAT", default="line"),
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {name: {"level": "WARNING"} for name in _QUIET},
}

BACKUPS = env.str("BACKUPS", default="")
BACKUP_NAME = "leaderboard-%Y-%m-%dT%H%M%S.dump"  # in UTC
OFFSITE = env.str("OFFSITE", default="")
OFFSITE_ENDPOINT = env.str("OFFSITE_ENDPOINT", default="")
OFFSITE_REGION = env.str("OFFSITE_REGION", default="us-east-1")
OFFSITE_ACCESS_KEY_ID = env.str("OFFSITE_ACCESS_KEY_ID", default="")
OFFSITE_SECRET_ACCESS_KEY = env.str("OFFSITE_SECRET_ACCESS_KEY", default="")
OFFSITE_KEY = env.str("OFFSITE_KEY", default="")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# Faults, to Sentry where one is named; without names, addresses or what people typed

if SENTRY_DSN := env.str("SENTRY_DSN", default=""):
    from leaderboard.sentry import report_faults

    report_faults(SENTRY_DSN, VERSION)
