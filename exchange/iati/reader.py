"""The reader of IATI activity files: recognised by what stands in them, whatever version they name."""

from collections.abc import Iterator
from io import BufferedReader

from django.utils.translation import gettext as _
from lxml import etree

from exchange.files import elements
from exchange.iati import about, classes, coverage, further, identity, links, money, nodes, organizations, results
from exchange.iati.activity import Activity
from exchange.reading.mapped import Mapped
from exchange.reading.report import Finding
from exchange.reading.row import Row, is_sound
from exchange.reading.text import clean
from formats import registry

FILE, ACTIVITY = "iati-activities", "iati-activity"
ANSWER = "result"  # around the file, as the first datastore answered
# Where what the format asks for or refuses stands in an activity, where it is not the name of the field.
COLUMNS = {"title": "title", "other_information": "sector"}


class Iati:
    """Activities of any publisher: whose they are, and under which licence, is said where they are imported."""

    source, name, licence = "iati", "IATI", ""
    database = "projects"
    endings = (".xml", ".xml.gz", ".tar.gz", ".tgz")
    columns = (elements.RECORD,)
    key = elements.RECORD
    is_collected_by_file = True

    def rows(self, stream: BufferedReader) -> Iterator[Row]:
        return elements.rows(stream, (FILE, ACTIVITY, ANSWER), (ACTIVITY,))

    def apply(self, row: Row) -> Mapped:
        """The document of one activity, and every point about it. Never raises for what it may hold."""
        if row.fault:
            return Mapped("", refusals=[Finding("", "", row.fault)])
        try:
            activity = nodes.unqualified(_parsed(row.cells.get(elements.RECORD, "")))
        except ValueError as error:
            return Mapped("", refusals=[Finding(elements.RECORD, "", str(error))])
        identifier = identity.identifier(activity)
        if fault := _fault(identifier):
            return Mapped("", refusals=[Finding("iati-identifier", identifier, fault)])
        return self._mapped(Activity(self.source, identifier, activity))

    def _mapped(self, activity: Activity) -> Mapped:
        about.read(activity)
        coverage.read(activity)
        organizations.read(activity, money.read(activity))
        classes.read(activity)
        identity.read(activity)
        further.read(activity)
        results.read(activity)
        address = links.read(activity)
        document = activity.read(registry.by_slug(self.database), column_of=_column_of)
        return Mapped(
            activity.identifier,
            subject=f"{self.source}:{activity.identifier}",
            document=document,
            refusals=activity.refusals,
            notes=activity.notes,
            address=address,
            lines=activity.lines,
            part_of=f"{self.source}:{activity.whole}" if activity.whole else "",
        )


def _parsed(text: str) -> etree._Element:
    """The element of an activity; ValueError says why it is none."""
    if not is_sound(text):
        raise ValueError(_("This is not UTF-8: save the file in UTF-8, or mend the signs."))
    element = elements.parse(text)
    if elements.name(element) != ACTIVITY:
        raise ValueError(_("This is no <%(expected)s>.") % {"expected": ACTIVITY})
    return element


def _fault(identifier: str) -> str:
    """What keeps an activity from being told from others."""
    if not clean(identifier):
        return _("The activity has no identifier: neither of IATI, nor of its own together with an owner.")
    if len(identifier) > identity.LONGEST:
        return _("The identifier is longer than %(most)d characters.") % {"most": identity.LONGEST}
    return ""


def _column_of(path: str) -> str:
    field = path.split("/")[1] if path else ""
    return COLUMNS.get(field, field)


reader = Iati()
