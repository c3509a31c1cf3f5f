"""What a country needs: the sections and fields of the common format NED."""

from django.utils.translation import gettext_lazy as _

from formats.checks import period_ends_after_it_starts
from formats.fields import (
    CountryField,
    NumberField,
    PartialDateField,
    PartyField,
    ReferenceField,
    TermField,
    TextField,
)
from formats.format import CommonFormat, Section
from formats.groups import Group, Money, other
from needs import checks


class Need(Group):
    """One need of the country: searched, matched and answered by itself."""

    area = TermField("area", label=_("Capacity-building area"), facet="area")
    area_other = other("area")
    specific_need = TextField(
        label=_("Specific need"), help_text=_("What is missing, and what for, in a few sentences."), search="body"
    )
    existing_capacity = TextField(required=False, label=_("Existing capacity"), search="body")
    actor = PartyField(required=False, label=_("Who would act"), search="body")
    priority = TermField("priority", label=_("Priority"), facet="priority")
    rank = NumberField(
        required=False,
        min_value=1,
        max_value=1000,
        label=_("Place in the country's own order"),
        help_text=_("1 for the need that comes first."),
    )
    horizon = TermField("horizon", label=_("Time horizon"), facet="horizon")
    assistance = TermField("assistance", many=True, required=False, label=_("Means wanted"), facet="assistance")
    assistance_other = other("assistance")
    targets = TermField("target", many=True, required=False, label=_("Target groups"), facet="target")
    targets_other = other("targets")
    estimated_cost = Money(required=False, label=_("Estimated cost"))
    measures = TextField(required=False, label=_("Measures already taken"), search="body")
    state = TermField("need-state", required=False, label=_("State"), facet="state")
    met_by = ReferenceField(
        to=("OPP", "PRJ", "RES", "REP"),
        many=True,
        required=False,
        label=_("What met it"),
        help_text=_("Records of this portal that met the need, or a part of it."),
    )

    class Meta:
        checks = [checks.what_met_it_agrees_with_its_state]


class CountryNeeds(CommonFormat):
    """The capacity-building needs and priorities of one country."""

    code, version, slug = "NED", 1, "needs"
    name, singular = _("Country needs"), _("Country needs")
    help = _(
        "What a country needs to carry out the Protocol, in its own order of priority. "
        "One record a country: a new year's needs are the next version of the same record."
    )

    countries = CountryField(
        many=True, label=_("Country"), facet="country", help_text=_("The country whose needs these are: exactly one.")
    )
    authority = PartyField(required=False, label=_("National authority responsible"), search="body")
    assessment = TextField(required=False, label=_("How the needs were assessed"), search="body")
    assessed_on = PartialDateField(required=False, label=_("When they were assessed"))
    period_starts_on = PartialDateField(required=False, label=_("Period covered: from"))
    period_ends_on = PartialDateField(required=False, label=_("Period covered: to"))
    needs = Need(many=True, label=_("Needs"))
    constraints = TextField(required=False, label=_("Overall constraints"), search="body")
    measures = TextField(required=False, label=_("Overall measures being taken"), search="body")

    class Meta:
        sections = [
            Section(
                _("The assessment"),
                ["authority", "assessment", "assessed_on", "period_starts_on", "period_ends_on"],
            ),
            Section(_("The needs"), ["needs"], help=_("Describe each need by itself: readers find them one by one.")),
            Section(_("The whole picture"), ["constraints", "measures"]),
        ]
        checks = [
            period_ends_after_it_starts,
            checks.is_of_one_country,
            checks.ranks_each_need_once,
        ]
        years = ("period_starts_on", "period_ends_on")
        entries = "needs"
        national = True
        one_per_country = True
