"""Nothing unpublished leaks: secret words in every place where a person may write, asked for everywhere."""

import json
import re
from itertools import product

import pytest
from django.conf import settings as portal
from django.test import Client

from catalogue.index.follower import Follower
from catalogue.index.shelf import Shelf
from publishing.models import Publication
from records import actions
from tests.people import person
from tests.permissions.addresses import BY_NAME, PUBLIC, every_address
from tests.records.making import CONTACT, a_draft, moved

DATABASES = ("projects", "opportunities", "needs", "resources", "reports", "organizations")
# Words that nobody else writes; each stands in one place that the public may not read.
SECRETS = {
    "draft": "quagglewort",
    "submitted": "brindlefax",
    "returned": "snorpleby",
    "edited since": "vextrumble",
    "private notes": "glimmerspoke",
    "private notes of a change": "twizzlemarsh",
    "contact without consent": "plumdrake",
    "contact whose consent ran out": "fennelgast",
    "contact of a change": "hobblecrane",
    "comment of a moderator": "wrenchpuddle",
    "withdrawn": "zephyrquill",
    "deleted draft": "krumhollow",
}
PUBLISHED_WORD = "marigoldium"


def says(word):
    """A document's changes that carry the word in a title, a text, a keyword and an identifier."""
    return {
        "title": {"en": f"Title {word}", "fr": f"Titre {word}"},
        "description": {"en": f"Text {word}.", "fr": f"Texte {word}."},
        "acronym": word.upper(),
        "identifiers": [{"id": "secret01", "scheme": "GEF", "value": f"GEF-{word}"}],
        "notes": f"Note {SECRETS['private notes']}",
    }


def contact(name, **more):
    return CONTACT | {"id": "secret01", "name": name.title(), "email": f"{name}@example.org"} | more


@pytest.fixture
def world(db, settings, tmp_path):
    """A record in every state, each with its word, in the log and in this host's index. The uids by state."""
    settings.DEMONSTRATION = True
    settings.PORTAL_DATA = tmp_path
    author, focal = person(contributor="KE"), person(focal_point="KE")

    def draft(word):
        return a_draft(by=author, country="KE", **says(word))

    def published(word):
        return moved(moved(draft(word), "submit", by=author), "endorse", by=focal)

    def edited(record, **changes):
        rows = [CONTACT, contact(SECRETS["contact of a change"])]
        return actions.save(record=record, document=record.document | changes, rows=rows, by=author)

    records = {"draft": draft(SECRETS["draft"]), "submitted": moved(draft(SECRETS["submitted"]), "submit", by=author)}
    returned = moved(draft(SECRETS["returned"]), "submit", by=author)
    why = {"reasons": ["unclear"], "note": SECRETS["comment of a moderator"]}
    records["returned"] = moved(returned, "return", by=focal, **why)
    records["deleted draft"] = moved(draft(SECRETS["deleted draft"]), "abandon", by=author)
    records["withdrawn"] = published(SECRETS["withdrawn"])
    records["published"] = open_to_readers(draft(PUBLISHED_WORD), author, focal)
    follow()
    moved(records["withdrawn"], "withdraw", by=focal, reasons=["outdated"], note=SECRETS["comment of a moderator"])
    changes = {**says(SECRETS["edited since"]), "notes": SECRETS["private notes of a change"]}
    records["edited since"] = edited(published(PUBLISHED_WORD), **changes)
    records["submitted change"] = moved(edited(published(PUBLISHED_WORD), **changes), "submit", by=author)
    follow()
    return author, {state: record.uid for state, record in records.items()}


def follow():
    """Bring this host's index up to the log."""
    follower = Follower(Shelf())
    follower.catch_up()
    follower.close()


def open_to_readers(record, author, focal):
    """Published, with contacts who may not be named beside one who may."""
    hidden = contact(SECRETS["contact without consent"], consent=False)
    over = contact(SECRETS["contact whose consent ran out"], id="secret02", until="2026-01")
    rows = [CONTACT, hidden, over]
    record = actions.save(record=record, document=record.document, rows=rows, by=author)
    return moved(moved(record, "submit", by=author), "endorse", by=focal)


def arguments(name, uids):
    """What may stand in the place of an argument of an address."""
    return {
        "uid": uids.values(),
        "identifier": [*uids.values(), *(f"{uid}-1" for uid in uids.values()), *identifiers()],
        "number": ["0", "1", "2"],
        "database": DATABASES,
        "name": ["area"],
    }[name]


def identifiers():
    return [f"GEF-{word}" for word in SECRETS.values()]


def filled(path, uids):
    """The path with every value of its arguments."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", path)
    for values in product(*(arguments(name, uids) for name in names)):
        yield re.sub(r"<[^>]+>", "{}", path).format(*values)


def questions(uids):
    """Every public address, and the searches that could tell of a secret word by an answer or by a count."""
    for name, path in every_address():
        if BY_NAME[name] == PUBLIC:
            yield from (f"/{one}" for one in filled(path.replace("^", ""), uids))
    lists = ["/en/search/", "/ar/search/", "/en/search/feed/", "/en/projects/", "/api/v1/records/"]
    for address, word in product(lists, SECRETS.values()):
        yield from (f"{address}?q={one}" for one in (word, word[:-3], f'"Title {word}"', f"GEF-{word}"))
    for database, word in product(DATABASES, [*SECRETS.values(), ""]):
        yield f"/api/v1/records/?database={database}&q={word}&facets=country,area,language,owner"
    yield from ("/api/v1/changes/?limit=1000", "/api/v1/changes/?after=1&limit=1", "/en/nothing/", "/api/v1/nothing/")
    yield from (f"/en/records/{uid}/?after=forged" for uid in uids.values())
    yield from (f"/en/contact/?record={uid}" for uid in uids.values())


def leaked(response, uids, asked):
    """Words in an answer that are none of the reader's business: body and headers, without what the reader sent."""
    told = response.content.decode() + json.dumps(dict(response.headers))
    found = {word for word in SECRETS.values() if word in told.lower() and word[:-3] not in asked.lower()}
    hidden = {uids[state] for state in ("draft", "submitted", "returned", "deleted draft")}
    return found | {uid for uid in hidden if re.search(rf"{uid}\b", told) and uid not in asked}


def test_no_public_address_tells_what_is_not_published(world):
    _author, uids = world
    reader = Client(raise_request_exception=False)

    leaks = [(asked, found) for asked in questions(uids) if (found := leaked(reader.get(asked), uids, asked))]

    assert leaks == []
    assert PUBLISHED_WORD in reader.get(f"/en/records/{uids['published']}/").content.decode()


def test_a_search_for_a_secret_word_counts_nothing(world):
    reader = Client()

    for word in SECRETS.values():
        for asked in (word, word[:-3], f"GEF-{word}", f"{word}@example.org"):
            found = reader.get("/api/v1/records/", {"q": asked, "facets": "country,area"}).json()
            assert (found["count"], found["results"]) == (0, []), asked
            assert all(values == [] for values in found["facets"].values()), asked
    assert reader.get("/api/v1/records/", {"q": PUBLISHED_WORD}).json()["count"] == 3


def test_what_was_never_published_is_answered_as_what_never_was(world):
    _author, uids = world
    reader = Client()

    for path in ("/en/records/{}/", "/api/v1/records/{}/", "/api/v1/records/{}/versions/"):
        unknown = reader.get(path.format("CMB-PRJ-KE-999999999"))
        for state in ("draft", "submitted", "returned", "deleted draft"):
            answer = reader.get(path.format(uids[state]))
            body = answer.content.decode().replace(uids[state], "CMB-PRJ-KE-999999999")
            assert (answer.status_code, body) == (404, unknown.content.decode()), (path, state)


def test_what_was_withdrawn_is_gone_from_everywhere_and_leaves_a_tombstone(world):
    _author, uids = world
    uid, reader = uids["withdrawn"], Client()

    assert reader.get(f"/en/records/{uid}/").status_code == 410
    for path in ("", "versions/", "versions/1/"):
        assert reader.get(f"/api/v1/records/{uid}/{path}").status_code == 410, path
    feed = reader.get("/api/v1/changes/", {"limit": 1000}).json()["changes"]
    [tombstone] = [line for line in feed if line["uid"] == uid]
    assert tombstone["record"] is None
    assert set(tombstone) == {
        "position", "uid", "database", "action", "version", "at", "record", "reason", "replaced_by",
    }  # fmt: skip
    assert Publication.objects.get(uid=uid).document is None


def whole(answer):
    return answer.status_code, answer.content, dict(answer.headers)


@pytest.mark.slow
def test_the_author_signed_in_reads_byte_for_byte_what_anybody_reads(world):
    author, uids = world
    anybody, signed_in = Client(raise_request_exception=False), Client(raise_request_exception=False)
    signed_in.force_login(author)
    different = []
    for asked in questions(uids):
        one, other = anybody.get(asked), signed_in.get(asked)
        if (one.status_code, one.content, dict(one.headers)) != (
            other.status_code,
            other.content,
            dict(other.headers),
        ):
            different.append(asked)
        assert not other.has_header("Set-Cookie"), asked
        assert not other.cookies, asked
        assert "Cookie" not in other.get("Vary", ""), asked

    assert different == []
    assert portal.SESSION_COOKIE_NAME in signed_in.cookies


def test_a_working_copy_changes_no_etag(world):
    author, uids = world
    reader = Client()
    addresses = [f"/api/v1/records/{uids['published']}/", "/en/", "/en/projects/", "/api/v1/changes/"]
    before = [reader.get(address)["ETag"] for address in addresses]

    from records.models import Record

    record = Record.objects.get(uid=uids["published"])
    actions.save(record=record, document=record.document | says("quagglewort"), rows=record.contacts, by=author)
    follow()

    assert [reader.get(address)["ETag"] for address in addresses] == before
