"""The field types of a common format. A field only validates: every surface dispatches on its type."""

from formats.fields.codes import (
    MOST_CHOICES,
    CodeField,
    CountryField,
    CurrencyField,
    FrameworkField,
    GroupOfCountriesField,
    LanguageField,
    TermField,
)
from formats.fields.declared import LONGEST_TEXT, Declared, as_typed, sound_text
from formats.fields.references import UID, PartyField, ReferenceField
from formats.fields.texts import TAG, AddressField, EmailField, PlainField, TextField
from formats.fields.values import AmountField, DeadlineField, NumberField, PartialDateField, YesNoField

__all__ = [
    "LONGEST_TEXT",
    "MOST_CHOICES",
    "TAG",
    "UID",
    "AddressField",
    "AmountField",
    "CodeField",
    "CountryField",
    "CurrencyField",
    "DeadlineField",
    "Declared",
    "EmailField",
    "FrameworkField",
    "GroupOfCountriesField",
    "LanguageField",
    "NumberField",
    "PartialDateField",
    "PartyField",
    "PlainField",
    "ReferenceField",
    "TermField",
    "TextField",
    "YesNoField",
    "as_typed",
    "sound_text",
]
