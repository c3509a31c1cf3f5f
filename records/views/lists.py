"""The desk's lists: one's own records, and the queue of what waits for a decision."""

from datetime import timedelta

import django_filters
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from formats import registry
from records.models import Record
from reference import countries

ON_A_PAGE = 50


def databases():
    return [(fmt.slug, fmt.name) for fmt in registry.databases()]


def country_choices():
    language = get_language()
    return sorted(
        ((code, countries.country_name(code, language)) for code in countries.countries()), key=lambda c: c[1]
    )


class Records(django_filters.FilterSet):
    """The filters of one's own records."""

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Words of the title"))
    database = django_filters.ChoiceFilter(choices=databases, empty_label=_("All"), label=_("Database"))
    work = django_filters.ChoiceFilter(choices=Record.Work.choices, empty_label=_("All"), label=_("Working copy"))
    public = django_filters.ChoiceFilter(choices=Record.Public.choices, empty_label=_("All"), label=_("Publication"))

    class Meta:
        model = Record
        fields: list[str] = []


class Queue(django_filters.FilterSet):
    """The filters of the queue: database, country, age."""

    database = django_filters.ChoiceFilter(choices=databases, empty_label=_("All"), label=_("Database"))
    country = django_filters.ChoiceFilter(
        choices=country_choices, field_name="owner_country", empty_label=_("All"), label=_("Country")
    )
    waiting = django_filters.NumberFilter(
        method="waiting_for", min_value=0, max_value=3650, label=_("Waiting for at least (days)")
    )

    class Meta:
        model = Record
        fields: list[str] = []

    def waiting_for(self, queryset, _name, days):
        return queryset.filter(submitted_at__lte=timezone.now() - timedelta(days=int(days)))


def mine(request):
    """The records that the person may write."""
    everything = Record.objects.spoken_for_by(request.user).exclude(public=Record.Public.ERASED)
    filtered = Records(request.GET, queryset=everything.for_lists().order_by("-saved_at", "-pk"))
    return render(request, "records/mine.html", listed(request, filtered) | {"desk_section": "records"})


def queue(request):
    """What waits for the person's decision, the oldest first."""
    waiting = Record.objects.awaiting(request.user).for_lists().order_by("submitted_at", "pk")
    filtered = Queue(request.GET, queryset=waiting)
    return render(request, "records/queue.html", listed(request, filtered) | {"desk_section": "queue"})


def listed(request, filtered) -> dict:
    page = Paginator(filtered.qs, ON_A_PAGE).get_page(request.GET.get("page"))
    return {"filter": filtered, "page": page, "now": timezone.now()}
