"""OAI-PMH: what the elements of Dublin Core become."""

import pytest

from exchange.oai_dc import tongues, words
from exchange.reading import markup
from records import storable
from reference.vocabularies import vocabulary
from tests.exchange.oai import OAI, TITLE, a_record, a_response, dc, rows


def read(elements="", **record):
    [row] = rows(a_response(a_record(TITLE + elements, **record)))
    return OAI.apply(row)


def document(elements=""):
    mapped = read(elements)
    assert mapped.refusals == []
    return without_ids(mapped.document)


def without_ids(values):
    if isinstance(values, dict):
        return {key: without_ids(value) for key, value in values.items() if key != "id"}
    return [without_ids(value) for value in values] if isinstance(values, list) else values


def told(elements):
    return document(elements).get("other_information", {}).get("und", "").split("\n")


def notes(elements):
    return [(finding.field, finding.value) for finding in read(elements).notes]


def test_a_record_becomes_a_resource():
    elements = (
        dc("creator", "Wanjiru, A.", "Ministry of Environment")
        + dc("publisher", "University of Nairobi", "Press")
        + dc("date", "2015-06")
        + dc("type", "info:eu-repo/semantics/article", "text")
        + dc("language", "en_US")
        + dc("source", "Journal of Maize, 3 (1)")
        + dc("description", "One.", "Two.")
        + dc("subject", "maize; cassava", "risk assessment")
        + dc("identifier", "https://example.org/7", "doi:10.1234/ab(c)")
        + dc("coverage", "Kenya", "Uganda")
        + dc("rights", "http://creativecommons.org/licenses/by-nc/3.0/")
        + dc("relation", "https://example.org/data", "Series 4")
        + dc("contributor", "An Adviser")
        + dc("format", "application/pdf")
    )

    assert document(elements) == {
        "format": "RES/1",
        "title": {"und": "Living modified maize"},
        "identifiers": [
            {"scheme": "OAI", "value": "oai:repository.example.org:1"},
            {"scheme": "DOI", "value": "10.1234/ab(c)"},
        ],
        "types": ["journal-article"],
        "resource_languages": ["en"],
        "authors": [{"name": "Wanjiru, A."}, {"name": "Ministry of Environment"}],
        "publisher": "University of Nairobi; Press",
        "published_on": "2015-06",
        "source": "Journal of Maize, 3 (1)",
        "abstract": {"und": "One.\n\nTwo."},
        "key_words": [{"text": {"und": word}} for word in ("maize", "cassava", "risk assessment")],
        "copies": [{"url": "https://example.org/7"}],
        "licence": "cc-by-nc",
        "rights": {"und": "http://creativecommons.org/licenses/by-nc/3.0/"},
        "scope": "regional",
        "countries": ["KE", "UG"],
        "links": [{"url": "https://example.org/data"}],
        "other_information": {
            "und": "- Contributor: An Adviser\n- Type: text\n- Related: Series 4\n- Format: application/pdf"
        },
    }


def test_the_languages_of_a_record_are_those_that_its_texts_name():
    elements = (
        '<dc:title xml:lang="fr-FR">Maïs</dc:title><dc:title xml:lang="rus">Кукуруза</dc:title>'
        '<dc:title xml:lang="de">Mais</dc:title><dc:title xml:lang="fr">Le maïs</dc:title>'
        '<dc:description xml:lang="zh-Hant">玉米</dc:description>'
    )
    [row] = rows(a_response(a_record(elements)))
    read = OAI.apply(row).document

    assert read["title"] == {"fr": "Maïs", "ru": "Кукуруза", "de": "Mais"}
    assert read["abstract"] == {"zh-Hant": "玉米"}
    assert read["languages"] == ["fr", "ru", "zh"]
    assert read["other_information"] == {"und": "- Other title: Le maïs"}


def test_a_language_that_is_not_named_is_never_guessed():
    [row] = rows(a_response(a_record("<dc:title>Кукуруза</dc:title><dc:language>ru</dc:language>")))
    read = OAI.apply(row).document

    assert (read["title"], read.get("languages"), read["resource_languages"]) == ({"und": "Кукуруза"}, None, ["ru"])


def test_a_language_may_stand_above_the_element():
    for above in ("<oai_dc:dc", "<record", "<OAI-PMH"):
        xml = a_response(a_record()).replace(above, f'{above} xml:lang="es"')
        assert OAI.apply(rows(xml)[0]).document["title"] == {"es": "Living modified maize"}


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        (["2015"], "2015"),
        (["2015-02-03T04:05:06Z"], "2015-02-03"),  # the only one
        (["2015-01-01T00:00:00Z"], "2015-01-01"),
        (["2015-10-22T08:04:27Z", "2015-10-22T08:04:27Z", "2004-06"], "2004-06"),  # DSpace: received, shown, issued
        (["2015-10-22T08:04:27Z", "2015-10-23T08:04:27Z"], None),  # of a system, both
        (["2015-10-22T08:04:27Z", "2015-10-22T08:04:27Z"], None),  # received, and shown at once
        (["1996-12-01T08:00:00Z", "1996-12-01T08:00:00Z"], "1996-12-01"),  # a day, told twice
        (["1940?", "2007-01-03T05:16:36Z"], None),
        (["2004", "2004-06", "2004-06-30"], "2004-06-30"),  # all the same
        (["2005-03-10", "1991"], None),
        (["June 2004"], "2004-06"),
        (["2004", "12 May 2003"], None),
        (["c1999"], None),
        (["[2003?]"], None),
        (["2003-2004"], None),
        (["2015-13"], None),
        (["1394"], None),
        (["03-02-2015"], None),
    ],
)
def test_only_a_date_that_is_certain_becomes_the_date_of_publication(dates, day):
    elements = dc("date", *dates)

    assert document(elements).get("published_on") == day
    assert [line for line in told(elements) if line] == [
        f"- Date: {one}" for one in dict.fromkeys(dates) if one != day
    ]
    assert bool(notes(elements)) == (day is None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("en", ["en"]),
        ("eng", ["en"]),
        ("English", ["en"]),
        ("ENG", ["en"]),
        ("en_US", ["en"]),
        ("pt-BR", ["pt"]),
        ("zh-Hans-CN", ["zh"]),
        ("eng; fre", ["en", "fr"]),
        ("en fr", ["en", "fr"]),
        ("Français", ["fr"]),
        ("русский", ["ru"]),
        ("yap", ["yap"]),
        ("En", ["en"]),
        ("Jpn", ["ja"]),
        ("All", []),  # a code, and a word
        ("日本語", ["ja"]),
        ("Bahasa Indonesia", ["id"]),
        ("http://id.loc.gov/vocabulary/iso639-2/eng", ["en"]),
        ("English and French", []),
        ("en-fr", []),  # a language and a country, or two languages
        ("other", []),
        ("Occitan (post 1500)", []),
        ("und", []),
        ("N/A", []),
    ],
)
def test_languages_are_known_by_code_and_by_name(text, codes):
    assert tongues.spoken(text) == codes
    assert document(dc("language", text)).get("resource_languages", []) == codes
    assert (f"- Language: {text}" in told(dc("language", text))) == (not codes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Article", "journal-article"),
        ("http://purl.org/eprint/type/JournalArticle", "journal-article"),
        ("http://purl.org/coar/resource_type/c_6501", "journal-article"),
        ("info:eu-repo/semantics/doctoralThesis", "thesis"),
        ("Book", "book"),
        ("Книга", "book"),
        ("Tesis", "thesis"),
        ("Dataset", "data-set"),
        ("StillImage", "graphic"),
        ("Technical Report", "technical-report"),
        ("text", None),
        ("Other", None),
    ],
)
def test_words_that_surely_name_a_type_become_one(text, code):
    assert document(dc("type", text)).get("types") == ([code] if code else None)
    assert (told(dc("type", text)) == [f"- Type: {text}"]) == (code is None)


def test_every_type_and_medium_is_a_term():
    assert set(words.TYPES.values()) <= set(vocabulary("resource-type").terms)
    assert set(words.MEDIA.values()) <= set(vocabulary("medium").terms)
    assert document(dc("type", "MovingImage"))["medium"] == "audiovisual"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("http://creativecommons.org/licenses/by/3.0/us/", "cc-by"),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/legalcode", "cc-by-nc-nd"),
        ("https://creativecommons.org/licenses/by/3.0/igo/", "cc-by-igo"),
        ("https://creativecommons.org/licenses/by/4.0/deed.fr", "cc-by"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "cc0"),
        ("http://creativecommons.org/publicdomain/mark/1.0/", "public-domain"),
        ("CC BY-NC-SA 3.0 IGO", "cc-by-nc-sa-igo"),
        ("CC-BY-4.0", "cc-by"),
        ("cc_by_nc_nd", "cc-by-nc-nd"),
        ("CC0 1.0", "cc0"),
        ("http://www.opendefinition.org/licenses/cc-by", "cc-by"),
        ("Tous droits réservés.", "all-rights-reserved"),
        ("Public Domain", "public-domain"),
        ("CC", None),
        ("CC BY or CC0", None),
        ("http://creativecommons.org/licenses/by-nc/3.0/igo/", None),
        ("http://creativecommons.org/licenses/sampling/1.0/", None),
        ("Creative Commons Attribution", None),
        ("The metadata are http://creativecommons.org/publicdomain/zero/1.0/", None),
    ],
)
def test_a_licence_is_taken_from_its_address_or_its_own_name_only(text, code):
    assert document(dc("rights", text)).get("licence") == code
    assert document(dc("rights", text))["rights"] == {"und": text}


def test_of_several_licences_none_is_chosen():
    elements = dc("rights", *(f"http://creativecommons.org/licenses/{one}/4.0/" for one in ("by", "by-nd")))

    assert "licence" not in document(elements)
    assert notes(elements) == [("dc:rights", "cc-by; cc-by-nd")]


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("10.1000/182", "DOI", "10.1000/182"),
        ("http://dx.doi.org/doi:10.1000/182", "DOI", "10.1000/182"),
        ("http://hdl.handle.net/2123/456", "Handle", "2123/456"),
        ("urn:isbn:978-3-16-148410-0", "ISBN", "978-3-16-148410-0"),
        ("9783161484100", "ISBN", "9783161484100"),
        ("ISSN: 0021-3446", "ISSN", "0021-3446"),
        ("urn:nbn:de:101:1-2009", "URN", "urn:nbn:de:101:1-2009"),
        ("9783161484101", None, None),
        ("ISBN 1-2-3", None, None),
        ("CUHSLHSP_M109.tif", None, None),
        ("1234-5678", None, None),
    ],
)
def test_identifiers_are_known_by_their_form(text, scheme, value):
    given = document(dc("identifier", text))["identifiers"][1:]

    assert given == ([{"scheme": scheme, "value": value}] if scheme else [])
    assert (told(dc("identifier", text)) == [f"- Identifier: {text}"]) == (scheme is None)


def test_the_identifier_in_the_repository_is_told_once():
    assert told(dc("identifier", "oai:repository.example.org:1")) == [""]


@pytest.mark.parametrize(
    ("identifiers", "address"),
    [
        (["https://a.example.org/1.pdf", "http://hdl.handle.net/1/2"], "http://hdl.handle.net/1/2"),
        (["10.1000/182", "https://a.example.org/1"], "https://a.example.org/1"),
        (["doi:10.1000/182"], "https://doi.org/10.1000/182"),
        (["ftp://a.example.org/1", "javascript:alert(1)", "Box 103", "https://", "http://a b"], ""),
        ([], ""),
    ],
)
def test_the_address_is_where_the_work_is_shown(identifiers, address):
    assert read(dc("identifier", *identifiers)).address == address


def test_places_are_known_by_their_whole_name_only():
    elements = dc("coverage", "China", "July 2005-June 2006", "Georgia", "Denver (Colo.)")

    assert document(elements)["countries"] == ["CN"]
    assert "scope" not in document(elements)
    assert told(elements) == [f"- Coverage: {one}" for one in ("July 2005-June 2006", "Georgia", "Denver (Colo.)")]
    assert document(dc("coverage", "Africa"))["scope"] == "regional"


def test_markup_and_signs_escaped_twice_are_read_as_text():
    prose = (
        "&lt;p&gt;H&lt;sub&gt;2&lt;/sub&gt;O &amp;amp;amp; a &amp;lt; b&lt;/p&gt;&lt;p&gt;Caf&amp;eacute;&lt;/p&gt;"
    )
    elements = dc("description", prose)

    assert document(elements)["abstract"] == {"und": "H2O & a < b\n\nCafé"}
    assert markup.paragraphs("if a<b and c>d\nthen\n\nend") == "if a<b and c>d then\n\nend"


def test_e_mail_addresses_are_left_out():
    elements = dc("creator", "Wanjiru, A. (a.wanjiru@example.org)") + dc(
        "description", "Ask a&amp;#64;example.org now"
    )
    read = document(elements)

    assert read["authors"] == [{"name": "Wanjiru, A."}]
    assert read["abstract"] == {"und": "Ask now"}
    assert notes(elements) == [("dc:creator", ""), ("dc:description", "")]
    assert markup.without_emails("https://social.example/@name 5 @ 3") == "https://social.example/@name 5 @ 3"


def test_elements_that_are_not_of_dublin_core_are_named():
    assert notes("<dcterms:issued>2004</dcterms:issued><dc:status>gone</dc:status>") == [("record", "issued, status")]


@pytest.mark.slow
def test_a_record_of_any_size_keeps_within_the_bounds():
    elements = (
        dc("creator", *(f"Author {n}" for n in range(1_200)), "x" * 600)
        + dc("subject", *(f"word {n}" for n in range(600)), "y" * 400)
        + dc("identifier", *(f"https://example.org/{n}" for n in range(300)))
        + dc("relation", *(f"https://example.org/{n}" for n in range(300)))
        + dc("description", "word " * 40_000)
        + dc("format", *("z" * 900 for n in range(1)), *(f"{n} pages" for n in range(5_000)))
        + dc("publisher", *(f"Publisher number {n}" for n in range(50)))
    )
    mapped = read(elements)

    assert mapped.refusals == []
    assert storable.fault(mapped.document) is None
    assert [len(mapped.document[name]) for name in ("authors", "key_words", "copies", "links")] == [500, 500, 100, 100]
    assert mapped.document["abstract"]["und"].endswith("…")
    assert len(mapped.document["publisher"]) <= 300
    assert 0 < len(mapped.notes) <= 200


def test_an_article_of_a_journal_in_two_languages_becomes_one_resource():
    elements = (
        '<dc:title xml:lang="ru-RU">Биобезопасность</dc:title><dc:title xml:lang="en-US">Biosafety</dc:title>'
        "<dc:creator>Иванов, И. И.; Университет</dc:creator>"
        '<dc:subject xml:lang="ru-RU">кукуруза; риск</dc:subject><dc:subject xml:lang="en-US">maize</dc:subject>'
        '<dc:description xml:lang="ru-RU">&lt;p&gt;Обзор.&lt;/p&gt;</dc:description>'
        "<dc:date>2019-12-29</dc:date><dc:type>info:eu-repo/semantics/article</dc:type>"
        "<dc:type>info:eu-repo/semantics/publishedVersion</dc:type><dc:language>rus</dc:language>"
        "<dc:identifier>https://journal.example.org/article/view/7</dc:identifier>"
        "<dc:identifier>10.1234/j.7</dc:identifier>"
        '<dc:source xml:lang="ru-RU">Журнал; № 4 (2019); 5-9</dc:source><dc:source>2313-6286</dc:source>'
        "<dc:rights>https://creativecommons.org/licenses/by/4.0</dc:rights>"
    )
    [row] = rows(a_response(a_record(elements)))
    mapped = OAI.apply(row)
    read = without_ids(mapped.document)

    assert mapped.refusals == []
    assert mapped.address == "https://journal.example.org/article/view/7"
    assert read["title"] == {"ru": "Биобезопасность", "en": "Biosafety"}
    assert read["languages"] == ["ru", "en"]
    assert read["abstract"] == {"ru": "Обзор."}
    assert read["authors"] == [{"name": "Иванов, И. И.; Университет"}]
    assert [word["text"] for word in read["key_words"]] == [{"ru": "кукуруза"}, {"ru": "риск"}, {"en": "maize"}]
    assert (read["types"], read["licence"], read["published_on"]) == (["journal-article"], "cc-by", "2019-12-29")
    assert read["source"] == "Журнал; № 4 (2019); 5-9; 2313-6286"


def test_the_semicolons_of_other_scripts_part_key_words_too():
    words = document(dc("subject", "玉米；转基因", "ذرة؛ مخاطر"))["key_words"]

    assert [word["text"]["und"] for word in words] == ["玉米", "转基因", "ذرة", "مخاطر"]
