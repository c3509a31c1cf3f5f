"""Answers made from the index: one reader a request, an `ETag` that says what the answer depended on, 304 and 503."""

from datetime import UTC, datetime
from functools import wraps
from hashlib import blake2b

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.shortcuts import render
from django.utils.cache import get_conditional_response

import reference
from catalogue.index import reader as index
from catalogue.index.reader import IndexNotReady

RETRY_AFTER = "5"


def etag(*parts) -> str:
    """The tag of an answer that depends on these parts, on this release and on the reference data."""
    every = (settings.RELEASE, reference.version(), *parts)
    return f'"{blake2b("|".join(map(str, every)).encode(), digest_size=12).hexdigest()}"'


def this_hour() -> str:
    """The UTC hour: the part of a tag where dates decide what is shown."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H")


def page_etag(request, published: index.Reader) -> str:
    """The tag of a page: all pages show what is open and what is confirmed, so the hour is part of it."""
    representation = "part" if is_part(request) else "page"
    files = getattr(staticfiles_storage, "manifest_hash", "")
    return etag(published.log, published.position, request.LANGUAGE_CODE, representation, files, this_hour())


def is_part(request) -> bool:
    """Whether htmx asks for the results alone."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def from_the_index(view):
    """Gives the view a reader of the index; answers 304 where nothing changed, 503 where there is no index yet."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            published = index.reader()
        except IndexNotReady as missing:
            return not_ready(request, missing)
        tag = page_etag(request, published)
        response = get_conditional_response(request, etag=tag) or view(request, published, *args, **kwargs)
        if response.status_code in (200, 304) and not response.has_header("Cache-Control"):
            response.headers.setdefault("ETag", tag)
        return response

    return answer


def not_ready(request, missing: IndexNotReady):
    response = render(request, "errors/503.html", {"detail": str(missing)}, status=503)
    response["Retry-After"] = RETRY_AFTER
    return response
