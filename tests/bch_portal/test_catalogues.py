"""Texts are found in code and templates, and catalogues say what they lack."""

import pytest

from bch_portal import catalogues, stylesheet


@pytest.fixture
def site(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    (tmp_path / "view.py").write_text('a = _("One text")\nb = ngettext("%(n)s row", "%(n)s rows", 2)\n')
    (tmp_path / "page.html").write_text(
        '{% load i18n %}\n  <p>{% translate "Hello" context "to a person" %}</p>\n'
        "{% blocktranslate trimmed with name=x %}\n  Dear {{ name }},\n  welcome.\n{% endblocktranslate %}"
    )
    return tmp_path


def translate(site, **strings):
    catalogues.merge()
    path = site / "locale/ar/LC_MESSAGES/django.po"
    catalogue = catalogues.read("ar", path)
    for message in catalogue:
        if message.id:
            message.string = tuple("ص" for _ in message.string) if message.pluralizable else f"{message.id} ص"
            message.string = strings.get(message.id, message.string) if isinstance(message.id, str) else message.string
    with path.open("wb") as file:
        catalogues.pofile.write_po(file, catalogue)


def test_texts_of_code_and_templates_are_found(site):
    found = {(message.id, message.context) for message in catalogues.extracted() if message.id}

    assert found == {
        ("One text", None),
        (("%(n)s row", "%(n)s rows"), None),
        ("Hello", "to a person"),
        ("Dear %(name)s, welcome.", None),
    }


def test_a_language_without_a_catalogue_is_not_complete(site):
    assert list(catalogues.problems("ar")) == ["ar: there is no catalogue; `make messages` makes one"]


def test_a_new_catalogue_lacks_every_text(site):
    catalogues.merge()

    assert len(list(catalogues.problems("ar"))) == 4


def test_a_translated_catalogue_is_complete_and_stays_so(site):
    translate(site)

    catalogues.merge()

    assert list(catalogues.problems("ar")) == []


def test_a_lost_placeholder_is_noticed(site):
    translate(site, **{"Dear %(name)s, welcome.": "أهلا"})

    assert list(catalogues.problems("ar")) == ["ar: the placeholders differ: Dear %(name)s, welcome."]


def test_a_changed_catalogue_is_compiled_and_an_unchanged_one_is_left(site):
    translate(site)
    compiled = site / "locale/ar/LC_MESSAGES/django.mo"

    catalogues.compile_changed()
    first = compiled.stat()
    catalogues.compile_changed()

    assert compiled.stat().st_ino == first.st_ino


def test_the_stylesheet_holds_every_file_in_the_order_of_the_layers(site):
    css = site / "static/css"
    (css / "components").mkdir(parents=True)
    for name in ("print", "tokens", "components/card", "layout", "base"):
        (css / f"{name}.css").write_text(f"/* {name} */\n.{name.split('/')[-1]} {{ }}\n")

    joined = stylesheet.joined()

    assert joined == "@layer tokens,base,layout,components,print;.tokens{}.base{}.layout{}.card{}.print{}"
