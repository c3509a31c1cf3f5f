"""The field types of a common format. A field only validates: every surface dispatches on its type."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from formats import dates, words
from formats.problems import is_empty
from reference import countries, currencies, frameworks, languages, vocabularies

LONGEST_TEXT = 20_000
MOST_CHOICES = 250
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
UID = re.compile(r"[A-Z][A-Z0-9]*-[A-Z]{2,5}-[A-Z]{2,4}-[1-9][0-9]{0,11}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Declared:
    """The portal's own keywords, taken here once for every field type.

    many         a list of values (of codes) or of rows (of a group)
    required_if  a condition on the neighbours that makes the field mandatory
    facet        the name of the facet and parameter it feeds
    search       how its words are indexed: `title`, `body`, `keyword` or `identifier`
    private      never published
    """

    def __init__(self, *args, many=False, required_if=None, facet=None, search=None, private=False, **kwargs):
        self.many, self.required_if, self.facet = many, required_if, facet
        self.search, self.private = search, private
        if required_if or private:
            kwargs["required"] = False
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Give this: it is mandatory."))
        super().__init__(*args, **kwargs)

    def is_mandatory(self, values: dict) -> bool:
        return self.required or bool(self.required_if and self.required_if(values))


def sound_text(text: object) -> str:
    """Text as typed, without surrounding blanks; refuses what cannot be stored or shown."""
    if not isinstance(text, str):
        raise serializers.ValidationError(_("Give text."), code="type")
    text = text.replace("\r\n", "\n").strip()
    if CONTROL.search(text):
        raise serializers.ValidationError(_("The text holds control characters: type it again."), code="control")
    if len(text) > LONGEST_TEXT:
        message = _("The text is longer than %(most)d characters.") % {"most": LONGEST_TEXT}
        raise serializers.ValidationError(message, code="too_long")
    return text


class PlainField(Declared, serializers.CharField):
    """One line that is the same in every language: an acronym, a number, a city."""

    def __init__(self, *args, max_length=300, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def to_internal_value(self, data):
        return super().to_internal_value(sound_text(data))


class TextField(Declared, serializers.Field):
    """Multilingual text `{"en": …}`: BCP 47 tags, `und` where the language is not known.

    words  the most words in one language     lines  `one`, or `many` for prose
    """

    def __init__(self, *args, words=None, lines="many", **kwargs):
        self.words, self.lines = words, lines
        super().__init__(*args, **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, dict):
            raise serializers.ValidationError(_('Give the text by language, such as {"en": "…"}.'), code="type")
        values, problems = {}, {}
        for tag, text in data.items():
            try:
                values[tag] = self.one(tag, text)
            except serializers.ValidationError as error:
                problems[tag] = error.detail
        if problems:
            raise serializers.ValidationError(problems)
        return {tag: text for tag, text in values.items() if text}

    def one(self, tag, text):
        if not TAG.fullmatch(str(tag)) or len(tag) > 35:
            message = _("“%(tag)s” is not a language tag.") % {"tag": str(tag)[:40]}
            raise serializers.ValidationError(message, code="language")
        text = sound_text(text)
        if self.lines == "one" and "\n" in text:
            raise serializers.ValidationError(_("Write this on one line."), code="lines")
        return text

    def too_long(self, values: dict):
        """Yield (tag, words written) for each language over the limit."""
        for tag, text in values.items():
            written = words.count(text, tag) if self.words else 0
            if written > (self.words or 0):
                yield tag, written

    def to_representation(self, value):
        return value


class CodeField(Declared, serializers.Field):
    """One code of a closed list. Subclasses say which list: `resolve` gives the code or None."""

    default_error_messages = {"unknown": _("“%(value)s” is not in the list.")}

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
        code = self.resolve(data) if isinstance(data, str) and len(data) <= 100 else None
        if code is None:
            message = self.error_messages["unknown"] % {"value": str(data)[:100]}
            raise serializers.ValidationError(message, code="unknown_code")
        return code

    def to_representation(self, value):
        return value


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
        return value if value in countries.groups() else None

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
        return list(languages.UN_LANGUAGES)


class CurrencyField(CodeField):
    """A currency by its ISO 4217 code."""

    def resolve(self, value):
        return value.upper() if currencies.is_currency(value.upper()) else None

    def codes(self):
        return list(currencies.currencies())


class FrameworkField(CodeField):
    """A goal, objective or key area of an official plan, by its code in `reference.frameworks`."""

    def resolve(self, value):
        return value if frameworks.item(value) else None

    def name(self, code, language):
        return frameworks.label(code, language)

    def codes(self):
        return frameworks.selectable()


class NumberField(Declared, serializers.IntegerField):
    """A whole number, zero or more."""

    def __init__(self, *args, min_value=0, max_value=10**12, **kwargs):
        super().__init__(*args, min_value=min_value, max_value=max_value, **kwargs)

    def to_internal_value(self, data):
        if isinstance(data, bool | float):
            self.fail("invalid")
        return super().to_internal_value(data)


class YesNoField(Declared, serializers.BooleanField):
    """Yes or no; not answered is neither."""


class AmountField(Declared, serializers.DecimalField):
    """An amount of money: a decimal string, digits only, so that it can be added up."""

    default_error_messages = {
        "invalid": _("Write the amount in digits only, such as 125000 or 125000.50."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, max_digits=17, decimal_places=2, min_value=Decimal(0), **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, str | int) or isinstance(data, bool):
            self.fail("invalid")
        if not re.fullmatch(r"\s*\d{1,15}(\.\d+)?\s*", str(data), re.ASCII):
            self.fail("invalid")
        return format(super().to_internal_value(str(data).strip()), "f")


class PartialDateField(Declared, serializers.Field):
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

    default_error_messages = {"invalid": _("Write the date as 2026, 2026-05 or 2026-05-31.")}

    def to_internal_value(self, data):
        try:
            dates.first_day(str(data).strip())
        except ValueError:
            self.fail("invalid")
        return str(data).strip()

    def to_representation(self, value):
        return value


class DeadlineField(PartialDateField):
    """A day, or a time with its zone: `2026-05-31` or `2026-05-31T17:00[Africa/Nairobi]`."""

    default_error_messages = {
        "invalid": _(
            "Write the deadline as 2026-05-31, or with a time and its zone as 2026-05-31T17:00[Africa/Nairobi]."
        )
    }

    def to_internal_value(self, data):
        text = str(data).strip()
        try:
            if len(text) < 10:
                raise ValueError(text)
            dates.instant(text)
        except (ValueError, OverflowError):
            self.fail("invalid")
        return text


class AddressField(Declared, serializers.URLField):
    """A web address: http or https, nothing else."""

    default_error_messages = {"invalid": _("Write a whole web address, such as https://www.example.org/page.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, max_length=2000, **kwargs)

    def to_internal_value(self, data):
        text = super().to_internal_value(sound_text(data))
        if not text.lower().startswith(("http://", "https://")):
            self.fail("invalid")
        return text


class EmailField(Declared, serializers.EmailField):
    """An e-mail address of an institution, published with the record."""


class ReferenceField(Declared, serializers.Field):
    """A record of the portal: `{uid, name}`. `to` names the databases it may point at, by code."""

    uid_is_mandatory = True
    default_error_messages = {
        "shape": _('Give the record\'s identifier and name, such as {"uid": "CMB-PRJ-KE-12", "name": "…"}.'),
        "uid": _("“%(uid)s” is not the identifier of a record."),
        "database": _("“%(uid)s” is not a record of the database asked for here."),
    }

    def __init__(self, *args, to=(), **kwargs):
        self.to = tuple(to)
        super().__init__(*args, **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, dict) or not set(data) <= {"id", "uid", "name"}:
            self.fail("shape")
        value = {key: sound_text(data[key])[:500] for key in ("uid", "name") if not is_empty(data.get(key))}
        if "uid" in value:
            self.check_uid(value["uid"])
        elif self.uid_is_mandatory or "name" not in value:
            self.fail("shape")
        return {"id": data["id"], **value} if "id" in data else value

    def check_uid(self, uid):
        if not UID.fullmatch(uid):
            raise serializers.ValidationError(self.error_messages["uid"] % {"uid": uid[:80]}, code="uid")
        if self.to and uid.split("-")[1] not in self.to:
            raise serializers.ValidationError(self.error_messages["database"] % {"uid": uid[:80]}, code="database")

    def to_representation(self, value):
        return value


class PartyField(ReferenceField):
    """An agency, a funder or an author: `{name}`, with the `uid` of its ORG record where there is one."""

    uid_is_mandatory = False
    default_error_messages = {"shape": _("Give a name, or choose an organization.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, to=("ORG",), **kwargs)
