"""What an opportunity is: the sections and fields of the common format OPP."""

from django.utils.translation import gettext_lazy as _

from formats.checks import ends_after_it_starts
from formats.conditions import absent
from formats.fields import (
    CountryField,
    DeadlineField,
    GroupOfCountriesField,
    LanguageField,
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
from formats.groups import File, Money, PeopleTrained, other
from opportunities import checks


class Opportunity(CommonFormat):
    """A stand-alone offer that countries and people can apply for."""

    code, version, slug = "OPP", 1, "opportunities"
    name, singular = _("Opportunities"), _("Opportunity")
    help = _(
        "A grant, a course, a workshop, a fellowship, equipment or another offer that stands by itself. "
        "Linked activities over at least six months are a Project."
    )

    type = TermField("opportunity-type", label=_("Type"), facet="type")
    type_other = other("type")
    offered_by = PartyField(
        many=True,
        search="body",
        label=_("Offered by"),
        help_text=_("Those who make the offer and decide on the applications."),
    )
    part_of = ReferenceField(to=("PRJ",), required=False, label=_("Part of the project or programme"))
    description = TextField(label=_("Description"), help_text=_("What is offered, and what for."), search="body")
    covers = TextField(
        required=False, search="body", label=_("Scope"), help_text=_("What the offer covers, and what it leaves out.")
    )

    areas = TermField("area", many=True, label=_("Capacity-building areas"), facet="area")
    areas_other = other("areas")
    themes = TermField("theme", many=True, required=False, label=_("Biosafety thematic areas"), facet="theme")

    eligibility = TextField(
        label=_("Eligibility"), help_text=_("Who may apply, and under which conditions."), search="body"
    )
    eligible_countries = CountryField(
        many=True,
        required=False,
        facet="eligible",
        label=_("Eligible countries"),
        help_text=_("Leave both lists empty where applicants of every country may apply."),
    )
    eligible_groups = GroupOfCountriesField(
        many=True, required=False, facet="eligible", label=_("Eligible groups of countries")
    )
    targets = TermField("target", many=True, required=False, label=_("Target groups"), facet="target")
    targets_other = other("targets")

    given_in = LanguageField(
        many=True,
        required=False,
        facet="content_language",
        label=_("Languages in which it is given"),
        help_text=_("The languages of the course or of the support, not of this record."),
    )
    mode = TermField("mode", required=False, label=_("Mode"), facet="mode")
    venue = PlainField(
        required=False, search="body", label=_("Venue"), help_text=_("The place where people meet, if they do.")
    )
    starts_on = PartialDateField(required=False, label=_("Start"))
    ends_on = PartialDateField(required=False, label=_("End"))
    recurring = YesNoField(
        required=False, label=_("Recurring"), help_text=_("Say yes if the offer comes back, for example each year.")
    )

    opens_on = PartialDateField(required=False, label=_("Applications open on"))
    deadline = DeadlineField(
        required_if=absent("open_until_withdrawn"),
        label=_("Application deadline"),
        help_text=_(
            "A day, or a time with its zone. A day without a time lasts until it has ended everywhere in the world."
        ),
    )
    open_until_withdrawn = YesNoField(
        required=False,
        label=_("Open until withdrawn"),
        help_text=_("Say yes instead of giving a deadline, if there is none."),
    )
    how_to_apply = TextField(label=_("How to apply"), search="body")
    application_documents = File(
        many=True,
        required=False,
        label=_("Application documents"),
        help_text=_("Forms and instructions for those who apply."),
    )

    number_of_places = NumberField(required=False, label=_("Number of places"), max_value=1_000_000)
    amount_available = Money(required=False, label=_("Amount available"))
    cost = TextField(
        required=False, search="body", label=_("Cost to participants"), help_text=_("Fees and what they include.")
    )
    support = TextField(
        required=False,
        search="body",
        label=_("Support for participants"),
        help_text=_("Travel, accommodation, stipends or waivers that participants may receive."),
    )
    people_trained = PeopleTrained(
        many=True, required=False, label=_("People trained"), help_text=_("Once it is over: who took part.")
    )

    class Meta:
        sections = [
            Section(_("The offer"), ["type", "type_other", "offered_by", "part_of", "description", "covers"]),
            Section(_("Themes"), ["areas", "areas_other", "themes"]),
            Section(
                _("Who may apply"),
                ["eligibility", "eligible_countries", "eligible_groups", "targets", "targets_other"],
            ),
            Section(_("How and when it is given"), ["given_in", "mode", "venue", "starts_on", "ends_on", "recurring"]),
            Section(
                _("Applying"),
                ["opens_on", "deadline", "open_until_withdrawn", "how_to_apply", "application_documents"],
                help=_("Give a deadline, or say that the offer is open until it is withdrawn."),
            ),
            Section(_("Places and money"), ["number_of_places", "amount_available", "cost", "support"]),
            Section(_("Results"), ["people_trained"]),
        ]
        checks = [
            ends_after_it_starts,
            checks.closes_or_stays_open,
            checks.closes_after_it_opens,
        ]
        years = ("starts_on", "ends_on")
        opens, closes = "opens_on", "deadline"
