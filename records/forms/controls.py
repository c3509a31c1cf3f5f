"""The controls of a form: what a template needs to draw each field of a document with its problems."""

from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _

from formats import fields
from formats.format import CommonFormat
from formats.groups import Group
from formats.problems import Problem, is_empty
from reference import languages

MOST_RADIOS = 4


@dataclass
class Control:
    """One control. `kind` names the template that draws it (`templates/records/controls/<kind>.html`)."""

    kind: str
    name: str
    label: str
    help: str = ""
    mandatory: bool = False
    conditional: bool = False
    value: Any = ""
    options: list = field(default_factory=list)
    children: list = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    words: int | None = None
    lang: str = ""
    dir: str = ""

    @property
    def template(self) -> str:
        return f"records/controls/{self.kind}.html"

    @property
    def html_id(self) -> str:
        return f"f-{self.name}"

    @property
    def described_by(self) -> str:
        """The ids of the texts that explain the control, for screen readers."""
        parts = [f"{self.html_id}-help"] if self.help else []
        return " ".join([*parts, *([f"{self.html_id}-problem"] if self.problems else [])])

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True)
class Option:
    """One choice of a list; `children` are the narrower terms of a two-level vocabulary."""

    value: str
    label: str
    chosen: bool
    children: list = field(default_factory=list)


@dataclass(frozen=True)
class FormSection:
    """A section of the form; `next` is the anchor of the one that follows."""

    anchor: str
    title: str
    help: str
    controls: list[Control]
    next: str = ""

    @property
    def errors(self) -> int:
        """How many controls of the section have something wrong, rows included."""
        return sum(_wrong(control) for control in self.controls)

    @property
    def is_open(self) -> bool:
        """Whether something typed in the section is wrong: what is only missing does not open it."""
        return any(_mistyped(control) for control in self.controls)


def _mistyped(control: Control) -> bool:
    wrong = (problem.severity == "error" and problem.code != "required" for problem in control.problems)
    return any(wrong) or any(_mistyped(child) for child in control.children)


def _wrong(control: Control) -> int:
    return control.has_errors + sum(_wrong(child) for child in control.children)


class Drawing:
    """Draws the controls of one document for one reader: holds the language, the record's languages, the problems."""

    def __init__(self, language: str, record_languages: object, problems: list[Problem]):
        self.language = language
        given = record_languages if isinstance(record_languages, list) else []
        self.record_languages = [tag for tag in given if tag in languages.UN_LANGUAGES] or ["en"]
        self.problems: dict[str, list[Problem]] = {}
        for problem in problems:
            self.problems.setdefault(problem.path, []).append(problem)

    def sections(self, declaration: CommonFormat, document: dict) -> list[FormSection]:
        return [
            FormSection(
                f"section-{index}",
                section.title,
                section.help,
                self.controls({name: declaration.fields[name] for name in section.fields}, document, "", ""),
                f"section-{index + 1}" if index < len(declaration.sections) else "section-contacts",
            )
            for index, section in enumerate(declaration.sections, 1)
        ]

    def controls(self, declared: dict, values: dict, name: str, path: str) -> list[Control]:
        """The controls of some fields of a group; what only sources fill in is asked of nobody."""
        return [
            self.control(field, values.get(key), f"{name}{key}", f"{path}/{key}")
            for key, field in declared.items()
            if not (field.from_sources and is_empty(values.get(key)))
        ]

    def control(self, declared, value, name: str, path: str) -> Control:
        """The control of a field, named by its path with row ids; `path` is the JSON pointer of its problems."""
        control = Control(
            kind="line",
            name=name,
            label=declared.label or "",
            help=declared.help_text or "",
            mandatory=declared.required,
            conditional=bool(declared.required_if),
            problems=self.problems.get(path, []),
        )
        if declared.from_sources:
            control.kind, control.value = "kept", value
        elif declared.many and isinstance(declared, Group | fields.ReferenceField):
            self.draw_rows(control, declared, value, path)
        else:
            draw(declared, control, value, self, path)
        return control

    def draw_rows(self, control, declared, value, path):
        control.kind = "rows"
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        for index, row in enumerate(rows):
            name = f"{control.name}.{row.get('id', index)}"
            child = Control("row", name, declared.label or "", value=row.get("id", ""))
            child.problems = self.problems.get(f"{path}/{index}", [])
            child.children = self.row(declared, row, name, f"{path}/{index}")
            control.children.append(child)

    def row(self, declared, row, name, path):
        if isinstance(declared, Group):
            return self.group(declared, row, name, path)
        control = Control("reference", name, "", value=row, problems=self.problems.get(f"{path}/uid", []))
        control.options = list(declared.to)
        return [control]

    def group(self, declared: Group, values, name, path) -> list[Control]:
        return self.controls(declared.fields, values if isinstance(values, dict) else {}, f"{name}.", path)

    def under(self, path: str, control: Control) -> None:
        """Give a control the problems of the items of its value, such as `/countries/2`."""
        below = [item for key, found in self.problems.items() if key.startswith(f"{path}/") for item in found]
        control.problems = [*control.problems, *below]


@singledispatch
def draw(declared, control: Control, value, drawing: Drawing, path: str) -> None:
    """Give the control its kind and value by the field's type; the default is one line as typed."""
    control.value = "" if value is None else value
    if declared.style.get("lines") == "many":
        control.kind = "area"


@draw.register
def _text(declared: fields.TextField, control, value, drawing, path):
    control.kind, control.words = "multilingual", declared.words
    texts = value if isinstance(value, dict) else ({drawing.record_languages[0]: value} if value else {})
    for tag in dict.fromkeys([*drawing.record_languages, *texts]):
        control.children.append(
            Control(
                "line" if declared.lines == "one" else "area",
                f"{control.name}.{tag}",
                languages.language_name(tag, drawing.language),
                value=texts.get(tag, ""),
                problems=drawing.problems.get(f"{path}/{tag}", []),
                lang=tag,
                dir=languages.direction(tag),
            )
        )


@draw.register
def _number(declared: fields.NumberField, control, value, drawing, path):
    control.kind, control.value = "number", "" if value is None else value


@draw.register
def _yes_no(declared: fields.YesNoField, control, value, drawing, path):
    control.kind = "radios"
    answer = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
    choices = [("yes", _("Yes")), ("no", _("No")), ("", _("Not answered"))]
    control.options = [Option(code, label, code == answer) for code, label in choices]


@draw.register
def _reference(declared: fields.ReferenceField, control, value, drawing, path):
    control.kind, control.options = "reference", list(declared.to)
    control.value = value if isinstance(value, dict) else {"name": value or ""}
    drawing.under(path, control)


@draw.register
def _group(declared: Group, control, value, drawing, path):
    control.kind, control.children = "group", drawing.group(declared, value, control.name, path)


@draw.register
def _code(declared: fields.CodeField, control, value, drawing, path):
    """Long lists are typed, with suggestions; what is chosen stays ticked."""
    given = as_list(value)
    control.kind = "picker" if declared.many else "typed"
    control.options = [Option(str(code), name_of(declared, code, drawing.language), True) for code in given]
    control.value = control.options[0].label if control.options else ""
    control.lang = type(declared).__name__
    drawing.under(path, control)


@draw.register
def _record_languages(declared: fields.LanguageField, control, value, drawing, path):
    if not declared.of_record:
        return _code(declared, control, value, drawing, path)
    control.kind = "checkboxes"
    control.options = options_of(declared, declared.codes(), as_list(value), drawing.language)
    return drawing.under(path, control)


@draw.register
def _framework(declared: fields.FrameworkField, control, value, drawing, path):
    control.kind = "select"
    control.options = options_of(declared, declared.codes(), as_list(value), drawing.language)


@draw.register
def _term(declared: fields.TermField, control, value, drawing, path):
    given = as_list(value)
    terms = declared.vocabulary.terms
    roots = [code for code in declared.codes() if not terms[code].parent]
    control.options = [
        Option(code, declared.name(code, drawing.language), code in given, _narrower(declared, code, given, drawing))
        for code in roots
    ] + [Option(str(code), str(code), True) for code in given if str(code) not in terms]
    few = len(terms) <= MOST_RADIOS
    control.kind = "checkboxes" if declared.many else "radios" if few else "select"
    drawing.under(path, control)


def _narrower(declared, parent, given, drawing):
    codes = [code for code in declared.codes() if declared.vocabulary.terms[code].parent == parent]
    return options_of(declared, codes, given, drawing.language)


def as_list(value) -> list:
    """What was given as a list, one or many; a working copy may hold anything."""
    return value if isinstance(value, list) else [value] if value else []


def options_of(declared, codes, given, language) -> list[Option]:
    return [Option(code, declared.name(code, language), code in given) for code in codes]


def name_of(declared, code, language) -> str:
    known = isinstance(code, str) and declared.resolve(code)
    return declared.name(known, language) if known else str(code)
