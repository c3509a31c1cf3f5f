"""What only reports must obey."""

from django.utils.translation import gettext_lazy as _

from formats.problems import Problem


def names_who_reports(report):
    if not (report.get("organization") or report.get("government")):
        yield Problem("organization", _("Name the organization or the Government that reports."), "required")
