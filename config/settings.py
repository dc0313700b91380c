"""Wiring: what Django, Celery and our rooms are told; no rule lives here."""

from urllib.parse import urlsplit

import dj_database_url

from config.env import ROOT, Environment
from config.logs import LOGGING as LOGGING
from config.logs import configure

configure()
env = Environment()
DATABASES_KNOWN = ("sqlite", "postgresql", "postgres")

SECRET_KEY = env.secret("TONGBAN_SECRET_KEY")
# Key of the encrypted personal values and of their blind index (people.Person).
FIELD_KEY = env.secret("TONGBAN_FIELD_KEY")
DEBUG = env.flag("TONGBAN_DEBUG")
# Whether callers may send GraphQL texts of their own; trusted documents always run (graphql/gateway).
AD_HOC_QUERIES = env.flag("TONGBAN_AD_HOC_QUERIES")
# Shows the demo people's sign-ins on the page where one signs in.
DEMO = env.flag("TONGBAN_DEMO")
# Brings codes to telephones (notifications/sms.py): in the demo a page shows them, otherwise
# notifications.sms.HttpGateway with the provider's address and token. Without one, only paper consents.
SMS_CHANNEL = env.text(
    "TONGBAN_SMS_CHANNEL", "notifications.sms.DemoOutbox" if DEMO or DEBUG else ""
)
SMS_URL = env.text("TONGBAN_SMS_URL", "")
SMS_TOKEN = env.text("TONGBAN_SMS_TOKEN", "")
# How many proxies of ours stand before the web process: the client's address is told by the last.
PROXIES = env.number("TONGBAN_PROXIES", 0)
SITE_NAME = env.text("TONGBAN_SITE_NAME", "云澜市一网通办")
ALLOWED_HOSTS = env.text("TONGBAN_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
PUBLIC_URL = env.address("TONGBAN_PUBLIC_URL", "http://127.0.0.1:8000", "http", "https")

# --- the two ways to run: SQLite and letters in memory, or PostgreSQL and RabbitMQ
DATABASE_URL = env.address(
    "DATABASE_URL", f"sqlite:///{ROOT / 'var' / 'tongban.sqlite3'}", *DATABASES_KNOWN
)
BROKER_URL = env.address("BROKER_URL", "memory://", "memory", "amqp", "amqps")
EMBEDDED = BROKER_URL == "memory://"
_database = dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
    }
else:
    _database["OPTIONS"] = {
        "options": "-c statement_timeout=15000 -c lock_timeout=3000"
        " -c idle_in_transaction_session_timeout=30000",
    }
DATABASES = {"default": _database}
# Who is told, after commit, that a chore was asked for: a dotted path, because bus knows no room.
CHORE_HINT = "bus.wakeup.chore_asked" if EMBEDDED else "config.celery.hint_chore"
# The role that the web, consumer and worker processes use on PostgreSQL; migrations grant to it.
APPLICATION_ROLE = env.text("DATABASE_APPLICATION_ROLE", "tongban_app")

# Telling people by e-mail: smtp://user:password@host:587, smtps://…, console:// or none://.
_email = env.email("TONGBAN_EMAIL_URL", "console://" if DEMO or DEBUG else "none://")
EMAIL_OFFERED = not str(_email["BACKEND"]).endswith("dummy.EmailBackend")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _email["BACKEND"], _email["HOST"], _email["PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _email["HOST_USER"], _email["HOST_PASSWORD"]
EMAIL_USE_SSL, EMAIL_USE_TLS, EMAIL_TIMEOUT = _email["USE_SSL"], _email["USE_TLS"], 10
DEFAULT_FROM_EMAIL = env.text("TONGBAN_EMAIL_FROM", "tongban@localhost")

KEY_DIR = env.folder("TONGBAN_KEY_DIR", "var/keys")
FILES_DIR = env.folder("TONGBAN_FILES_DIR", "var/files")
FONT_DIR = env.folder("TONGBAN_FONT_DIR", "var/fonts")
PAPER_DIR = env.folder("TONGBAN_PAPER_DIR", "fixtures/papers")  # blank forms and samples, read only
# Kept files lie below FILES_DIR, or in a bucket of an S3 service when one is named.
S3_BUCKET = env.text("TONGBAN_S3_BUCKET", "")
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "files.folder.FolderStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if (
    S3_BUCKET
):  # credentials come from the variables that every S3 client knows (AWS_ACCESS_KEY_ID ...)
    STORAGES["default"] = {
        "BACKEND": "files.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.text("TONGBAN_S3_ENDPOINT", "") or None,
            "region_name": env.text("TONGBAN_S3_REGION", "") or None,
            "file_overwrite": True,  # names are digests: the same name is the same content
            "default_acl": None,
            "addressing_style": env.text("TONGBAN_S3_ADDRESSING", "auto"),  # or path, virtual
        },
    }
# Where files that come in are written first; never served.
INCOMING_DIR = env.folder("TONGBAN_INCOMING_DIR", "var/incoming")
# ClamAV's socket, tcp://host:3310 or unix:///run/clamav/clamd.ctl; without one files are not scanned.
CLAMD: str = env.address("TONGBAN_CLAMD", "none://", "none", "tcp", "unix")
# Whether this process takes uploads and pages' forms with files: the one of the embedded way, or `config.uploads`.
TAKES_UPLOADS = EMBEDDED or env.flag("TONGBAN_TAKES_UPLOADS")
# Another address for the API's tickets than the one that people have; pages' forms never leave that one.
UPLOADS_URL = env.text("TONGBAN_UPLOADS_URL", "").rstrip("/")
env.check()

INSTALLED_APPS = [
    "config",  # before Django's own: its commands replace theirs of the same name
    "config.admin_app.Administration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "keys",
    "files",
    "bus",
    "people",
    "ecert",
    "notifications",
    "registers",
    "services",
    "workflows",
    "gateway",
    "halls",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "halls.guard.Guard",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "halls.pages.around",
            ]
        },
    }
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["people.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "var" / "static"
WHITENOISE_USE_FINDERS = True  # pages have their styles without a collecting step
SESSION_COOKIE_AGE = 8 * 3600  # of the administration, which alone uses Django's sessions
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [
    "{0.scheme}://{0.netloc}".format(urlsplit(PUBLIC_URL))
]  # behind a proxy's https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# Pages may bring files too, for browsers without scripts; the handler knows our limit.
DATA_UPLOAD_MAX_NUMBER_FILES = 60  # counts empty fields of a form too; see UPLOAD_MOST_FILES_A_FORM
FILE_UPLOAD_HANDLERS = ["halls.incoming.LimitedUpload"]

# Which adapter answers the data checks (数据核验) of a register: a dotted path to a function of
# registers.answer. The front database (registers.queries.look_up) is fed by the departments.
_FRONT_DATABASE = "registers.queries.look_up"
REGISTERS = {
    "EMPLOYMENT": _FRONT_DATABASE,
    "TENANCY": _FRONT_DATABASE,
    "ENROLMENT": _FRONT_DATABASE,
    "LAND_PLANNING": _FRONT_DATABASE,
    "WAGE_DEPOSIT": _FRONT_DATABASE,
    "UNEMPLOYMENT": _FRONT_DATABASE,
    "SALE_CONTRACTS": _FRONT_DATABASE,
    "PROPERTY_TAX": _FRONT_DATABASE,
    "KINSHIP": _FRONT_DATABASE,
}

# Names what of the catalogue relies on a type of certificates: a dotted path, because ecert knows no items.
CERTIFICATE_TYPE_RELIED_ON = "services.relying.items_relying_on"
# On which day a limit ends: a dotted path, because the catalogue lies below the city's calendar.
LAST_DAY = "workflows.last_days.last_day"

# --- numbers that an operator may change
ACCESS_TOKEN_SECONDS = 600
REFRESH_TOKEN_DAYS = 14
CHORE_LOCK_SECONDS = 120
EXPIRY_MARKS = (60, 30, 7)  # days before its end on which a certificate's holder is told
YELLOW_DAYS = 2  # a clock is yellow when so many days are left, or a third of its limit
UPLOAD_MOST_BYTES = 20_000_000  # of one file
UPLOAD_MOST_BYTES_A_FORM = 100_000_000  # of all files that one form brings
UPLOAD_MOST_FILES_A_FORM = 30
UPLOAD_MOST_BYTES_A_DAY = 300_000_000  # of one account
UPLOAD_MOST_FILES_A_DAY = 300
