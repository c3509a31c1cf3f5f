"""What the API answers when it cannot: problem+json (RFC 9457), in the words that a page would use."""

from http import HTTPStatus

import orjson
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from bch_portal import database
from catalogue.api.refusals import Refusal
from catalogue.index.reader import IndexNotReady
from catalogue.search.bad_query import BadQuery
from publishing.log import LogBusy

RETRY_AFTER = "5"


def answer(problem: Exception, context: dict) -> HttpResponse | None:
    """The exception handler of REST framework; None lets an error of ours become a 500."""
    if isinstance(problem, Refusal):
        return problem_json(problem.status, problem.detail, problem.headers, **problem.members)
    if isinstance(problem, BadQuery):
        return problem_json(400, str(problem.message), parameter=problem.parameter)
    if isinstance(problem, IndexNotReady | LogBusy):
        return problem_json(503, str(problem), {"Retry-After": RETRY_AFTER})
    if database.is_unavailable(problem):
        busy = _("The portal is busy. Nothing is lost: please try again in a moment.")
        return problem_json(503, busy, {"Retry-After": RETRY_AFTER})
    return _usual(problem)


def _usual(problem: Exception) -> HttpResponse | None:
    if isinstance(problem, Http404):
        return problem_json(404, str(problem) or _("There is nothing at this address."))
    if isinstance(problem, PermissionDenied):
        return problem_json(403, str(problem) or _("You are not allowed to do this."))
    if not isinstance(problem, exceptions.APIException):
        return None
    headers = {"Allow": ", ".join(problem.allowed)} if getattr(problem, "allowed", None) else {}
    if isinstance(problem, exceptions.ValidationError):
        return problem_json(400, _("The request is not as it should be."), headers, errors=problem.detail)
    found = {"problems": problem.problems} if getattr(problem, "problems", None) else {}
    return problem_json(problem.status_code, str(problem.detail), headers, **found)


def problem_json(status: int, detail: str, headers: dict | None = None, **members) -> HttpResponse:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": str(detail)}
    content = orjson.dumps(body | members, default=str)
    response = HttpResponse(content, status=status, content_type="application/problem+json", headers=headers)
    if status >= 500:
        response["Cache-Control"] = "no-store"
    return response
