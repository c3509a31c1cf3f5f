"""The OpenAPI document: made from the views and the formats, committed beside this file, and shown as a page.

`manage.py spectacular --format openapi-json --file bch_portal/openapi.json` writes it anew (`make openapi`).
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from catalogue.api import shapes
from formats import registry
from formats.schema import format_schema

FILE = Path(__file__).with_name("openapi.json")


def with_formats(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Called by drf-spectacular: adds the documents of the formats, and what all answers are made of."""
    with translation.override("en"):
        documents = {type(one).__name__: format_schema(one) for one in registry.all_formats()}
    choice = {"oneOf": [shapes.ref(name) for name in documents]}
    every = {"Record": shapes.record(), "Change": shapes.CHANGE, "Problem": shapes.PROBLEM, "Document": choice}
    known = result.setdefault("components", {}).setdefault("schemas", {})
    known |= every | documents
    result["components"]["schemas"] = dict(sorted(known.items()))
    return result


@cache
def document() -> dict[str, Any]:
    return orjson.loads(FILE.read_bytes())


def as_json(request):
    """The committed file, byte by byte."""
    return HttpResponse(FILE.read_bytes(), content_type="application/json")


def as_page(request):
    """The same for people."""
    return render(
        request, "catalogue/api.html", {"document": document(), "operations": operations(), "section": "api"}
    )


def operations() -> list[dict[str, Any]]:
    """The public reads, each with its address, parameters and answers."""
    paths = document()["paths"].items()
    return [
        {
            "id": one["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": one.get("summary", ""),
            "description": with_code(one.get("description", "")),
            "parameters": [(given["name"], with_code(given["description"])) for given in one.get("parameters", [])],
            "statuses": list(one["responses"]),
        }
        for path, methods in paths
        if not path.startswith("/api/v1/drafts/")
        for method, one in methods.items()
    ]


def with_code(text: str) -> SafeString:
    """The text with what stands between backticks as code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))  # noqa: S308 - escaped first
