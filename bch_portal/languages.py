"""The language of a page stands in its address; elsewhere the reader's browser says it."""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of_path(path):
    """`fr` for `/fr/search/`, None for an address without a language."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in dict(settings.LANGUAGES) else None


def accepted_language(request):
    """The first of the six languages that the browser asks for; the site's own when it asks for none."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = wanted.split("-")[0]
        if language in dict(settings.LANGUAGES):
            return language
    return settings.LANGUAGE_CODE


class LanguageOfThePath:
    """Activates the language, and tells caches what the answer depended on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        named = language_of_path(request.path_info)
        request.LANGUAGE_CODE = named or accepted_language(request)
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        if named is None:
            patch_vary_headers(response, ["Accept-Language"])
        return response
