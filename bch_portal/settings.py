"""Settings: production is the default, and every difference between places is an environment variable."""

from pathlib import Path

import environ
from django.conf import locale
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# The place ---------------------------------------------------------------------------------------
PORTAL_DATA = Path(env("PORTAL_DATA", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_ADDRESS = env("SITE_ADDRESS", default="http://127.0.0.1:8000")
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

# Languages ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
# Django knows only zh-hans and zh-hant; the portal, like the United Nations, says zh.
locale.LANG_INFO["zh"] = {"bidi": False, "code": "zh", "name": "Chinese", "name_local": "中文"}
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

DATABASES = {"default": env.db("DATABASE_URL")}
