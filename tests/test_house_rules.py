"""Promises over the whole site that no single part can keep alone. What a part keeps is tested beside the part."""

import ast
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from statistics import median

import pytest
import rules
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import workflow
from tests.exchange.harvesting.making import a_run
from tests.factories import ApplicationFactory, UserFactory
from tests.people import PEOPLE
from tests.permissions.addresses import BY_NAME, DOOR, LISTS, OWN, SOURCES, every_address
from tests.permissions.addresses import PEOPLE as PEOPLE_AND_ROLES
from tests.records.making import in_state

ROOT = Path(__file__).resolve().parents[1]
APPS = [path.parent for path in ROOT.glob("*/apps.py")]
LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION, MEDIAN_FUNCTION = 300, 400, 40, 8
NAMED = re.compile(r"\b(?:records|accounts|exchange)\.[a-z_]+")
ASKED = re.compile(r'has_perm\("([^"]+)"')
ASSERTS = re.compile(r"\bassert\b|AssertionError|\bexpect\(|\braises\(|django_assert_|validate_schema\(")
UNFINISHED = re.compile(r"\b(TODO|FIXME|HACK)\b")


def sources():
    found = [path for app in APPS for path in app.rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def files_of_tests():
    return sorted((ROOT / "tests").rglob("*.py"))


def functions(path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_is_too_long_to_be_read_at_once():
    lengths = [(path, LONGEST_FILE) for path in sources()] + [(path, LONGEST_TEST) for path in files_of_tests()]

    assert [str(path) for path, most in lengths if len(path.read_text().splitlines()) > most] == []


def test_functions_are_short():
    lengths = {
        f"{path.relative_to(ROOT)}:{one.lineno} {one.name}": one.end_lineno - one.lineno + 1
        for path in sources()
        for one in functions(path)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
    assert median(lengths.values()) <= MEDIAN_FUNCTION


def test_nothing_is_left_for_later():
    texts = [path for folder in (*APPS, ROOT / "templates", ROOT / "static") for path in folder.rglob("*.*")]
    texts = [path for path in texts if path.suffix in {".py", ".html", ".txt", ".js", ".css"}]

    assert [str(path) for path in texts if UNFINISHED.search(path.read_text())] == []


def test_every_module_says_in_a_line_what_it_is_for():
    silent = [str(path) for path in sources() if path.read_text().strip() and not ast.get_docstring(parsed(path))]

    assert silent == []


def parsed(path):
    return ast.parse(path.read_text())


def test_no_exception_is_swallowed():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
        and not any(isinstance(one, ast.Raise | ast.Call | ast.Return) for one in ast.walk(node) if one is not node)
    ]

    assert found == []


def test_every_test_asserts_something():
    every = [(path, one) for path in files_of_tests() for one in functions(path)]
    helpers = {one.name for _path, one in every if ASSERTS.search(ast.unparse(one))}
    silent = [
        f"{path.relative_to(ROOT)}:{one.lineno} {one.name}"
        for path, one in every
        if one.name.startswith("test_") and one.name not in helpers and not helpers & called(one)
    ]

    assert silent == []


def called(function):
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {getattr(one, "attr", getattr(one, "id", "")) for one in calls}


@pytest.mark.django_db
def test_models_and_migrations_agree():
    told = StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=told)

    assert "No changes detected" in told.getvalue()


def test_imports_point_down_only():
    tool = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_every_permission_that_is_asked_for_is_registered_and_every_one_registered_is_asked_for():
    registered = set(rules.permissions.permissions)
    elsewhere = "\n".join(path.read_text() for path in sources() if path.name != "rules.py")
    asked = {*ASKED.findall(elsewhere), *(move.permission for move in workflow.TRANSITIONS)}

    assert asked - registered == set()
    assert registered - set(NAMED.findall(elsewhere)) == set()


def pages(kinds):
    """The pages of these classes that take no argument."""
    found = sorted((name, f"/{path}") for name, path in every_address() if BY_NAME[name] in kinds and "<" not in path)
    return [(name, path) for name, path in found if not path.startswith("/api/")]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("who", ["secretariat", "stranger"])
def test_every_page_behind_sign_in_has_one_heading_a_title_and_a_direction(client, settings, language, who):
    settings.DEMONSTRATION = True
    client.force_login(PEOPLE[who]())
    wrong = []
    for name, path in pages({OWN, LISTS, PEOPLE_AND_ROLES, SOURCES}):
        answer = client.get(path.replace("/en/", f"/{language}/", 1))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            wrong += [(name, fault) for fault in faults(answer.content.decode(), language)]

    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_door_has_one_heading_a_title_and_a_direction(client, language):
    wrong = []
    for name, path in pages({DOOR}):
        answer = client.get(path.replace("/en/", f"/{language}/", 1))
        if answer.status_code == 200:
            wrong += [(name, fault) for fault in faults(answer.content.decode(), language)]

    assert wrong == []


def faults(page, language):
    direction = "rtl" if language == "ar" else "ltr"
    if page.count("<h1") != 1:
        yield "headings"
    if not re.search(r"<title>\s*[^\s·]", page):
        yield "title"
    if f'<html lang="{language}" dir="{direction}">' not in page:
        yield "direction"


@pytest.mark.django_db
def test_no_list_costs_more_for_more_rows(client, settings):
    settings.DEMONSTRATION = True
    client.force_login(PEOPLE["secretariat"]())
    lists = [path for _name, path in pages({LISTS, PEOPLE_AND_ROLES, SOURCES})] + ["/api/v1/drafts/", "/en/desk/mail/"]
    add_rows()
    few = {path: cost(client, path) for path in lists}

    for _time in range(3):
        add_rows()

    assert {path: cost(client, path) for path in lists} == few


def add_rows():
    """One more of everything that a list may show."""
    in_state("never", "submitted")
    in_state("never", "submitted", country="UG")
    UserFactory(contributor="KE")
    ApplicationFactory()
    ApplicationFactory(for_organization=True)
    a_run()


def cost(client, path):
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)
