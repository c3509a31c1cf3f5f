"""What a resource of the virtual library is: the sections and fields of the common format RES."""

from django.utils.translation import gettext_lazy as _

from formats.fields import (
    AddressField,
    LanguageField,
    NumberField,
    PartialDateField,
    PartyField,
    PlainField,
    TermField,
    TextField,
    YesNoField,
)
from formats.format import CommonFormat, Section
from formats.groups import File, Group, KeyWord, OtherIdentifier, other
from resources import checks


class Copy(File):
    """The resource itself, in one language and one form."""

    form = PlainField(
        required=False, max_length=60, label=_("File format"), help_text=_("For example PDF, EPUB or MP4.")
    )
    size = NumberField(required=False, label=_("Size in bytes"), max_value=10**15)


class Picture(Group):
    """The picture of a cover, with words for those who cannot see it."""

    url = AddressField(label=_("Web address"))
    description = TextField(required=False, lines="one", label=_("What the picture shows"))


class Resource(CommonFormat):
    """A publication, a tool, a course or another work that helps to build capacity."""

    code, version, slug = "RES", 1, "resources"
    name, singular = _("Resources"), _("Resource")
    help = _("The virtual library: publications, guidance, teaching material, data and tools on biosafety.")

    identifiers = OtherIdentifier(
        many=True,
        required=False,
        label=_("Identifiers"),
        help_text=_("The DOI, ISBN, ISSN or handle of the work, and its identifiers elsewhere."),
    )

    types = TermField(
        "resource-type", many=True, label=_("Types"), facet="type", help_text=_("Choose as many as apply.")
    )
    types_other = other("types")
    resource_languages = LanguageField(
        many=True,
        required=False,
        facet="content_language",
        label=_("Languages of the resource"),
        help_text=_("The languages in which the work can be read or heard, not those of this record."),
    )
    authors = PartyField(many=True, required=False, search="body", label=_("Authors"))
    organizations = PartyField(many=True, required=False, search="body", label=_("Authoring organizations"))
    publisher = PlainField(required=False, search="body", label=_("Publisher"))
    published_on = PartialDateField(label=_("Date of publication"), help_text=_("A year, a month or a day."))
    source = PlainField(
        required=False,
        search="body",
        label=_("Source"),
        help_text=_("The journal, series or collection in which it appeared."),
    )
    medium = TermField("medium", required=False, label=_("Medium"), facet="medium")
    medium_other = other("medium")
    cover = Picture(required=False, label=_("Cover picture"))

    abstract = TextField(label=_("Abstract or review"), words=300, search="body")
    key_words = KeyWord(many=True, required=False, label=_("Key words"))
    areas = TermField("area", many=True, label=_("Capacity-building areas"), facet="area")
    areas_other = other("areas")
    themes = TermField("theme", many=True, required=False, label=_("Biosafety thematic areas"), facet="theme")

    copies = Copy(many=True, label=_("Where to get it"), help_text=_("A web address or a file for each language."))
    licence = TermField("licence", label=_("Licence"), facet="licence")
    licence_other = other("licence")
    rights = TextField(
        required=False,
        label=_("Rights"),
        help_text=_("Who holds them, and what is permitted beyond the licence."),
    )
    may_be_copied = YesNoField(
        required=False,
        label=_("May be copied for countries without Internet"),
        help_text=_("Say yes if copies may be passed on by post or on a memory stick."),
    )

    purpose = TextField(required=False, search="body", label=_("Purpose of the training"))
    targets = TermField("target", many=True, required=False, label=_("Target groups"), facet="target")
    targets_other = other("targets")
    level = TermField("level", required=False, label=_("Level"), facet="level")

    class Meta:
        sections = [
            Section(
                _("The work"),
                [
                    "types",
                    "types_other",
                    "resource_languages",
                    "authors",
                    "organizations",
                    "publisher",
                    "published_on",
                    "source",
                    "medium",
                    "medium_other",
                    "cover",
                ],
                help=_("Name at least one author or authoring organization."),
            ),
            Section(_("What it is about"), ["abstract", "key_words", "areas", "areas_other", "themes"]),
            Section(_("Access and rights"), ["copies", "licence", "licence_other", "rights", "may_be_copied"]),
            Section(
                _("For training material"),
                ["purpose", "targets", "targets_other", "level"],
                help=_("Only for what is meant for teaching or learning."),
            ),
        ]
        checks = [checks.has_an_author]
        years = ("published_on", "published_on")
