"""How is this installation configured? Everything that differs between machines comes from the environment.

BORDERPASS_HOME     folder of the database, the keys and what is published (default: ./var)
DATABASE_URL        postgresql://... for a province or the country; SQLite in BORDERPASS_HOME without it
BORDERPASS_HOSTS    host names the site answers to, separated by commas (default: this machine only)
BORDERPASS_SECURE   1 when the site is reached over TLS: cookies are then sent over TLS only
BORDERPASS_PROXIES  how many proxies of ours stand in front (default: 0); the visitor's address is then counted from the
                    right of X-Forwarded-For (web/client_address.py)
BORDERPASS_BAKONG_TOKEN    token of the central bank's open API; without it KHQR is not offered (services/open_bank.py)
BORDERPASS_BAKONG_ADDRESS  where to ask instead of the central bank (a stand-in)
BORDERPASS_APPROVE_BY_PASSWORD  1 where governors without a passkey may type their password instead (for trying it out)
BORDERPASS_SMS_URL, BORDERPASS_TELEGRAM_URL, BORDERPASS_EMAIL_URL  the gateways of messages to applicants, as apprise
                    writes them, {to} standing for whom it goes to; a channel without one is not offered
                    (services/open_gateways.py)
BORDERPASS_TELEGRAM_BOT  the name of that bot, without @: applicants then link their chats by a code on the screen
BORDERPASS_COMPLAINT_PHONE, BORDERPASS_COMPLAINT_TELEGRAM  whom applicants tell who are asked for more than the price
BORDERPASS_METRICS_TOKEN  who sends it as a bearer token may read /metrics from another machine (web/metrics.py)
"""

import os
from pathlib import Path

import dj_database_url
import fontpkg_noto_sans_khmer
import fontpkg_noto_sans_thai

from borderpass.secret_key import read_secret_key
from borderpass.web.client_address import VARIABLE as PROXIES_VARIABLE
from borderpass.web.client_address import read_proxies
from borderpass.web.phone_headers import add_phone_headers

PACKAGE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("BORDERPASS_HOME", "var")).resolve()

DEBUG = False
SECRET_KEY = read_secret_key(HOME / "secret-key")
ALLOWED_HOSTS = os.environ.get("BORDERPASS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SECURE = os.environ.get("BORDERPASS_SECURE") == "1"
PROXIES = read_proxies(os.environ.get(PROXIES_VARIABLE, "0"))
APPROVE_BY_PASSWORD = os.environ.get("BORDERPASS_APPROVE_BY_PASSWORD") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if SECURE else []
SESSION_COOKIE_AGE = 8 * 60 * 60  # the most; web/people/sessions.py ends them earlier
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BAKONG_TOKEN = os.environ.get("BORDERPASS_BAKONG_TOKEN", "")
BAKONG_ADDRESS = os.environ.get("BORDERPASS_BAKONG_ADDRESS", "")
NOTICE_GATEWAYS = {
    channel: os.environ.get(f"BORDERPASS_{channel.upper()}_URL", "") for channel in ("sms", "telegram", "email")
}
COMPLAINT_PHONE = os.environ.get("BORDERPASS_COMPLAINT_PHONE", "")
COMPLAINT_TELEGRAM = os.environ.get("BORDERPASS_COMPLAINT_TELEGRAM", "")
TELEGRAM_BOT = os.environ.get("BORDERPASS_TELEGRAM_BOT", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "borderpass.store",
]
MIDDLEWARE = [
    "borderpass.web.client_address.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "borderpass.web.content_policy.ContentPolicyMiddleware",
    "borderpass.web.api.device_requests.DeviceDateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "borderpass.web.errors.MethodNotAllowedMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "borderpass.web.people.sessions.SessionLimitsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "borderpass.web.urls"
WSGI_APPLICATION = "borderpass.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

_SQLITE_OPTIONS = {
    # Writers queue instead of failing, and what is committed survives a power cut.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
}
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{HOME / 'borderpass.sqlite3'}", conn_max_age=600)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS

CSRF_FAILURE_VIEW = "borderpass.web.errors.csrf_failed"
AUTH_USER_MODEL = "store.Staff"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "full_name")}),
    )
]
LOGIN_URL = "/sign-in/"

USE_TZ = True
TIME_ZONE = "Asia/Phnom_Penh"
LANGUAGE_CODE = "km"
LANGUAGES = [("km", "ខ្មែរ"), ("en", "English"), ("th", "ไทย")]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    PACKAGE / "web" / "static",
    # Both hold the Latin letters too.
    ("fonts/khmer", fontpkg_noto_sans_khmer.ROOT / "files"),
    ("fonts/thai", fontpkg_noto_sans_thai.ROOT / "files"),
    ("fonts/small", PACKAGE / "web" / "fonts"),
]
WHITENOISE_USE_FINDERS = True
# The phone's two apps, where they were built: scanner/ puts them there. WhiteNoise looks once, when the site starts.
_PHONE = PACKAGE / "web" / "phone"
WHITENOISE_ROOT = _PHONE if _PHONE.is_dir() else None
WHITENOISE_INDEX_FILE = True
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
WHITENOISE_ADD_HEADERS_FUNCTION = add_phone_headers
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # What is refused is told to who asked; the log is for what went wrong here.
    "loggers": {"django.request": {"level": "ERROR"}},
}
