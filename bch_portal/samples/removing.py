"""Removing the sample site: every sample is erased, through the log, and nobody of the demonstration can sign in."""

from bch_portal.samples import people
from bch_portal.samples.entries import samples
from records import erasure
from records.models import Record


def remove() -> tuple[int, int]:
    """How many records were erased, and how many accounts closed."""
    found = Record.objects.filter(sample=True).exclude(public=Record.Public.ERASED).order_by("-pk")
    erased = [erasure.erase(record=record, reason="sample") for record in found]
    return len(erased), people.shut_out(samples())
