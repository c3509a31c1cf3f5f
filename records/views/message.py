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
    context = {"form": MessageForm(request.POST or None), "uid": uid, "language": get_language()}
    context["title"] = published_title(record)
    outcome = sent(request, record, context["form"]) if request.method == "POST" else ""
    status = 429 if outcome == "too_many" else 200
    return render(request, "records/message.html", context | {"outcome": outcome}, status=status)


def sent(request, record: Record, form: MessageForm) -> str:
    """`sent`, `too_many`, or nothing where the form has to be mended."""
    if not form.is_valid():
        return ""
    if sent_this_hour(request) > MOST_AN_HOUR:
        return "too_many"
    send(record=record, **{key: form.cleaned_data[key] for key in ("name", "email", "text")})
    return "sent"


def sent_this_hour(request) -> int:
    """How many messages came from this address within the hour, this one included; the address itself is not kept."""
    address = get_adapter().get_client_ip(request)
    key = f"messages-{salted_hmac('messages', address, secret=settings.SECRET_KEY).hexdigest()}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # the hour ended between the two lines
        return 1


def published_title(record: Record) -> str:
    """The title that everybody may read, not that of the working copy."""
    return actions.title_of(Publication.objects.get(uid=record.uid).document)
