"""What is told of a source: the common format SRC. The portal writes these records itself (`exchange.pages`)."""

from django.utils.translation import gettext_lazy as _

from formats import registry
from formats.fields import (
    AddressField,
    CodeField,
    NumberField,
    PartialDateField,
    PlainField,
    TermField,
    TextField,
    YesNoField,
)
from formats.format import CommonFormat, Section
from formats.groups import Group


class DatabaseField(CodeField):
    """A database of the portal, by its slug."""

    def resolve(self, value):
        return value if value in self.codes() else None

    def name(self, code, language):
        return str(registry.by_slug(code).name)

    def codes(self):
        return [one.slug for one in registry.databases()]


class Reading(Group):
    """What one reading came to, apart from what was new in it: a second reading of the same says the same."""

    read = NumberField(label=_("Rows read"), required=False)
    refused = NumberField(label=_("Refused"), required=False)


class Refusal(Group):
    """A reason for which rows were refused, and how often."""

    reason = PlainField(label=_("Reason"), max_length=2000)
    count = NumberField(label=_("How often"))


class Source(CommonFormat):
    """Somebody whose records are taken over: what it holds, under which licence, and what became of it."""

    code, version, slug = "SRC", 1, "sources"
    name, singular = _("Sources"), _("Source")
    help = _("Those whose records are taken over: what they hold, under which licence, and what became of it.")

    title = TextField(label=_("Name"), lines="one", words=60, search="title")
    scope = TermField("scope", label=_("Geographic scope"), required=False, facet="scope")
    about = TextField(label=_("What it holds"), required=False, search="body")
    home = AddressField(label=_("Its own page"), required=False)
    licence = PlainField(label=_("Licence"))
    reader = PlainField(label=_("Read as"), required=False)
    databases = DatabaseField(many=True, label=_("Databases it fills"), required=False)
    records = NumberField(label=_("Records published"), required=False)
    gone = NumberField(label=_("No longer listed by the source"), required=False)
    withheld = NumberField(label=_("Kept and not published"), required=False)
    automatic = YesNoField(label=_("Harvested automatically"), required=False)
    every = NumberField(label=_("Hours from one harvest to the next"), required=False)
    first_read_on = PartialDateField(label=_("First read"), required=False)
    last_read_on = PartialDateField(label=_("Last read"), required=False)
    last_reading = Reading(label=_("The last reading"), required=False)
    reasons = Refusal(many=True, required=False, label=_("Why rows were refused"))

    class Meta:
        sections = [
            Section(_("The source"), ["about", "home", "licence", "databases", "records", "gone", "withheld"]),
            Section(
                _("How it is read"),
                ["reader", "automatic", "every", "first_read_on", "last_read_on", "last_reading", "reasons"],
            ),
        ]
        made_by_the_portal = True
        lists = "source"
