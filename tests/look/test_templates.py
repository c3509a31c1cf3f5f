"""The promises of the look: no style or script in a template; a small stylesheet without ids, left or right."""

import re
from pathlib import Path

import brotli
import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from bch_portal import gallery, stylesheet
from bch_portal.templatetags.look import in_language

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
SHEETS = sorted((ROOT / "static" / "css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)|(min-|max-)?(width|height)|left|right|top|bottom)\s*:"
)
CSS_BUDGET = 9_000


def text_of(template):
    return (ROOT / "templates" / template).read_text()


def rules_of(sheet):
    """The sheet without comments and without the conditions of its media queries."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    return re.sub(r"@(media|layer)[^{;]*", "", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_every_template_compiles(template):
    compiled = get_template(str(template))

    assert compiled.template.nodelist is not None


@pytest.mark.parametrize("template", PAGES, ids=str)
def test_a_template_holds_no_style_and_no_script_of_its_own(template):
    text = text_of(template)

    assert re.findall(r"\sstyle\s*=", text) == []
    assert re.findall(r"\son[a-z]+\s*=\s*[\"']", text) == []
    assert re.findall(r"<style|<script(?![^>]*\ssrc=)", text) == []
    assert "javascript:" not in text


@pytest.mark.parametrize("template", PAGES, ids=str)
def test_a_template_is_short(template):
    assert len(text_of(template).splitlines()) <= 150


@pytest.mark.parametrize("template", PAGES, ids=str)
def test_a_loop_over_hits_or_facet_values_is_plain_output(template):
    loops = re.findall(r"{% for (?:hit|value) in .*?{% endfor %}", text_of(template), flags=re.DOTALL)

    assert [loop for loop in loops if re.search(r"{% (include|querystring|url|notice|panel|row)\b", loop)] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_css_file_is_short_and_in_a_layer(sheet):
    text = sheet.read_text()

    assert len(text.splitlines()) < 100
    assert re.search(r"^@layer \w+ {", text, flags=re.MULTILINE)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_custom_properties_are_defined_in_the_tokens_only(sheet):
    definitions = re.findall(r"(?<![\w(-])--[\w-]+\s*:", rules_of(sheet))

    assert bool(definitions) == (sheet.name == "tokens.css")


def test_every_custom_property_used_is_defined_and_every_one_defined_is_used():
    text = "".join(rules_of(sheet) for sheet in SHEETS)
    defined = set(re.findall(r"(?<![\w(-])(--[\w-]+)\s*:", text))

    used = set(re.findall(r"var\((--[\w-]+)\)", text))

    assert used == defined


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_css_file_knows_neither_left_and_right_nor_ids(sheet):
    rules = rules_of(sheet)

    assert [match.group() for match in PHYSICAL.finditer(rules)] == []
    assert re.findall(r"#[\w-]+[^;{}]*{", rules) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_rules_nest_at_most_two_levels(sheet):
    depth = deepest = 0
    for character in rules_of(sheet):
        depth += {"{": 1, "}": -1}.get(character, 0)
        deepest = max(deepest, depth)

    assert depth == 0
    assert deepest <= 4  # the layer, a media query, the rule, one rule inside it


def test_the_whole_stylesheet_stays_within_its_budget():
    compressed = brotli.compress(stylesheet.joined().encode(), quality=5)

    assert len(compressed) <= CSS_BUDGET


def test_every_script_is_one_short_module():
    assert {script.name for script in SCRIPTS if len(script.read_text().splitlines()) > 100} == set()


def test_the_script_of_a_page_imports_every_other():
    imported = re.findall(r'from "\./([\w-]+\.js)"', (ROOT / "static" / "js" / "portal.js").read_text())

    assert {*imported, "portal.js"} == {script.name for script in SCRIPTS}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_gallery_shows_every_component_in_both_directions(settings, language):
    settings.DEMONSTRATION = True
    request = RequestFactory().get(f"/{language}/gallery/?a=1")

    with translation.override(language):
        page = gallery.gallery(request).content.decode()

    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert page.count("<h1") == 1
    assert 'href="/fr/gallery/?a=1"' in page


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/en/search/?q=rice", "/fr/search/?q=rice"),
        ("/en/", "/fr/"),
        ("/", "/fr/"),
        ("/records/CMB-PRJ-KE-1", "/fr/"),
    ],
)
def test_a_page_leads_to_itself_in_another_language(path, there):
    assert in_language(path, "fr") == there
