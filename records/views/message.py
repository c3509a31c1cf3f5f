"""Writing to the contact of a published record without learning who it is."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from publishing.models import Publication
from records import actions
from records.forms.message import MessageForm
from records.messages import send
from records.models import Record

MOST_AN_HOUR = 5
HOUR = 3600


@login_not_required
def message(request, uid):
    """A form that anybody may send a few times an hour; whom it reached is never said."""
    record = Record.objects.filter(uid=uid, public=Record.Public.PUBLISHED, profile="registered").first()
    if record is None:
        raise Http404
    form = MessageForm(request.POST or None)
    sent = False
    if request.method == "POST" and form.is_valid():
        if sent_this_hour(request) > MOST_AN_HOUR:
            return render(request, "records/message.html", {"form": form, "too_many": True, "uid": uid}, status=429)
        send(record=record, **{key: form.cleaned_data[key] for key in ("name", "email", "text")})
        sent = True
    context = {"form": form, "sent": sent, "uid": uid, "title": published_title(record), "language": get_language()}
    return render(request, "records/message.html", context)


def sent_this_hour(request) -> int:
    """How many messages came from this address within the hour, this one included; the address itself is not kept."""
    address = get_adapter().get_client_ip(request)
    key = f"messages-{salted_hmac('messages', address, secret=settings.SECRET_KEY).hexdigest()}"
    cache.add(key, 0, HOUR)
    return cache.incr(key)


def published_title(record: Record) -> str:
    """The title that everybody may read, not that of the working copy."""
    return actions.title_of(Publication.objects.get(uid=record.uid).document)
