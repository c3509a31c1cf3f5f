"""What is wrong with a document: where, what, and whether it stops publication."""

from dataclasses import dataclass, field, replace

from django.utils.functional import Promise

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Problem:
    """One finding. `path` is a JSON pointer into the document, such as `/funding/0/amount`.

    A check may give the path relative to the group it checks (`ends_on`, `funding/0/amount`).
    """

    path: str
    message: str | Promise
    code: str = "invalid"
    severity: str = ERROR

    def under(self, parent: str) -> "Problem":
        return self if self.path.startswith("/") else replace(self, path=f"{parent}/{self.path}".rstrip("/"))

    def as_json(self) -> dict:
        return {"path": self.path, "message": str(self.message), "code": self.code, "severity": self.severity}


@dataclass(frozen=True)
class Reading:
    """What reading a document gave: the values that parsed, and the problems found."""

    values: dict
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == ERROR]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == WARNING]


def is_empty(value) -> bool:
    """Whether nothing was given: blank text counts, `0` and `False` do not; neither does a row's `id` alone."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    waiting = [value]  # a list of its own, so that no depth of nesting exhausts the stack
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += [inner for key, inner in item.items() if key != "id"]
        elif isinstance(item, list):
            waiting += item
        elif item is not None and not (isinstance(item, str) and not item.strip()):
            return False
    return True
