"""The suggestions of typed controls: names of countries, groups, languages and currencies, once a page."""

from functools import cache

from reference import countries, currencies, languages


@cache
def suggestions(language: str) -> dict[str, list[str]]:
    """The entries of each `<datalist>`, by the name of the field type that uses it."""
    return {
        "CountryField": sorted(countries.country_name(code, language) for code in countries.countries()),
        "GroupOfCountriesField": sorted(countries.group_name(code, language) for code in countries.groups()),
        "LanguageField": sorted(languages.language_name(code, language) for code in COMMON_LANGUAGES),
        "CurrencyField": list(currencies.currencies()),
    }


# Those in which resources are most often written; any other ISO 639 language can be typed.
COMMON_LANGUAGES = (
    *languages.UN_LANGUAGES,
    "de",
    "fa",
    "hi",
    "id",
    "it",
    "ja",
    "ko",
    "ms",
    "pt",
    "sw",
    "th",
    "tr",
    "vi",
)
