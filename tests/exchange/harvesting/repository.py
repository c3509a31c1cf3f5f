"""A repository that answers by OAI-PMH, and a walk over it."""

from urllib.parse import parse_qs, urlsplit

from exchange.protocols import oai_pmh

DAY, SECOND = "YYYY-MM-DD", "YYYY-MM-DDThh:mm:ssZ"
HEAD = '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'


def envelope(inner, at="2026-05-01T10:00:00Z"):
    return f"{HEAD}<responseDate>{at}</responseDate><request>x</request>{inner}</OAI-PMH>"


def a_record(number, deleted=False):
    status = ' status="deleted"' if deleted else ""
    inside = "" if deleted else "<metadata><x xmlns=''><resumptionToken>no</resumptionToken><error/></x></metadata>"
    return f"<record><header{status}><identifier>oai:x:{number}</identifier></header>{inside}</record>"


def a_list(*numbers, token=None, size=None):
    told = f' completeListSize="{size}"' if size is not None else ""
    end = "" if token is None else f"<resumptionToken{told}>{token}</resumptionToken>"
    return envelope(f"<ListRecords>{''.join(map(a_record, numbers))}{end}</ListRecords>")


def an_error(code, text="why"):
    return envelope(f'<error code="{code}">{text}</error>')


class Repository:
    """What a repository answers: `lists` by resumption token, the first by ""; a callable answers by itself."""

    def __init__(
        self, lists, granularity=SECOND, deleted="persistent", base="http://x/oai", at="2026-05-01T10:00:00Z"
    ):
        self.lists, self.granularity, self.deleted, self.base, self.at = lists, granularity, deleted, base, at
        self.questions = []

    def __call__(self, asked):
        question = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        self.questions.append(question)
        if question["verb"] == "Identify":
            return asked.answer(self.identity())
        answer = self.lists[question.get("resumptionToken", "")]
        return answer(asked) if callable(answer) else asked.answer(answer)

    def identity(self):
        return envelope(
            f"<Identify><baseURL>{self.base}</baseURL><earliestDatestamp>2001-01-01</earliestDatestamp>"
            f"<deletedRecord>{self.deleted}</deletedRecord><granularity>{self.granularity}</granularity></Identify>",
            self.at,
        )


def taken(repository, options=None, state=None, most=None, budget=None):
    for number, page in enumerate(oai_pmh.walk(repository.address, options or {}, state or {}, budget), start=1):
        yield page, page.stream.read().decode() if page.stream else None
        if number == most:
            return
