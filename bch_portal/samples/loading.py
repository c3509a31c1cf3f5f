"""Loading the sample site the way people would: written, submitted, returned or published, each step by somebody."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from bch_portal.samples import people
from bch_portal.samples.entries import SCHEME, Sample, changed, references, resolved, samples
from delivery.models import Message
from formats import registry
from records import actions
from records.models import Event, Record


def load() -> Counter:
    """Bring in what is missing of the sample site; how many records were written, by database."""
    loading = Loading(samples())
    for entry in loading.entries.values():
        loading.bring_in(entry)
    for entry in sorted(loading.entries.values(), key=mixed):
        loading.bring_up_to_date(entry)
    loading.hush()
    return loading.written


def mixed(entry: Sample) -> str:
    """An order that mixes the databases, so that what is new shows some of each."""
    return entry.key[::-1]


def loaded() -> dict[str, Record]:
    """The sample records that stand here, by key."""
    found = Record.objects.filter(sample=True).exclude(public=Record.Public.ERASED)
    return {key: record for record in found for key in [key_of(record.document)] if key}


def key_of(document: dict) -> str:
    rows = document.get("identifiers") or []
    return next((row.get("value", "") for row in rows if row.get("scheme") == SCHEME), "")


class Loading:
    """One run: the entries, the people, and the records by key as they come into being."""

    def __init__(self, entries: list[Sample]):
        self.entries = {entry.key: entry for entry in entries}
        self.people = people.prepare(entries)
        self.records = loaded()
        self.today = timezone.now().date()
        self.written: Counter = Counter()

    def bring_in(self, entry: Sample) -> None:
        """What a record refers to comes first: only what is published can be referred to."""
        if entry.key in self.records:
            return
        for key in references(entry.document):
            self.bring_in(self.entries[key])
        self.records[entry.key] = self.write(entry)
        self.written[entry.database] += 1

    def author(self, entry: Sample):
        return self.people[people.author_address(entry.owner)]

    def decider(self, entry: Sample):
        return self.people[people.decider_address(entry.owner)]

    @transaction.atomic
    def write(self, entry: Sample) -> Record:
        author = self.author(entry)
        record = actions.create(database=entry.database, by=author, **self.owner(entry))
        record.sample = True
        record.save(update_fields=["sample"])
        record = actions.save(record=record, document=self.document(entry), rows=self.contacts(entry), by=author)
        if entry.state == "published":
            return self.publish(record, entry)
        if entry.state != "draft":
            self.step(record, "submit", author)
        if entry.state == "returned":
            self.step(record, "return", self.decider(entry), **entry.returned)
        return record

    def owner(self, entry: Sample) -> dict:
        kind, _, key = entry.owner.partition(":")
        if key:
            role = self.author(entry).roles.get(organization__isnull=False)
            return {"owner_kind": Record.OwnerKind.ORGANIZATION, "organization": role.organization_id}
        if kind == "secretariat":
            return {"owner_kind": Record.OwnerKind.SECRETARIAT}
        return {"owner_kind": Record.OwnerKind.GOVERNMENT, "country": kind}

    def document(self, entry: Sample) -> dict:
        document = resolved(entry.document, self.refer, self.today)
        mark = {"scheme": SCHEME, "value": entry.key}
        tag = registry.by_slug(entry.database).tag
        return {"format": tag} | document | {"identifiers": [*document.get("identifiers", []), mark]}

    def refer(self, key: str) -> dict:
        return {"uid": self.records[key].uid, "name": self.records[key].title}

    def contacts(self, entry: Sample) -> list[dict]:
        mailbox = entry.owner.removeprefix("org:").lower()
        return [{"name": entry.contact, "email": f"{mailbox}@example.org", "consent": True}]

    def publish(self, record: Record, entry: Sample) -> Record:
        author, decider = self.author(entry), self.decider(entry)
        if author != decider or not record.is_national:
            self.step(record, "submit", author)
        self.step(record, "endorse" if record.is_national else "publish", decider)
        record.refresh_from_db()
        return record

    def step(self, record: Record, name: str, by, **more) -> None:
        record.refresh_from_db()
        actions.apply_transition(record=record, name=name, by=by, seen=record.digest, **more)

    def bring_up_to_date(self, entry: Sample) -> None:
        """The second version, then the change that waits for somebody; each once, whatever became of it since."""
        record = self.records[entry.key]
        stages = [(entry.later, None), (entry.waiting.get("changes"), entry.waiting.get("by"))]
        stages = [stage for stage in stages if stage[0]]
        done = record.events.filter(name="edited", work_before=Record.Work.CLEAN).count()
        for changes, by in stages[done:]:
            if record.public == Record.Public.PUBLISHED and record.work == Record.Work.CLEAN:
                record = self.change(record, entry, changes, by)

    @transaction.atomic
    def change(self, record: Record, entry: Sample, changes: dict, by: str | None) -> Record:
        record.refresh_from_db()
        author = self.people[by] if by else self.author(entry)
        document = changed(record.document, resolved(changes, self.refer, self.today))
        record = actions.save(record=record, document=document, rows=record.contacts, by=author)
        if by is None:
            return self.publish(record, entry)
        self.step(record, "submit", author)
        return record

    def hush(self) -> None:
        """Keep the mails about what waits for a decision, and drop those about what was published here."""
        events = Event.objects.filter(record__sample=True)
        waiting = events.filter(record__work__in=[Record.Work.SUBMITTED, Record.Work.RETURNED])
        kept = waiting.order_by("record", "-pk").distinct("record")
        over = set(events.exclude(pk__in=kept.values("pk")).values_list("pk", flat=True))
        mails = Message.objects.waiting().filter(key__startswith="event-").values_list("pk", "key")
        about_samples = [pk for pk, key in mails if int(key.split("-")[1]) in over]
        Message.objects.waiting().filter(pk__in=about_samples).delete()
        Message.objects.waiting().filter(to__in=people.silent_addresses(list(self.entries.values()))).delete()
