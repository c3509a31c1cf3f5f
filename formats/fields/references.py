"""References to records, and parties that may have one."""

import re

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from formats.fields.declared import Declared, as_typed, sound_text
from formats.problems import is_empty

LONGEST_NAME = 500
UID = re.compile(r"[A-Z][A-Z0-9]*-[A-Z]{2,5}-[A-Z]{2,4}-[1-9][0-9]{0,11}")


class ReferenceField(Declared, serializers.Field):
    """A record of the portal: `{uid, name}`. `to` names the databases it may point at, by code."""

    uid_is_mandatory = True
    default_error_messages = {
        "shape": _("Choose a record: give its identifier, such as CMB-PRJ-KE-12, and its name."),
        "long": _("The name is longer than %(most)d characters."),
        "uid": _("“%(uid)s” is not the identifier of a record."),
        "database": _("“%(uid)s” is not a record of the database asked for here."),
    }

    def __init__(self, *args, to=(), **kwargs):
        self.to = tuple(to)
        super().__init__(*args, **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, dict) or not set(data) <= {"id", "uid", "name"}:
            self.fail("shape")
        value = {key: sound_text(data[key]) for key in ("uid", "name") if not is_empty(data.get(key))}
        if len(value.get("name", "")) > LONGEST_NAME:
            message = self.error_messages["long"] % {"most": LONGEST_NAME}
            raise serializers.ValidationError(message, code="too_long")
        if "uid" in value:
            self.check_uid(value["uid"])
        elif self.uid_is_mandatory or "name" not in value:
            self.fail("shape")
        return value

    def check_uid(self, uid):
        if not UID.fullmatch(uid):
            raise serializers.ValidationError(self.error_messages["uid"] % {"uid": as_typed(uid)}, code="uid")
        if self.to and uid.split("-")[1] not in self.to:
            raise serializers.ValidationError(
                self.error_messages["database"] % {"uid": as_typed(uid)}, code="database"
            )


class PartyField(ReferenceField):
    """An agency, a funder or an author: `{name}`, with the `uid` of its ORG record where there is one."""

    uid_is_mandatory = False
    default_error_messages = {"shape": _("Give a name, or choose an organization.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, to=("ORG",), **kwargs)
