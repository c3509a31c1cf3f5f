"""From a problem's JSON pointer to the control that mends it, and to words that say where it is."""

from dataclasses import dataclass

from formats.fields import TextField
from formats.groups import Group
from formats.problems import Problem
from records import contacts
from reference import languages


@dataclass(frozen=True)
class Pointed:
    """A problem as a page shows it: where it is in words, and the anchor of its control."""

    where: str
    anchor: str
    message: str
    severity: str


def pointed(declaration: Group, document: dict, rows: list, problems: list[Problem], language: str) -> list[Pointed]:
    """The problems of a document and its contacts, in their order."""
    whole = document | {"contacts": rows}
    fields = {**declaration.fields, **contacts.FORM.fields}
    return [_pointed(fields, whole, problem, language) for problem in problems]


def _pointed(fields: dict, document: dict, problem: Problem, language: str) -> Pointed:
    labels, name = [], []
    declared, value = None, document
    for part in problem.path.strip("/").split("/"):
        inner = getattr(declared, "fields", None) if declared is not None else fields
        if isinstance(value, list):
            index = int(part) if part.isdecimal() and int(part) < len(value) else 0
            value = value[index] if value else None
            if isinstance(value, dict):
                labels[-1:] = [f"{labels[-1]} {index + 1}"] if labels else []
                name.append(str(value.get("id", index)))
        elif isinstance(declared, TextField):
            labels.append(languages.language_name(part, language))
            name.append(part)
        elif inner and part in inner:
            declared = inner[part]
            value = value.get(part) if isinstance(value, dict) else None
            labels.append(str(declared.label or part))
            name.append(part)
    return Pointed(" › ".join(labels), f"f-{'.'.join(name)}", str(problem.message), problem.severity)
