"""What only resources must obey."""

from django.utils.translation import gettext_lazy as _

from formats.problems import Problem


def has_an_author(resource):
    if not (resource.get("authors") or resource.get("organizations")):
        yield Problem("authors", _("Name at least one author or authoring organization."), "required")
