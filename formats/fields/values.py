"""Numbers, amounts, yes or no, dates."""

import re

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from formats import dates
from formats.fields.declared import Declared, is_number_or_text


class NumberField(Declared, serializers.IntegerField):
    """A whole number, zero or more."""

    def __init__(self, *args, min_value=0, max_value=10**12, **kwargs):
        super().__init__(*args, min_value=min_value, max_value=max_value, **kwargs)

    def to_internal_value(self, data):
        if not is_number_or_text(data):
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
        super().__init__(*args, max_digits=17, decimal_places=2, **kwargs)

    def to_internal_value(self, data):
        if not is_number_or_text(data) or not re.fullmatch(r"\s*\d{1,15}(\.\d+)?\s*", str(data), re.ASCII):
            self.fail("invalid")
        return format(super().to_internal_value(str(data).strip()), "f")


class PartialDateField(Declared, serializers.Field):
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

    default_error_messages = {"invalid": _("Write the date as 2026, 2026-05 or 2026-05-31.")}

    def to_internal_value(self, data):
        text = str(data).strip() if is_number_or_text(data) else ""
        try:
            self.check(text)
        except (ValueError, OverflowError):
            self.fail("invalid")
        return text

    def check(self, text: str) -> None:
        """ValueError where the text is no such date."""
        dates.first_day(text)


class DeadlineField(PartialDateField):
    """A day, or a time with its zone: `2026-05-31` or `2026-05-31T17:00[Africa/Nairobi]`."""

    default_error_messages = {
        "invalid": _(
            "Write the deadline as 2026-05-31, or with a time and its zone as 2026-05-31T17:00[Africa/Nairobi]."
        )
    }

    def check(self, text):
        if len(text) < len("YYYY-MM-DD"):
            raise ValueError(text)
        dates.instant(text)
