"""Every setting of an installation. What differs between machines is read from the environment here."""

from datetime import date
from pathlib import Path

import environ
import pghistory
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("KTTT_DEBUG", default=False)
DEMO = env.bool("KTTT_DEMO", default=False)
DEMO_PASSWORD = env("KTTT_DEMO_PASSWORD", default="htx-quangtri-2023")
SECRET_KEY = env("KTTT_SECRET_KEY", default="")
if not SECRET_KEY:
    if not (DEBUG or DEMO):
        raise ImproperlyConfigured("Thiếu biến môi trường KTTT_SECRET_KEY (chuỗi ngẫu nhiên, từ 50 ký tự).")
    SECRET_KEY = "demonstration-only-" + "0" * 40
VAR = Path(env("KTTT_VAR", default=str(BASE_DIR / "var")))
BASE_URL = env("KTTT_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("KTTT_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("KTTT_TRUSTED_ORIGINS", default=[BASE_URL])
BEHIND_TLS = BASE_URL.startswith("https://")
MAIL_SINK = env("KTTT_MAIL_SINK", default="")
# The training clock: pins the day of every business date. Never set in real use.
_TODAY = env("KTTT_TODAY", default="")
TODAY = date.fromisoformat(_TODAY) if _TODAY else None
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
# For `make chaos`: how many times faster leases and pauses of reminders run out. Never set in real use.
HASTE = env.int("KTTT_HASTE", default=1)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "guardian",
    "pghistory",
    "pgtrigger",
    "agencies",
    "directives",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "agencies.middleware.LookingAs",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kttt_tracker.middleware.private_pages",
    "kttt_tracker.middleware.back_to_the_form",
    "kttt_tracker.middleware.what_was_taken",
]

ROOT_URLCONF = "kttt_tracker.urls"
WSGI_APPLICATION = "kttt_tracker.wsgi.application"

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
                "directives.views.context.page",
            ],
            "builtins": ["directives.templatetags.kttt"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db("DATABASE_URL", default="postgres://kttt@127.0.0.1:5432/kttt")}
DATABASES["default"]["CONN_MAX_AGE"] = 300
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 3
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The counters of sign-in, in the database: losing Redis keeps nobody out, and lets nobody guess on.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kttt_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
# In the database: losing Redis signs nobody out and loses no half-written form.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_SSL_REDIRECT = env.bool("KTTT_TLS_REDIRECT", default=False)
if env.bool("KTTT_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "kttt_tracker.sign_in.Backend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "agencies.passwords.NotLikeThePerson"},
    {"NAME": "agencies.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "agencies.passwords.NotCommon"},
    {"NAME": "agencies.passwords.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_ADAPTER = "agencies.accounts.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "agencies.account_forms.LoginForm",
    "change_password": "agencies.account_forms.ChangePasswordForm",
    "reset_password": "agencies.account_forms.ResetPasswordForm",
    "reset_password_from_key": "agencies.account_forms.ResetPasswordKeyForm",
}
# Whole offices come from one address: per address generous, per name strict.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "accept_invitation": "60/m/ip,20/10m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("KTTT_TRUSTED_PROXIES", default=0)

# Every change of a tracked row becomes an event row, made by the database itself; the actor stands in it.
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_APPEND_ONLY = True

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["kttt_tracker.formats"]

STATIC_URL = "static/"
STATIC_ROOT = Path(env("KTTT_STATIC_ROOT", default=str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kttt_tracker.assets.FontFinder",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# A round is one form: twenty fields for each of an agency's tasks, and a place for files.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8000
DATA_UPLOAD_MAX_NUMBER_FILES = 400

vars().update(env.email("KTTT_EMAIL_URL", default="smtp://127.0.0.1:25"))
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env("KTTT_MAIL_FROM", default="Sổ theo dõi nhiệm vụ KTTT <khong-tra-loi@kttt.example>")

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 600

# Gateways of chat and SMS that reminders may be handed to (directives.gateways); none: the channel is off.
WEBHOOK_HOSTS = env.list("KTTT_WEBHOOK_HOSTS", default=[])

MAX_UPLOAD_BYTES = env.int("KTTT_MAX_UPLOAD_BYTES", default=20 * 1024 * 1024)
# For how long the exported file of a closed directive (ZIP) stays on the disk; it can be exported again. 0: for good.
ARCHIVES_KEPT_DAYS = env.int("KTTT_ARCHIVES_KEPT_DAYS", default=30)
# Certificates of the services whose digital signatures the office trusts: a folder of .pem, .crt, .cer or .der files.
SIGNATURE_ROOTS = env("KTTT_SIGNATURE_ROOTS", default="")
MAX_NOTICE_BYTES = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "agencies.masking.Masked"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        # Each style sheet a line, for each report.
        "weasyprint": {"level": "WARNING"},
        # A certificate that is not trusted is a finding for the page, not an error with its whole traceback.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
        "django.request": {"filters": ["masked"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
