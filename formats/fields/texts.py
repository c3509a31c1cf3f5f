"""Texts, in one language or in many; web and e-mail addresses."""

import re

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from formats import words
from formats.fields.declared import Declared, as_typed, sound_text
from formats.problems import is_empty

MOST_LANGUAGES = 50
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


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
        if len(data) > MOST_LANGUAGES:
            message = _("There are more than %(most)d languages.") % {"most": MOST_LANGUAGES}
            raise serializers.ValidationError(message, code="too_many")
        values, problems = {}, {}
        for tag, text in data.items():
            if is_empty(text):
                continue
            try:
                values[tag] = self.one(tag, text)
            except serializers.ValidationError as error:
                problems[tag] = error.detail
        if problems:
            raise serializers.ValidationError(problems)
        return values

    def one(self, tag, text):
        if not TAG.fullmatch(str(tag)) or len(tag) > 35:
            message = _("“%(tag)s” is not a language tag.") % {"tag": as_typed(str(tag))}
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

    def to_internal_value(self, data):
        return super().to_internal_value(sound_text(data))
