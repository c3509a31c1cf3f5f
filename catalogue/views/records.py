"""The page of a record, its persistent address, and what stands there when it is published no longer."""

import re
import time

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.conditional import from_the_index
from catalogue.index import reader as index
from catalogue.index.reader import IndexNotReady, Reader, Tombstone
from catalogue.pages import tombstones
from catalogue.pages.record_page import RecordPage
from catalogue.pages.tickets import choice_address
from formats.fields import UID
from publishing import waiting

LONGEST_WAIT = 2.0
LOOK_AGAIN = 0.05
VERSION = re.compile(rf"({UID.pattern})-([1-9][0-9]{{0,8}})")


def record(request, uid):
    """The page of a record; right after publishing it waits a moment for this host's index."""
    if "after" in request.GET:
        return just_published(request, uid)
    return published_record(request, uid)


@from_the_index
def published_record(request, published: Reader, uid):
    return page(request, published, uid)


def page(request, published: Reader, uid: str, notice: str = ""):
    found = published.record(uid)
    if found is None:
        raise Http404(_("There is no record with the identifier %(uid)s.") % {"uid": uid[:60]})
    if isinstance(found, Tombstone):
        return gone(request, found)
    shows_all = request.GET.get("links") == "all"
    shown = RecordPage(found, published, request.LANGUAGE_CODE, clock.now(), shows_all)
    context = {
        "page": shown,
        "record": found,
        "section": found["database"],
        "notice": notice,
        "choose_url": choice_address(request.GET.get("ticket", ""), uid),
    }
    return render(request, "catalogue/record.html", context)


def gone(request, tombstone: Tombstone):
    context = {"tombstone": tombstones.shown(tombstone, request.LANGUAGE_CODE), "section": tombstone.database}
    return render(request, "errors/410.html", context, status=410)


def just_published(request, uid):
    """The page as its author sees it a moment after publishing; never kept by a cache."""
    position = waiting.position(request.GET["after"])
    published = reader_at(position or 0)
    is_there = published is not None and (position is None or published.position >= position)
    if not is_there and (published is None or published.record(uid) is None):
        response = render(request, "catalogue/in_a_moment.html", {"uid": uid}, status=202)
    else:
        notice = "" if is_there else _("Your change is published. It will be on this page in a moment.")
        response = page(request, published, uid, notice)
    response["Cache-Control"] = "no-store"
    return response


def reader_at(position: int) -> Reader | None:
    """A reader of this host's index once it has seen the position, or as it stands after two seconds."""
    ends, published = time.monotonic() + LONGEST_WAIT, None
    while True:
        try:
            published = index.reader()
        except IndexNotReady:
            published = None
        if (published and published.position >= position) or time.monotonic() >= ends:
            return published
        time.sleep(LOOK_AGAIN)


def persistent(request, identifier):
    """`/records/CMB-PRJ-KE-12` leads to the reader's language; a version and other names of a record lead on too."""
    if match := VERSION.fullmatch(identifier):
        return HttpResponseRedirect(f"/api/v1/records/{match[1]}/versions/{match[2]}/")
    if UID.fullmatch(identifier):
        return redirect("catalogue:record", uid=identifier)
    return other_identifier(request, identifier)


@from_the_index
def other_identifier(request, published: Reader, identifier):
    """What a record is called elsewhere (GEF, DOI, …): its page, or the search for it where it names several."""
    uids = published.resolve(identifier)
    if not uids:
        raise Http404(_("There is no record with this identifier."))
    if len(uids) == 1:
        return redirect("catalogue:record", uid=uids[0])
    return HttpResponseRedirect(f"/{request.LANGUAGE_CODE}/search/?{urlencode({'q': identifier})}")
