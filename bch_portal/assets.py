"""Static files: gathered, named by their content and compressed, only when one of them changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

IGNORED = ["rest_framework", "drf_spectacular", "tokens.css", "base.css", "layout.css", "print.css", "components"]


def collect_changed():
    mark = settings.STATIC_ROOT / "collected"
    fingerprint = fingerprint_of_sources()
    if mark.exists() and mark.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=IGNORED)
    mark.write_text(fingerprint)


def fingerprint_of_sources():
    digest = hashlib.sha256(settings.RELEASE.encode())
    for finder in get_finders():
        for name, storage in finder.list(IGNORED):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()
