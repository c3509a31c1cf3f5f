"""A few pages that do what a test needs to see."""

from django.conf.urls.i18n import i18n_patterns
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path

from bch_portal import public_urls
from bch_portal.urls import handler400, handler403, handler404, handler500  # noqa: F401


def shown(request):
    cookies = "a cookie" if request.COOKIES else "no cookie"
    person = "a person" if hasattr(request, "user") or hasattr(request, "session") else "no person"
    response = HttpResponse(f"{cookies}, {person}, {request.LANGUAGE_CODE}")
    response.set_cookie("tracker", "1")
    return response


def long(request):
    return HttpResponse("The same again. " * 100)


def broken(request):
    raise ZeroDivisionError("a secret")


def away(request):
    raise OperationalError("could not connect")


urlpatterns = [
    *public_urls.urlpatterns,
    *i18n_patterns(
        path("shown/", shown), path("long/", long), path("broken/", broken), path("away/", away)
    ),
]  # fmt: skip
