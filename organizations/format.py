"""What an organization is: the sections and fields of the common format ORG."""

from django.utils.translation import gettext_lazy as _

from formats.fields import CountryField, EmailField, GroupOfCountriesField, PlainField, TermField, TextField
from formats.format import CommonFormat, Section
from formats.groups import Group, Link, other


class Provision(Group):
    """One kind of help that the organization can give."""

    assistance = TermField("assistance", label=_("Kind of assistance"), facet="assistance")
    assistance_other = other("assistance")
    area = TermField("area", label=_("Capacity-building area"), facet="area")
    area_other = other("area")
    countries = CountryField(
        many=True,
        required=False,
        label=_("For the countries"),
        help_text=_("Leave both lists empty where every country may ask."),
    )
    groups = GroupOfCountriesField(many=True, required=False, label=_("For the groups of countries"))


class OrganizationProfile(CommonFormat):
    """An institution that other records refer to: who it is, and what it can provide."""

    code, version, slug = "ORG", 1, "organizations"
    name, singular = _("Organizations"), _("Organization")
    help = _(
        "Institutions that build capacity in biosafety: what they do, where, and what they can provide. "
        "Each is asked once a year to confirm its profile."
    )

    title = TextField(label=_("Name"), lines="one", words=60, search="title")
    acronym = PlainField(required=False, max_length=60, search="title", label=_("Acronym"))
    type = TermField("organization-type", label=_("Type"), facet="type")
    type_other = other("type")
    country = CountryField(label=_("Country of the seat"), facet="country")
    city = PlainField(required=False, search="body", label=_("City"))
    websites = Link(many=True, required=False, label=_("Websites"))
    email = EmailField(
        required=False,
        label=_("E-mail"),
        help_text=_("An address of the institution, not of a person: it is published."),
    )
    areas = TermField("area", many=True, required=False, label=_("Areas of work"), facet="area")
    areas_other = other("areas")
    profile = TextField(
        required=False, search="body", label=_("Profile"), help_text=_("What it does for biosafety, in short.")
    )
    can_provide = Provision(many=True, required=False, label=_("What it can provide"))

    class Meta:
        sections = [
            Section(
                _("The organization"),
                ["acronym", "type", "type_other", "country", "city", "websites", "email"],
            ),
            Section(_("What it does"), ["areas", "areas_other", "profile", "can_provide"]),
        ]
        checks = ()
        identity = True
