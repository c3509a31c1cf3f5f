"""The page of a demonstration's mails."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delivery.models import Message


@require_safe
def mails(request):
    """What a demonstration would have sent, to everybody. Outside a demonstration there is no such page."""
    if not settings.DEMONSTRATION:
        raise Http404
    page = Paginator(Message.objects.order_by("-queued_at", "-pk"), 25).get_page(request.GET.get("page"))
    return render(request, "delivery/mails.html", {"page": page, "desk_section": "mail"})
