"""The portal's own keywords of a field, and what every field refuses."""

import re

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

LONGEST_TEXT = 20_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Declared:
    """The portal's own keywords, taken here once for every field type.

    many         a list of values (of codes) or of rows (of a group)
    required_if  a condition on the neighbours that makes the field mandatory
    facet        the name of the facet and parameter it feeds
    search       how its words are indexed: `title`, `body`, `keyword` or `identifier`
    private      never published
    from_sources filled by sources only: kept when people edit the record, and never asked of them
    """

    def __init__(
        self,
        *args,
        many=False,
        required_if=None,
        facet=None,
        search=None,
        private=False,
        from_sources=False,
        **kwargs,
    ):
        self.many, self.required_if, self.facet = many, required_if, facet
        self.search, self.private, self.from_sources = search, private, from_sources
        if required_if or private or from_sources:
            kwargs["required"] = False
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Give this: it is mandatory."))
        super().__init__(*args, **kwargs)

    def is_mandatory(self, values: dict) -> bool:
        return self.required or bool(self.required_if and self.required_if(values))


def sound_text(text: object) -> str:
    """Text as typed, without surrounding blanks; refuses what cannot be stored or shown."""
    if not isinstance(text, str):
        raise serializers.ValidationError(_("Give text."), code="type")
    text = re.sub(r"\r\n?", "\n", text).strip()
    if CONTROL.search(text):
        raise serializers.ValidationError(_("The text holds control characters: type it again."), code="control")
    if len(text) > LONGEST_TEXT:
        message = _("The text is longer than %(most)d characters.") % {"most": LONGEST_TEXT}
        raise serializers.ValidationError(message, code="too_long")
    return text


def as_typed(text: str) -> str:
    """What was typed, short and fit to be shown in a message."""
    return CONTROL.sub("\ufffd", text[:100])


def is_number_or_text(data: object) -> bool:
    return isinstance(data, str) or (isinstance(data, int) and not isinstance(data, bool) and abs(data) < 10**18)
