"""People for a running portal, and what its database holds: run beside it, in a process of their own."""

import json
import os
import sys

PASSWORD = "a long password"
FOCAL_POINTS = {"KE": "focal.ke@example.org", "UG": "focal.ug@example.org", "PE": "focal.pe@example.org"}


def make_people():
    """Focal points who publish and are told of each other's work, and the Secretariat, who is told of all."""
    from tests.people import person

    for country, email in FOCAL_POINTS.items():
        person(email=email, focal_point=country, password=PASSWORD)
    person(email="secretariat@example.org", secretariat=True)


def truth():
    """Everything that the checks compare, read from the database itself."""
    from django.db import connection

    from delivery import outbox
    from delivery.models import Message
    from exchange.models import Source, Statement
    from publishing import log
    from publishing.models import Publication, Version
    from publishing.record import as_change
    from records.models import Event, Record

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit')")
        settings = dict(cursor.fetchall())
    return {
        "settings": settings,
        "log": log.head()._asdict(),
        "changes": [as_change(one) for one in Publication.objects.order_by("position")],
        "versions": list(Version.objects.order_by("uid", "number").values_list("uid", "number", "digest")),
        "computed": {(f"{one.uid}-{one.number}"): log.digest(one.document) for one in Version.objects.all()},
        "records": list(Record.objects.values("uid", "public", "work", "version", "profile")),
        "events": list(Event.objects.values_list("record__uid", "name", "pk")),
        "sources": list(Source.objects.exclude(uid="").values_list("uid", flat=True)),
        "statements": list(Statement.objects.values_list("identifier", "uid")),
        "mails": [
            {"key": one.key, "id": outbox._message_id(one.key), "sent": bool(one.sent_at), "error": one.error}
            for one in Message.objects.all()
        ],
    }


def main(name):
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "bch_portal.settings"
    django.setup()
    if name == "people":
        make_people()
    else:
        json.dump(truth(), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
