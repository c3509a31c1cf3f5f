"""Settings: production is the default, and every difference between places is an environment variable."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.conf import locale
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from bch_portal import logs
from bch_portal.embedded.place import Place

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent


def required(name):
    """What has no default: it stops the start, and says where to read on."""
    if name in os.environ:
        return os.environ[name]
    nothing = f"{name} is not set, and no portal runs in {PORTAL_DATA}."
    raise ImproperlyConfigured(f"{nothing} Start one with `make run`, or set what `.env.example` lists.")


# The place ---------------------------------------------------------------------------------------
PORTAL_DATA = Path(env("PORTAL_DATA", default=str(BASE_DIR / "var"))).resolve()
if "DATABASE_URL" not in os.environ:
    # A command given beside a running `make run` finds its servers by the folder.
    os.environ.update(Place(PORTAL_DATA).running_environment() or {})
DEBUG = env.bool("DEBUG", default=False)
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
SECRET_KEY = required("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_ADDRESS = env("SITE_ADDRESS", default="http://127.0.0.1:8000").rstrip("/")
IDENTIFIER_PREFIX = env("IDENTIFIER_PREFIX", default="CMB")
RELEASE = "0.1.0"

# Applications ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "bch_portal.apps.PortalConfig",
    "exchange",
    "records",
    "catalogue",
    "projects",
    "opportunities",
    "needs",
    "resources",
    "reports",
    "organizations",
    "publishing",
    "formats",
    "accounts",
    "delivery",
    "reference",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
    "template_partials",
    "csp",
    "rules",
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]
ROOT_URLCONF = "bch_portal.urls"
WSGI_APPLICATION = "bch_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The way of a request ----------------------------------------------------------------------------
# The first middleware answers what is public in a chain of its own, and never calls the rest.
MIDDLEWARE = [
    "bch_portal.public.PublicSite",
    "bch_portal.whole.KeptByNobody",
    "bch_portal.desk.AtMostHalf",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bch_portal.languages.LanguageOfThePath",
    "bch_portal.whole.AddressIsText",
    "bch_portal.whole.BodyIsWhole",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
PUBLIC_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bch_portal.public.Shared",
    "bch_portal.public.Compressed",
    "django.middleware.http.ConditionalGetMiddleware",
    "bch_portal.languages.LanguageOfThePath",
    "bch_portal.whole.AddressIsText",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
# The other addresses that need to know who asks begin with a language, then `desk/` or `account/`.
PRIVATE_PREFIXES = ["/api/v1/drafts/"]
WEB_THREADS = env.int("WEB_THREADS", default=16)
WEB_PROCESSES = env.int("WEB_PROCESSES", default=2)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a long form with many rows
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000  # the largest record in Chinese, as a form sends it

# Templates ---------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "bch_portal.context.site",
                "records.context.desk",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# People ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{VALIDATORS}.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:mine"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"signup": "accounts.forms.SignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# In a demonstration no mail arrives anywhere, so nobody could confirm an address.
ACCOUNT_EMAIL_VERIFICATION = "optional" if DEMONSTRATION else "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMONSTRATION
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
# Attempts are counted in PostgreSQL: the limits hold across processes and hosts, and no request speaks to Redis.
# Beyond so many entries a count is dropped before its time: more than an attacker can fill at the limits' own pace.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rate_limits",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# Languages ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")), ("zh", _("Chinese")), ("en", _("English")),
    ("fr", _("French")), ("ru", _("Russian")), ("es", _("Spanish")),
]  # fmt: skip
# Django knows only zh-hans and zh-hant; the portal, like the United Nations, says zh.
locale.LANG_INFO["zh"] = {"bidi": False, "code": "zh", "name": "Chinese", "name_local": "中文"}
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["bch_portal.date_formats"]
TIME_ZONE = "UTC"
USE_TZ = True

# Database and queue ------------------------------------------------------------------------------
KEPT = {"CONN_MAX_AGE": env.int("DATABASE_CONNECTION_AGE", default=300), "CONN_HEALTH_CHECKS": True}
DATABASES = {"default": env.db_url_config(required("DATABASE_URL")) | KEPT}
REDIS_URL = required("REDIS_URL")

# Static files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = PORTAL_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "bch_portal.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = PORTAL_DATA / "media"

# Security ----------------------------------------------------------------------------------------
ON_HTTPS = SITE_ADDRESS.startswith("https://")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the code to scan for a second factor
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_HSTS_SECONDS = 31_536_000 if ON_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ON_HTTPS
# Browsers do not tell the ports of one host apart; several portals side by side must not share a session.
SESSION_COOKIE_NAME = f"portal_session_{urlsplit(SITE_ADDRESS).port or 443}"
CSRF_COOKIE_NAME = f"portal_csrf_{urlsplit(SITE_ADDRESS).port or 443}"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "bch_portal.errors.csrf_failure"

# The API -----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "bch_portal.problems.answer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Biosafety capacity-building portal",
    "VERSION": RELEASE,
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["bch_portal.openapi.with_formats"],
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# Harvesting --------------------------------------------------------------------------------------
# For tests alone: sources on this very machine may be asked too.
HARVEST_PRIVATE_ADDRESSES = env.bool("HARVEST_PRIVATE_ADDRESSES", default=False)

# Mail --------------------------------------------------------------------------------------------
if DEMONSTRATION:
    EMAIL_BACKEND = "delivery.backends.ShownOnThePage"
else:
    vars().update(env.email_url_config(required("EMAIL_URL")))  # smtp+tls:// checks the certificate
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="portal@localhost")
CONTACT_ADDRESS = env("CONTACT_ADDRESS", default=DEFAULT_FROM_EMAIL)  # where readers write to
EMAIL_TIMEOUT = 20

# Logging -----------------------------------------------------------------------------------------
LOGGING = logs.logging_settings(as_json=not (DEBUG or DEMONSTRATION), level=env("LOG_LEVEL", default="INFO"))
