"""What a report is: the sections and fields of the common format REP."""

from django.utils.translation import gettext_lazy as _

from formats.checks import period_ends_after_it_starts
from formats.fields import CountryField, PartialDateField, PartyField, ReferenceField, TermField, TextField
from formats.format import CommonFormat, Section
from formats.groups import File, Group, KeyWord, PeopleTrained, other
from reports import checks


class Experience(Group):
    """One thing that worked, or one that did not."""

    text = TextField(label=_("What happened, and why"), search="body")


class Report(CommonFormat):
    """What was done in a period, what came of it, and what was learned."""

    code, version, slug = "REP", 1, "reports"
    name, singular = _("Reports"), _("Report")
    help = _(
        "Progress reports, evaluations, mission reports and case studies: "
        "what was done, what came of it, and what others can learn from it."
    )

    type = TermField("report-type", label=_("Type"), facet="type")
    type_other = other("type")
    period_starts_on = PartialDateField(label=_("Period covered: from"))
    period_ends_on = PartialDateField(label=_("Period covered: to"))
    organization = PartyField(required=False, search="body", label=_("Reporting organization"))
    government = CountryField(required=False, label=_("Reporting Government"))
    about = ReferenceField(
        to=("PRJ", "OPP", "NED"),
        many=True,
        required=False,
        label=_("About"),
        help_text=_("The projects, opportunities or country needs that the report is about."),
    )
    published_on = PartialDateField(required=False, label=_("Date of the report"))

    summary = TextField(label=_("Summary"), search="body")
    areas = TermField("area", many=True, label=_("Capacity-building areas"), facet="area")
    areas_other = other("areas")
    themes = TermField("theme", many=True, required=False, label=_("Biosafety thematic areas"), facet="theme")
    key_words = KeyWord(many=True, required=False, label=_("Key words"))

    accomplishments = TextField(required=False, search="body", label=_("Accomplishments"))
    people_trained = PeopleTrained(many=True, required=False, label=_("People trained"))
    what_worked = Experience(many=True, required=False, label=_("What worked"))
    what_did_not = Experience(many=True, required=False, label=_("What did not work"))
    lessons = TextField(required=False, search="body", label=_("Lessons learned and good practices"))

    full_report = File(
        many=True, label=_("Full report"), help_text=_("Its web address or file, one entry for each language.")
    )

    class Meta:
        sections = [
            Section(
                _("The report"),
                [
                    "type",
                    "type_other",
                    "period_starts_on",
                    "period_ends_on",
                    "organization",
                    "government",
                    "about",
                    "published_on",
                ],
                help=_("Name the organization or the Government that reports."),
            ),
            Section(_("What it is about"), ["summary", "areas", "areas_other", "themes", "key_words"]),
            Section(
                _("Results and lessons"),
                ["accomplishments", "people_trained", "what_worked", "what_did_not", "lessons"],
            ),
            Section(_("The full report"), ["full_report"]),
        ]
        checks = [period_ends_after_it_starts, checks.names_who_reports]
        years = ("period_starts_on", "period_ends_on")
