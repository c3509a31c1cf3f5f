"""References from one record to others: whether what they point at is, or will be, published."""

from django.utils.translation import gettext_lazy as _

from formats import walk
from formats.fields import ReferenceField
from formats.problems import WARNING, Problem
from publishing.models import Publication


def referred(declaration, document: dict):
    """Yield (pointer, uid) for each reference in a document."""
    for leaf in walk.leaves(declaration, document):
        if isinstance(leaf.field, ReferenceField):
            values = leaf.value if isinstance(leaf.value, list) else [leaf.value]
            for value in values:
                if isinstance(value, dict) and value.get("uid"):
                    yield "/" + "/".join(str(part) for part in leaf.path), value["uid"]


def problems(declaration, document: dict, *, severity: str = WARNING) -> list[Problem]:
    """A problem for each reference to a record that is not published: one query."""
    found = list(referred(declaration, document))
    published = set(
        Publication.objects.filter(uid__in={uid for _path, uid in found}, document__isnull=False).values_list(
            "uid", flat=True
        )
    )
    message = _("%(uid)s is not published: publish it first, or remove the reference.")
    return [
        Problem(path, message % {"uid": uid}, "unpublished", severity) for path, uid in found if uid not in published
    ]
