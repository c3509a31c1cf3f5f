"""What the documentation says of sources, kinds and commands is so."""

import re
import shlex
from dataclasses import fields

import pytest
from django.conf import settings
from django.core.management import load_command_class

from exchange import readers
from exchange.mapped import mapping
from exchange.mapped.identity import Subject
from exchange.mapped.kinds import KINDS
from exchange.mapped.kinds.milestones import Step
from exchange.mapped.kinds.money import FiscalYear, Stage

DOCS = settings.BASE_DIR / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), *(settings.BASE_DIR / name for name in ("README.md", "CHANGELOG.md"))]
ROW = re.compile(r"^\| `([a-z-]+)` \|.*$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
NAMES = "import_records|propose_matches|load_matches"
COMMAND = re.compile(rf"(?:^|`)(?:\.venv/bin/python manage\.py )?((?:{NAMES}) [^`\n]+)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
PARTS_OF = {"amount": (Stage, FiscalYear), "milestones": (Step,)}


def page(name):
    return (DOCS / name).read_text()


def rows(text):
    """The rows of the tables, by the word in code that each begins with."""
    return {found[1]: found[0] for found in ROW.finditer(text)}


def settings_of(part):
    return {one.name for one in fields(part) if one.init}


def commands():
    found = [(path.name, line) for path in PAGES for line in COMMAND.findall(path.read_text())]
    return [(name, shlex.split(line, comments=True)) for name, line in found]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_column_is_told_with_all_its_settings(kind):
    told = rows(page("mapping.md"))

    assert kind in told
    named = set(CODE.findall(told[kind]))
    for part in (KINDS[kind], *PARTS_OF.get(kind, ())):
        assert settings_of(part) - named <= {"column"}


def test_every_setting_of_a_mapping_is_told():
    named = set(CODE.findall(page("mapping.md").partition("## Texts and names")[0]))
    # The name of the source is that of its file, and the kinds are written as its columns.
    wanted = settings_of(mapping.Mapping) - {"source", "kinds"} | settings_of(Subject)

    assert wanted - named == set()


def test_the_example_of_a_mapping_is_one():
    example = re.search(r"```toml\n(.*?)```", page("mapping.md"), re.DOTALL)[1]

    made = mapping.parse(example, "example")

    assert [kind.column for kind in made.kinds] == ["Name", "State", "Budget"]


def test_every_source_is_told():
    sources = page("importing.md").partition("## The sources")[2].partition("\n## ")[0]

    assert sorted(rows(sources)) == readers.names()
    assert [name for name in readers.names() if not re.search(rf"^\*\*[^*]*\b{name}\b", sources, re.MULTILINE)] == []


def test_every_command_that_is_shown_can_be_given():
    shown = commands()

    assert {name for name, _words in shown} >= {"importing.md", "README.md"}
    for _name, (command, *arguments) in shown:
        given = load_command_class("exchange", command).create_parser("manage.py", command).parse_args(arguments)
        if command == "import_records":
            assert given.source in readers.names()


def test_every_option_of_the_import_is_told():
    parser = load_command_class("exchange", "import_records").create_parser("manage.py", "import_records")
    own = {
        option
        for action in parser._actions
        for option in action.option_strings
        if action.dest in ("report", "key", "name", "licence", "part", "retrieved_on")
    }

    named = {word.split()[0] for word in CODE.findall(page("importing.md"))}
    assert len(own) == 6
    assert own - named == set()


def test_links_between_the_pages_lead_somewhere():
    broken = [
        f"{path.name}: {link}"
        for path in PAGES
        for link in LINK.findall(path.read_text())
        if not (path.parent / link).exists()
    ]

    assert broken == []
