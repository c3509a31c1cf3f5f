"""The web application. Only here does waiting for the database have an end."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bch_portal.settings")
application = get_wsgi_application()

from bch_portal import database  # noqa: E402  (needs the settings)
from catalogue.index import schema  # noqa: E402

database.bound_this_process()
# Which index this code reads, told before its files can be replaced by those of the next release.
schema.folder_prefix()
