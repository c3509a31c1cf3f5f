"""Answers to what cannot be answered: pages for people, problem+json for programs, and never the database."""

import json
import sys

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bch_portal import database

RETRY_AFTER = "5"


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return too_large(request)
    return problem(request, 400, _("This request cannot be understood."))


def permission_denied(request, exception=None):
    return problem(request, 403, _("You are not allowed to do this."))


def csrf_failure(request, reason=""):
    return problem(request, 403, _("This form was open too long. Go back, reload the page and send it again."))


def page_not_found(request, exception=None):
    return problem(request, 404, _("There is no such page."))


def gone(request, exception=None):
    return problem(request, 410, _("This record is no longer published."))


def method_not_allowed(request, allowed):
    response = problem(request, 405, _("This address can only be read."))
    response["Allow"] = ", ".join(allowed)
    return response


def too_large(request):
    said = _(
        "This is more than the portal takes at once. Go back: what you typed may still be there. Send less of it."
    )
    return problem(request, 413, said)


def cut_off(request):
    said = _("Only a part of this arrived, and nothing was changed. Go back and send it again.")
    return problem(request, 400, said)


def server_error(request):
    """The last resort; a database that is away is not an error of ours but a busy moment."""
    if database.is_unavailable(sys.exc_info()[1]):
        return busy(request)
    return problem(request, 500, _("Something went wrong on our side."))


def busy(request):
    response = problem(request, 503, _("The portal is busy. Nothing is lost: please try again in a moment."))
    response["Retry-After"] = RETRY_AFTER
    return response


def problem(request, status, detail):
    """The same answer in the shape that who asks can read."""
    if request.path_info.startswith("/api/"):
        body = {"type": "about:blank", "title": HttpResponse(status=status).reason_phrase, "status": status}
        body["detail"] = detail
        return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")
    forget_the_person(request)
    page = status if status in (400, 403, 404, 410, 500, 503) else 400
    response = render(request, f"errors/{page}.html", {"detail": detail}, status=status)
    response["Cache-Control"] = "no-store" if status >= 500 else "no-cache"
    return response


def forget_the_person(request):
    """Whoever asks, an error page is the same: finding out who it is could need the database that is away."""
    request.user = AnonymousUser()
    vars(request).pop("_messages", None)
