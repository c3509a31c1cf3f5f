"""A person at work on the running portal over HTTP, who keeps count of what the portal said it had done."""

import http.client
import json
import random
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests import documents
from tests.kill.world import PASSWORD

JSON = "application/json"
CONTACT = {
    "id": "contact1",
    "name": "Biosafety desk",
    "organization": "National Biosafety Authority",
    "email": "desk@example.org",
    "consent": True,
}
AWAY = (OSError, http.client.HTTPException)
MOVED = 302


@dataclass
class Told:
    """What a publisher was told of one record: nothing else counts as done.

    `doubtful`: an answer never came, so the last step may have been done or not; the record is left alone.
    """

    version: int = 0
    title: str = ""
    withdrawn: bool = False
    doubtful: bool = False


@dataclass
class Ledger:
    """All that the publishers of a run were told."""

    records: dict[str, Told] = field(default_factory=dict)
    statuses: Counter = field(default_factory=Counter)
    slowest: float = 0.0

    def acknowledged(self):
        return sum(told.version + told.withdrawn for told in self.records.values())


class Unanswered(Exception):
    """The portal was away, or said that it is busy."""


class Desk:
    """One person, signed in."""

    def __init__(self, portal, email, ledger=None):
        self.portal, self.email, self.cookies = portal, email, {}
        self.ledger = ledger or Ledger()

    def sign_in(self):
        self.send("GET", "/en/account/login/")
        form = {"login": self.email, "password": PASSWORD, "csrfmiddlewaretoken": self.token}
        status, _headers, body = self.send("POST", "/en/account/login/", urlencode(form))
        assert status == MOVED, body.decode()
        return self

    @property
    def token(self):
        return self.cookies[f"portal_csrf_{self.portal.port}"]

    def send(self, method, path, body=None, kind="application/x-www-form-urlencoded"):
        """Status, headers and body of any answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": kind, "X-CSRFToken": self.token}
        with closing(http.client.HTTPConnection("127.0.0.1", self.portal.port, timeout=20)) as line:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", ()):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers, answer.read()

    def call(self, method, path, content=None):
        """What the API of drafts answers; Unanswered where nobody knows what became of it."""
        began = time.monotonic()
        try:
            status, _headers, body = self.send(method, path, json.dumps(content), JSON)
        except AWAY as problem:
            raise Unanswered from problem
        self.ledger.statuses[status] += 1
        if status == 503:
            raise Unanswered
        assert status in (200, 201), f"{method} {path}: {status} {body[:500]}"
        self.ledger.slowest = max(self.ledger.slowest, time.monotonic() - began)
        return json.loads(body)

    def start(self, country, title):
        document = documents.a_project(title={"en": title, "fr": title})
        given = {"database": "projects", "owner": {"kind": "government", "country": country}}
        return self.call("POST", "/api/v1/drafts/", given | {"document": document, "contacts": [CONTACT]})

    def change(self, draft, title):
        document = draft["document"] | {"title": {"en": title, "fr": title}}
        content = {"document": document, "contacts": [CONTACT], "based_on": draft["digest"]}
        return self.call("PUT", f"/api/v1/drafts/{draft['uid']}/", content)

    def step(self, draft, name, **more):
        content = {"name": name, "seen": draft["digest"], **more}
        return self.call("POST", f"/api/v1/drafts/{draft['uid']}/steps/", content)


class Publisher:
    """A focal point who publishes, changes and withdraws, and goes on after every failure."""

    def __init__(self, desk, country, seed):
        self.desk, self.country, self.chance = desk, country, random.Random(seed)  # noqa: S311
        self.published, self.number = [], 0

    def work_until(self, done):
        while not done.is_set():
            try:
                self.work()
            except Unanswered:
                time.sleep(0.2)

    def work(self):
        what = self.chance.random()
        if not self.published or what < 0.5:
            self.publish_new()
        elif what < 0.85:
            self.publish_change(self.chance.choice(self.published))
        else:
            self.withdraw(self.published.pop(self.chance.randrange(len(self.published))))

    def publish_new(self):
        draft = self.desk.start(self.country, self.title())
        told = self.desk.ledger.records[draft["uid"]] = Told(doubtful=True)
        self.published.append(self.endorse(draft, told))

    def publish_change(self, draft):
        told = self.desk.ledger.records[draft["uid"]]
        self.published.remove(draft)
        told.doubtful = True
        changed = self.desk.change(draft, self.title())
        self.published.append(self.endorse(changed, told))

    def endorse(self, draft, told):
        """Publish, and write down that the portal said so."""
        answer = self.desk.step(draft, "endorse")
        told.version, told.doubtful = told.version + 1, False
        told.title = answer["document"]["title"]["en"]
        return answer

    def withdraw(self, draft):
        told = self.desk.ledger.records[draft["uid"]]
        told.doubtful = True
        self.desk.step(draft, "withdraw", reasons=["outdated"])
        told.withdrawn, told.doubtful = True, False

    def title(self):
        self.number += 1
        return f"Detecting living modified maize in {self.country}, part {self.number}"
