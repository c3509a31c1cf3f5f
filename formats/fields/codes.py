"""Codes of closed lists: terms, countries, groups, languages, currencies, goals of plans."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from formats.fields.declared import Declared, as_typed
from reference import countries, currencies, frameworks, languages, vocabularies

MOST_CHOICES = 250


class CodeField(Declared, serializers.Field):
    """One code of a closed list. Subclasses say which list: `resolve` gives the code or None."""

    default_error_messages = {
        "type": _("Give one code of the list, as text."),
        "unknown": _("“%(value)s” is not in the list."),
    }

    def resolve(self, value: str) -> str | None:
        """The code that `value` (a code or an identifier accepted in its place) stands for."""
        raise TypeError(f"{type(self).__name__} names no list")

    def name(self, code: str, language: str) -> str:
        """What people read in place of the code."""
        return code

    def codes(self) -> list[str]:
        """The codes that may be chosen now, in order."""
        return []

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("type")
        code = self.resolve(data) if len(data) <= 100 else None
        if code is None:
            message = self.error_messages["unknown"] % {"value": as_typed(data)}
            raise serializers.ValidationError(message, code="unknown_code")
        return code


class TermField(CodeField):
    """A term of a vocabulary. `other` among the choices asks for words in `<field>_other`."""

    def __init__(self, vocabulary, *args, **kwargs):
        self.vocabulary_name = vocabulary
        super().__init__(*args, **kwargs)

    @property
    def vocabulary(self):
        return vocabularies.vocabulary(self.vocabulary_name)

    def resolve(self, value):
        return self.vocabulary.resolve(value)

    def name(self, code, language):
        return self.vocabulary.label(code, language)

    def codes(self):
        return [code for code, term in self.vocabulary.terms.items() if not term.retired]


class CountryField(CodeField):
    """A country or territory by its ISO 3166 alpha-2 code, or `EU`."""

    def resolve(self, value):
        country = countries.country(value.upper())
        return country and country.iso2

    def name(self, code, language):
        return countries.country_name(code, language)

    def codes(self):
        return list(countries.countries())


class GroupOfCountriesField(CodeField):
    """A regional, economic or political group of countries."""

    def resolve(self, value):
        return countries.resolve_group(value)

    def name(self, code, language):
        return countries.group_name(code, language)

    def codes(self):
        return list(countries.groups())


class LanguageField(CodeField):
    """A language by its ISO 639 code; `of_record` allows the six UN languages only."""

    def __init__(self, *args, of_record=False, **kwargs):
        self.of_record = of_record
        super().__init__(*args, **kwargs)

    def resolve(self, value):
        known = value in languages.UN_LANGUAGES if self.of_record else languages.is_language(value)
        return value if known else None

    def name(self, code, language):
        return languages.language_name(code, language)

    def codes(self):
        others = () if self.of_record else languages.language_codes()
        return list(dict.fromkeys((*languages.UN_LANGUAGES, *others)))


class CurrencyField(CodeField):
    """A currency by its ISO 4217 code."""

    def resolve(self, value):
        return value.upper() if currencies.is_currency(value.upper()) else None

    def codes(self):
        return list(currencies.currencies())


class FrameworkField(CodeField):
    """A goal, objective or key area of an official plan, by its code in `reference.frameworks`."""

    def resolve(self, value):
        return value if frameworks.is_selectable(value) else None

    def name(self, code, language):
        return frameworks.label(code, language)

    def codes(self):
        return list(frameworks.selectable())
