"""What people type, in six languages, and what it finds: golden queries."""

from urllib.parse import urlencode

import pytest

from catalogue.index import text
from catalogue.search.bad_query import BadQuery
from tests.catalogue.published import found, indexed, numbers, titled


def finds(folder, typed, *titles, language="en"):
    """The places (from 1) of the titles that a search finds."""
    reader = indexed(folder, titled(*titles))
    return sorted(numbers(found(reader, urlencode({"q": typed}), language=language)))


@pytest.mark.parametrize(
    ("typed", "titles", "expected"),
    [
        ("capacities", [{"en": "Building capacity"}, {"en": "Training"}], [1]),
        ("TRAINED", [{"en": "Training of analysts"}, {"en": "Trees"}], [1]),
        ("risk maize", [{"en": "Risk of maize"}, {"en": "Risk of cotton"}, {"en": "Maize"}], [1]),
        ("the risk of maize", [{"en": "Maize: risk"}, {"en": "The of"}], [1]),
        ("labo", [{"en": "Laboratories"}, {"en": "Labour"}, {"en": "Elaborate"}], [1, 2]),
        ("capaci", [{"en": "Capacity"}], [1]),
        ("labo work", [{"en": "Laboratory work"}], []),
        ('"risk assessment"', [{"en": "Risk assessment of fish"}, {"en": "Assessment of risk"}], [1]),
        ("“risk assessment”", [{"en": "Risk assessment of fish"}, {"en": "Assessment of risk"}], [1]),
        ("«risk assessment» -„of fish“", [{"en": "Risk assessment of fish"}, {"en": "Risk assessment"}], [2]),
        ('"assessments of risk"', [{"en": "Risk assessment"}, {"en": "Assessment of risks"}], [2]),
        ("risk -fish", [{"en": "Risk of fish"}, {"en": "Risk of maize"}], [2]),
        ('-"risk of fish" risk', [{"en": "Risk of fish"}, {"en": "Fish, of risk"}], [2]),
        ("-fish", [{"en": "Risk of fish"}, {"en": "Risk of maize"}], [2]),
        ("country's", [{"en": "The country"}, {"en": "Counting"}], [1]),
        ("CAFÉ", [{"en": "The cafe"}, {"en": "Coffee"}], [1]),
        ("capacity-building", [{"en": "Building capacity"}, {"en": "Capacity"}], [1]),
    ],
)
def test_words_phrases_prefixes_and_exclusions_in_english(tmp_path, typed, titles, expected):
    assert finds(tmp_path, typed, *titles) == expected


@pytest.mark.parametrize(
    ("typed", "titles", "expected"),
    [
        ("evaluation", [{"fr": "L’évaluation des risques"}, {"fr": "La valeur"}], [1]),
        ("l'évaluation", [{"fr": "Guide d’évaluation"}], [1]),
        ("d’experts", [{"fr": "Réseau d'experts"}, {"fr": "Expérience"}], [1]),
        ("modifiés", [{"fr": "Plante modifiée"}, {"fr": "Mode"}], [1]),
        ("écoles", [{"fr": "ECOLE"}], [1]),
        ("mais", [{"fr": "Le maïs"}], [1]),
        ("oeuvre", [{"fr": "Mise en œuvre"}], [1]),
    ],
)
def test_french_accents_and_elision(tmp_path, typed, titles, expected):
    assert finds(tmp_path, typed, *titles, language="fr") == expected


@pytest.mark.parametrize(
    ("typed", "titles", "expected"),
    [
        ("evaluacion", [{"es": "Evaluaciones del riesgo"}, {"es": "Valor"}], [1]),
        ("biotecnologías", [{"es": "La biotecnologia"}], [1]),
        ("niños", [{"es": "Niño"}, {"es": "Nilo"}], [1]),
    ],
)
def test_spanish_endings_with_and_without_accents(tmp_path, typed, titles, expected):
    assert finds(tmp_path, typed, *titles, language="es") == expected


@pytest.mark.parametrize(
    ("typed", "titles", "expected"),
    [
        ("организмов", [{"ru": "Живые изменённые организмы"}, {"ru": "Органы власти"}], [1]),
        ("измененные", [{"ru": "Изменённых организмов"}], [1]),
        ("ёлка", [{"ru": "Елка"}, {"ru": "Волка"}], [1]),
        ("биобезопасности", [{"ru": "Биобезопасность"}], [1]),
        ("йод", [{"ru": "Иод"}, {"ru": "Йод"}], [2]),
    ],
)
def test_russian_inflection_and_yo(tmp_path, typed, titles, expected):
    assert finds(tmp_path, typed, *titles, language="ru") == expected


@pytest.mark.parametrize(
    ("typed", "titles", "expected"),
    [
        ("سلامة", [{"ar": "السَّلامَةُ الأحيائيّة"}, {"ar": "التدريب"}], [1]),
        ("السلامة", [{"ar": "بروتوكول للسلامة"}], [1]),
        ("الاحيائيه", [{"ar": "السلامة الأحيائية"}], [1]),
        ("قدرة", [{"ar": "بناء القدرات"}], [1]),
        ("بناء", [{"ar": "التدريب وبناء القدرات"}], [1]),
        ("سـلامة", [{"ar": "السلامة"}], [1]),
        ("تقييم المخاطر", [{"ar": "تقييم مخاطر الذرة"}, {"ar": "تقييم"}], [1]),
        ("٢٠٢٦", [{"ar": "خطة 2026"}, {"ar": "خطة ۲۰۲۵"}], [1]),
        ("بيولوج", [{"ar": "السلامة البيولوجية"}], [1]),
    ],
)
def test_arabic_article_harakat_and_digits(tmp_path, typed, titles, expected):
    assert finds(tmp_path, typed, *titles, language="ar") == expected


@pytest.mark.parametrize(
    ("typed", "titles", "expected"),
    [
        ("转基因", [{"zh": "转基因生物检测"}, {"zh": "基因"}], [1]),
        ("生物安全", [{"zh": "卡塔赫纳生物安全议定书"}, {"zh": "安全生产"}], [1]),
        ("生物安全能力建设", [{"zh": "生物安全的能力建设"}, {"zh": "建设"}], [1]),
        ('"转基因"', [{"zh": "转变基因"}, {"zh": "转基因"}], [2]),
        ("DNA检测", [{"zh": "DNA的检测"}, {"zh": "检测"}], [1]),
        ("米", [{"zh": "玉米"}, {"zh": "大豆"}], [1]),
        ("玉米 -转基因", [{"zh": "转基因玉米"}, {"zh": "玉米育种"}], [2]),
        ("ＤＮＡ", [{"zh": "DNA"}], [1]),
    ],
)
def test_chinese_is_cut_into_characters_and_pairs(tmp_path, typed, titles, expected):
    assert finds(tmp_path, typed, *titles, language="zh") == expected


def test_words_may_stand_in_texts_of_different_languages(tmp_path):
    titles = {"en": "Border laboratories", "fr": "Laboratoires des frontières"}

    assert finds(tmp_path, "laboratories frontière", titles) == [1]


@pytest.mark.parametrize(("language", "first"), [("en", 1), ("fr", 2)])
def test_the_language_of_the_page_weighs_double(tmp_path, language, first):
    reader = indexed(tmp_path, titled({"en": "Transport"}, {"fr": "Transport"}))

    page = found(reader, "q=transport", language=language)

    assert numbers(page)[0] == first
    assert page.count == 2


def test_a_language_without_stemmer_is_found_by_its_words(tmp_path):
    assert finds(tmp_path, "biossegurança", {"pt": "A biossegurança"}, {"und": "Biossegurança"}) == [1, 2]


NOTHING_TYPED = ["*", "(", '"', "-", "\x00", "~"]
WORDS_THAT_ARE_NOT_THERE = ["maize AND cotton", "title_en:maize", "maize~2", "[maize TO rice]", "maize^3"]


@pytest.mark.parametrize("typed", [*NOTHING_TYPED, "+maize"])
def test_signs_alone_mean_nothing(tmp_path, typed):
    assert finds(tmp_path, typed, {"en": "Maize"}) == [1]


@pytest.mark.parametrize("typed", WORDS_THAT_ARE_NOT_THERE)
def test_the_syntax_of_the_engine_is_read_as_words(tmp_path, typed):
    assert finds(tmp_path, typed, {"en": "Maize"}) == []


@pytest.mark.parametrize("typed", ["x" * 501, "word " * 21, "转" * 42])
def test_a_search_that_is_too_long_is_refused_and_says_so(tmp_path, typed):
    with pytest.raises(BadQuery) as refusal:
        finds(tmp_path, typed, {"en": "Maize"})

    assert refusal.value.parameter == "q"


def test_names_of_countries_and_terms_find_what_carries_their_codes(tmp_path):
    assert finds_coded(tmp_path, "q=кения") == [1]
    assert finds_coded(tmp_path, "q=evaluación+del+riesgo") == [1]


def finds_coded(folder, address):
    reader = indexed(folder, titled({"en": "Maize"}, countries=["KE"], areas=["risk-assessment"]))
    return numbers(found(reader, address))


def test_an_identifier_finds_its_record_first(tmp_path):
    one = titled({"en": "Report 10027"}, {"en": "Maize"})
    one[1].document["identifiers"] = [{"id": "a", "scheme": "GEF", "value": "10027"}]

    assert numbers(found(indexed(tmp_path, one), "q=10027")) == [2, 1]


def test_normalising_twice_changes_nothing():
    for original in ("L’évaluation ÉTÉ", "السَّلامَةُ ١٢", "Ёлка", "ﬁle ＤＮＡ"):
        once = text.fold(original)

        assert text.fold(once) == once
