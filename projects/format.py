"""What a project is: the sections and fields of the common format PRJ."""

from django.utils.translation import gettext_lazy as _

from formats.checks import ends_after_it_starts
from formats.conditions import absent, given, is_in, not_in
from formats.fields import (
    AddressField,
    AmountField,
    CountryField,
    CurrencyField,
    NumberField,
    PartialDateField,
    PartyField,
    PlainField,
    ReferenceField,
    TermField,
    TextField,
    YesNoField,
)
from formats.format import CommonFormat, Section
from formats.groups import Group, Money, PeopleTrained, other
from projects import checks


class Activity(Group):
    """One activity of the project."""

    description = TextField(label=_("What is done"), search="body")
    category = TermField("category", label=_("Kind of activity"), required=False)
    category_other = other("category")
    starts_on = PartialDateField(label=_("From"), required=False)
    ends_on = PartialDateField(label=_("To"), required=False)
    countries = CountryField(many=True, label=_("Countries"), required=False)
    place = PlainField(label=_("Place"), required=False)

    class Meta:
        checks = [ends_after_it_starts]


class FundingLine(Group):
    """Money, or its equivalent in kind, from one funder at one stage."""

    funder = PartyField(label=_("Funder"), search="body")
    type = TermField("funding-type", label=_("Type of funding"), required=False, facet="funding_type")
    type_other = other("type")
    amount = AmountField(label=_("Amount"), required_if=given("currency"))
    currency = CurrencyField(label=_("Currency"), required_if=given("amount"))
    stage = TermField("funding-stage", label=_("Stage"), required_if=given("amount"))
    starts_on = PartialDateField(label=_("Year, or first day of the period"), required=False)
    ends_on = PartialDateField(label=_("Last day of the period"), required=False)
    in_kind = YesNoField(label=_("In kind"), required=False)
    purpose = TextField(label=_("What for"), required=False, lines="one", search="body")
    source = PlainField(
        from_sources=True,
        label=_("According to"),
        help_text=_("Which source says it, and which of its figures it is."),
    )
    counted_in = PlainField(
        from_sources=True,
        max_length=16,
        label=_("Counted in"),
        help_text=_("The id of the line that stands for the same money in the totals, told by another figure."),
    )

    class Meta:
        adds_up = True
        checks = [ends_after_it_starts]


class Output(Group):
    """Something the project produced: a link, or a record of the resource centre or the reports."""

    title = TextField(label=_("Title"), required=False, lines="one", search="body")
    url = AddressField(label=_("Web address"), required_if=absent("record"))
    record = ReferenceField(to=("RES", "REP"), label=_("Record of this portal"), required=False)


class Cooperation(Group):
    """Cooperation that the project seeks or offers."""

    kind = TermField("cooperation", label=_("Kind of cooperation"), facet="cooperation")
    kind_other = other("kind")
    description = TextField(label=_("What is sought or offered"), search="body")


class Project(CommonFormat):
    """A capacity-building project: linked activities over at least six months."""

    code, version, slug = "PRJ", 1, "projects"
    name, singular = _("Projects"), _("Project")
    help = _(
        "Initiatives with linked activities over at least six months, planned, ongoing or completed. "
        "A one-off course, grant or workshop is an Opportunity."
    )

    acronym = PlainField(label=_("Acronym"), required=False, max_length=60, search="title")
    number = PlainField(label=_("Project number"), required=False, max_length=100, search="identifier")
    type = TermField("project-type", required=False, label=_("Type"), facet="type")
    status = TermField("status", label=_("Status"), facet="status")
    starts_on = PartialDateField(label=_("Start"), required_if=not_in("status", "proposed", "approved", "cancelled"))
    ends_on = PartialDateField(label=_("End"), required_if=is_in("status", "ongoing", "completed"))
    duration = NumberField(
        label=_("Duration"),
        required=False,
        max_value=1000,
        help_text=_("Only for a project that has no dates yet: how long it will last."),
    )
    duration_unit = TermField("period-unit", label=_("Unit of the duration"), required_if=given("duration"))
    part_of = ReferenceField(to=("PRJ",), label=_("Part of the project or programme"), required=False)

    implementing_agencies = PartyField(
        many=True,
        required=False,
        search="body",
        label=_("Implementing agencies"),
        help_text=_("Those who develop the initiative and answer for its money and results."),
    )
    executing_agencies = PartyField(
        many=True,
        required=False,
        search="body",
        label=_("Executing agencies"),
        help_text=_("Those who run it from day to day."),
    )
    partners = PartyField(many=True, required=False, search="body", label=_("Partners"))

    description = TextField(
        label=_("Short description"), help_text=_("With the goals and objectives."), words=150, search="body"
    )
    background = TextField(label=_("Background"), required=False, search="body")
    activities = Activity(many=True, required=False, label=_("Activities"))
    categories = TermField("category", many=True, label=_("Categories of activities"), facet="category")
    categories_other = other("categories")
    targets = TermField("target", many=True, required=False, label=_("Target groups"), facet="target")
    targets_other = other("targets")
    areas = TermField("area", many=True, label=_("Capacity-building areas"), facet="area")
    areas_other = other("areas")
    themes = TermField("theme", many=True, required=False, label=_("Biosafety thematic areas"), facet="theme")

    funding = FundingLine(many=True, required=False, label=_("Funding lines"))
    total_budget = Money(
        required=False,
        label=_("Total budget"),
        help_text=_("Used where there are no funding lines; where both are given and differ, both are shown."),
    )

    outcomes = TextField(label=_("Outcomes and achievements"), required=False, words=200, search="body")
    outputs = Output(many=True, required=False, label=_("Outputs"))
    people_trained = PeopleTrained(many=True, required=False, label=_("People trained"))
    lessons = TextField(label=_("Lessons learned and good practices"), required=False, words=500, search="body")
    cooperation = Cooperation(many=True, required=False, label=_("Cooperation sought and offered"))

    class Meta:
        sections = [
            Section(
                _("The project"),
                [
                    "acronym",
                    "number",
                    "type",
                    "status",
                    "starts_on",
                    "ends_on",
                    "duration",
                    "duration_unit",
                    "part_of",
                ],
            ),
            Section(
                _("Who carries it out"),
                ["implementing_agencies", "executing_agencies", "partners"],
                help=_("Name at least one agency or partner."),
            ),
            Section(_("What it does"), ["description", "background", "activities", "categories", "categories_other"]),
            Section(_("Themes"), ["areas", "areas_other", "themes", "targets", "targets_other"]),
            Section(_("Money"), ["funding", "total_budget"]),
            Section(_("Results"), ["outcomes", "outputs", "people_trained", "lessons", "cooperation"]),
        ]
        checks = [
            ends_after_it_starts,
            checks.says_when,
            checks.lasts_six_months,
            checks.has_a_responsible_agency,
            checks.budget_agrees_with_its_lines,
        ]
        years = ("starts_on", "ends_on")
