"""What a reader of a page sees, apart from what is marked as being in another language."""

import re
from html.parser import HTMLParser

ALONE = {"meta", "link", "input", "img", "br", "hr", "use", "wbr"}
APART = {"script", "style", "code", "pre", "bdi", "title", "data"}
SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-label")
SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[ ,]+[a-z]{2,}){2}")


class Visible(HTMLParser):
    """Collects the texts of a page that claim to be in its own language."""

    def __init__(self, page, language):
        super().__init__()
        self.language, self.open, self.texts = language, [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        foreign = given.get("lang", self.language) != self.language or "uid" in (given.get("class") or "").split()
        apart = (bool(self.open) and self.open[-1][1]) or foreign or tag in APART
        if not apart:
            self.texts += [given[name] for name in SPOKEN if given.get(name)]
        if tag not in ALONE:
            self.open.append((tag, apart))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not (self.open and self.open[-1][1]):
            self.texts.append(" ".join(data.split()))


def words(page, letters):
    """How many words of these letters a page shows."""
    return sum(len(re.findall(f"[{letters}]+", text)) for text in Visible(page, "ar").texts)


def leftovers(page, sources):
    """English texts of the interface on an Arabic page, and sentences that nobody marked as English."""
    return [text for text in Visible(page, "ar").texts if text in sources or SENTENCE.search(text)]
