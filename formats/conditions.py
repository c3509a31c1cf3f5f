"""When a field is mandatory: conditions on its neighbours that people, checks and schemas can read."""

from dataclasses import dataclass

from formats.problems import is_empty


@dataclass(frozen=True)
class Condition:
    """Holds when the neighbour `field` has (or, negated, has not) one of `codes`; with no codes, when it is given."""

    field: str
    codes: tuple[str, ...] = ()
    negated: bool = False

    def __call__(self, values: dict) -> bool:
        value = values.get(self.field)
        if not self.codes:
            return is_empty(value) is self.negated
        if self.negated and is_empty(value):
            return False
        given = set(value if isinstance(value, list) else [value])
        return given.isdisjoint(self.codes) is self.negated

    def as_json(self) -> dict:
        """The condition as it stands in `x-mandatory-if` of the JSON Schema."""
        word = ("not_in" if self.negated else "in") if self.codes else ("absent" if self.negated else "given")
        return {"field": self.field, word: list(self.codes) or True}


def is_in(field: str, *codes: str) -> Condition:
    return Condition(field, codes)


def not_in(field: str, *codes: str) -> Condition:
    """Given, and none of the codes: nothing is demanded before the neighbour has been filled in."""
    return Condition(field, codes, negated=True)


def given(field: str) -> Condition:
    return Condition(field)


def absent(field: str) -> Condition:
    return Condition(field, negated=True)
