"""What every public read of the API has in common: it knows no person, reads the index, says what it depended on."""

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from catalogue.conditional import etag
from catalogue.search.bad_query import BadQuery

JSON = "application/json"


class AlwaysJson(BaseContentNegotiation):
    """A browser asks for HTML first; it gets the data all the same."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class PublicRead(APIView):
    """An address of the public API: the same answer for everybody, in the one language it is asked for."""

    authentication_classes = ()
    permission_classes = ()
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = AlwaysJson
    http_method_names = ("get", "head", "options")

    def conditional(self, tag: str, content: Callable[[], Any], headers: dict[str, str] | None = None) -> HttpResponse:
        """304 where the reader has it already; the content is made only where it is sent."""
        response = get_conditional_response(self.request._request, etag=tag)
        if response is None:
            response = HttpResponse(orjson.dumps(content()), content_type=JSON)
        for name, value in ({"ETag": tag} | (headers or {})).items():
            response[name] = value
        return response

    def tag(self, *parts: Any) -> str:
        return etag(type(self).__name__, *parts)

    def take(self, *known: str) -> dict[str, str]:
        """The parameters of the address, each once; BadQuery for an unknown one."""
        given = self.request.query_params
        for name in given:
            if name not in known:
                raise BadQuery(name, _("There is no parameter “%(name)s”.") % {"name": name[:60]})
        return {name: given[name] for name in given}
