"""Groups of fields: rows of a repeatable group, and the groups every format shares."""

import secrets

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from formats import checks
from formats.conditions import given, is_in
from formats.fields import (
    AddressField,
    AmountField,
    CountryField,
    CurrencyField,
    Declared,
    FrameworkField,
    LanguageField,
    NumberField,
    PartialDateField,
    PlainField,
    TermField,
    TextField,
)

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
MOST_ROWS = 500


def new_row_id() -> str:
    """Eight characters that name a row for life; no letters that look like digits."""
    return "".join(secrets.choice(ALPHABET) for _place in range(8))


class Group(Declared, serializers.Serializer):
    """Fields that belong together: one value of a field, or with `many=True` a list of rows with an `id`.

    `Meta.checks` are functions of the group's values that yield problems.
    """

    class Meta:
        checks = ()

    def __new__(cls, *args, **kwargs):
        # DRF would wrap `many=True` in a list serializer; here it stays a property of the field.
        return serializers.Field.__new__(cls, *args, **kwargs)

    @property
    def checks(self):
        return getattr(self.Meta, "checks", ())


def other(field: str) -> TextField:
    """The words for `other` among the terms of `field`: required then."""
    return TextField(label=_("Other: please describe"), lines="one", required_if=is_in(field, "other"), search="body")


class Money(Group):
    """An amount and its currency."""

    amount = AmountField(label=_("Amount"), required_if=given("currency"))
    currency = CurrencyField(label=_("Currency"), required_if=given("amount"))


class Link(Group):
    """A web page, with its title and language."""

    url = AddressField(label=_("Web address"))
    title = PlainField(label=_("Title"), required=False, search="body")
    language = LanguageField(label=_("Language"), required=False)


class File(Link):
    """A document kept at an address. Uploading comes later: for now the address of the file."""

    licence = TermField("licence", label=_("Licence"), required=False)
    licence_other = other("licence")

    class Meta:
        checks = [checks.file_names_its_language]


class OtherIdentifier(Group):
    """What the record is called elsewhere: GEF, IATI, DOI, the Biosafety Clearing-House."""

    scheme = PlainField(label=_("Scheme"), max_length=40, help_text=_("For example GEF, IATI, DOI or BCH."))
    value = PlainField(label=_("Identifier"), max_length=200, search="identifier")


class KeyWord(Group):
    """One key word or phrase."""

    text = TextField(label=_("Key word"), lines="one", words=10, search="keyword")


class GivenPlace(Group):
    """A place as the source wrote it: never guessed into a country."""

    text = PlainField(label=_("Place"), max_length=300, search="body")


class PeopleTrained(Group):
    """People who were trained, counted once each."""

    number = NumberField(label=_("Number of people"))
    target = TermField("target", label=_("Target group"), required=False)
    target_other = other("target")
    area = TermField("area", label=_("Capacity-building area"), required=False)
    area_other = other("area")
    country = CountryField(label=_("Country"), required=False)
    year = PartialDateField(label=_("Year"), required=False)
    mode = TermField("mode", label=_("Mode"), required=False)


class Served(Group):
    """A goal, objective or key area of a plan that the record serves."""

    item = FrameworkField(label=_("Goal, objective or key area"))
