"""The public site: a chain of its own inside the first middleware, which never calls the rest.

It knows no person, no session and no form token, so nothing here can show a reader what
is not everybody's, and nothing waits for a database.
"""

import brotli
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.text import compress_string

from bch_portal import database, errors
from bch_portal.languages import accepted_language, language_of_path

READING = ("GET", "HEAD", "OPTIONS")
WORTH_COMPRESSING = 500
TEXTS = ("text/", "application/json", "application/problem+json", "application/xml", "image/svg+xml")


def is_private(path):
    """Whether answering needs to know who asks."""
    if path.startswith(tuple(settings.PRIVATE_PREFIXES)):
        return True
    language = language_of_path(path)
    return language is not None and path.startswith((f"/{language}/desk/", f"/{language}/account/"))


def front_door(request):
    """`/` leads to the reader's language."""
    return HttpResponseRedirect(f"/{accepted_language(request)}/")


class PublicSite:
    """The first middleware. What is private goes on; everything else is answered here, unknown addresses too."""

    def __init__(self, get_response):
        self.private = get_response
        self.public = convert_exception_to_response(PublicViews())
        for name in reversed(settings.PUBLIC_MIDDLEWARE):
            self.public = convert_exception_to_response(import_string(name)(self.public))

    def __call__(self, request):
        if is_private(request.path_info):
            return self.private(request)
        request.META.pop("HTTP_COOKIE", None)
        with database.within(database.PUBLIC_PATIENCE):
            return self.public(request)


class PublicViews(BaseHandler):
    """The end of the chain: finds the view and calls it, with Django's own code and no middleware."""

    def __init__(self):
        super().__init__()
        self._view_middleware = self._template_response_middleware = self._exception_middleware = []

    def __call__(self, request):
        if request.method not in READING:
            return errors.method_not_allowed(request, READING)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(READING)})
        return self._get_response(request)


class Shared:
    """The same answer for everybody: no cookie, kept by caches but asked for anew, and the API open to all sites."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.cookies.clear()
        response.headers.setdefault("Cache-Control", "no-store" if response.status_code >= 500 else "public, no-cache")
        if request.path_info.startswith("/api/"):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, Content-Language"
            if request.method == "OPTIONS":
                response["Access-Control-Allow-Methods"] = ", ".join(READING)
                response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
                response["Access-Control-Max-Age"] = "86400"
        return response


class Compressed:
    """Brotli or gzip for texts; nothing secret is ever in a public page, so its length tells nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not worth_compressing(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        coding = best_coding(request.headers.get("Accept-Encoding", ""))
        if coding:
            response.content = CODINGS[coding](response.content)
            response["Content-Encoding"] = coding
            response["Content-Length"] = str(len(response.content))
            weaken_etag(response)
        return response


def worth_compressing(response):
    return (
        not response.streaming
        and len(response.content) >= WORTH_COMPRESSING
        and not response.has_header("Content-Encoding")
        and response.get("Content-Type", "").startswith(TEXTS)
    )


CODINGS = {"br": lambda content: brotli.compress(content, quality=5), "gzip": compress_string}


def best_coding(accepted):
    """The best coding that the browser takes: a name that is listed and not given the weight nought."""
    listed = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        listed[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((coding for coding in CODINGS if listed.get(coding)), None)


def weaken_etag(response):
    etag = response.get("ETag", "")
    if etag.startswith('"'):
        response["ETag"] = f"W/{etag}"
