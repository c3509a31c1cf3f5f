"""Habits of repositories: what DSpace, EPrints, OpenAIRE and their like write into Dublin Core."""

import pytest

from exchange.oai_dc import words
from tests.exchange.oai import OAI, a_record, a_response, dc, rows
from tests.exchange.test_oai_dc import document, notes, read, told, without_ids


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("info:eu-repo/semantics/publishedVersion", "- Version: as published"),
        ("http://purl.org/coar/version/c_ab4af688f83e57aa", "- Version: as accepted"),
        ("PeerReviewed", "- Review: peer reviewed"),
        ("NonPeerReviewed", "- Review: not peer reviewed"),
        ("Text", "- Type: Text"),
        ("info:eu-repo/semantics/other", "- Type: other"),
        ("http://purl.org/coar/resource_type/c_1843", "- Type: c_1843"),
        ("TEXTO", "- Type: TEXTO"),
        ("Published version", "- Version: as published"),
    ],
)
def test_what_is_no_type_is_told_as_what_it_is_and_not_noted(text, line):
    assert told(dc("type", text)) == [line]
    assert notes(dc("type", text)) == []


@pytest.mark.parametrize(
    "text", ["Artículo", "Рецензируемая статья", "期刊论文", "Artigo avaliado pelos Pares", "مقال"]
)
def test_articles_are_known_in_the_languages_of_their_journals(text):
    assert words.resource_type(text) == "journal-article"


@pytest.mark.parametrize(
    "text",
    [
        "Thesis (PhD)",
        "Yüksek lisans tezi",
        "رسالة ماجستير",
        "Thèse ou Mémoire numérique / Electronic Thesis or Dissertation",
    ],
)
def test_theses_are_known_with_their_degree_and_in_two_languages(text):
    assert words.resource_type(text) == "thesis"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("info:eu-repo/semantics/doctoralThesis", "- Thesis: doctoralThesis"),
        ("http://purl.org/coar/resource_type/c_bdcc", "- Thesis: master thesis"),
        ("Yüksek lisans", "- Thesis: Yüksek lisans"),
        ("Thesis (M.Sc.)", "- Thesis: Thesis (M.Sc.)"),
        ("Thesis", ""),
        ("Диссертация", ""),
    ],
)
def test_the_degree_of_a_thesis_is_told(text, line):
    assert told(dc("type", text)) == [line]


@pytest.mark.parametrize("text", ["Book / Chapter", "Monograph", "Working Paper", "Preprint", "Thesis chapter"])
def test_a_type_that_may_be_two_is_none(text):
    assert words.resource_type(text) is None


def test_who_may_read_a_work_is_told_in_words_and_is_no_licence():
    elements = dc("rights", "info:eu-repo/semantics/openAccess", "http://purl.org/coar/access_right/c_abf2", "Ours")

    assert told(elements) == ["- Access: open"]
    assert document(elements)["rights"] == {"und": "Ours"}
    assert "rights" not in document(dc("rights", "info:eu-repo/semantics/restrictedAccess"))


def test_the_end_of_an_embargo_is_no_date_of_publication():
    elements = dc("date", "2019-05", "info:eu-repo/date/embargoEnd/2031-01-01")

    assert document(elements)["published_on"] == "2019-05"
    assert told(elements) == ["- End of the embargo: 2031-01-01"]
    assert notes(elements) == []
    assert "published_on" not in document(dc("date", "info:eu-repo/date/embargoEnd/2031-01-01"))


def test_a_day_and_time_beside_an_embargo_is_not_the_only_date():
    elements = dc("date", "2019-05-01T10:11:12Z", "info:eu-repo/date/embargoEnd/2031-01-01")

    assert "published_on" not in document(elements)


def test_relations_hold_other_identifiers_of_the_work_grants_and_works_with_a_doi():
    elements = dc("identifier", "doi:10.1234/a") + dc(
        "relation",
        "info:eu-repo/semantics/altIdentifier/doi/10.1234/a",
        "info:eu-repo/semantics/altIdentifier/doi/http://dx.doi.org/10.1234/b",
        "info:eu-repo/semantics/altIdentifier/issn/1234-5679",
        "info:eu-repo/grantAgreement/EC/FP7/244909/",
        "10.5678/other",
    )

    assert [one["value"] for one in document(elements)["identifiers"][1:]] == ["10.1234/a", "10.1234/b"]
    assert document(elements)["links"] == [{"url": "https://doi.org/10.5678/other"}]
    assert told(elements) == ["- Related: ISSN 1234-5679", "- Grant: EC FP7 244909"]


def test_what_a_network_of_repositories_wrote_beside_the_source_is_not_the_source():
    elements = dc("source", "Journal of Maize, 3", "reponame:Repositório da UX", "instname:UX")

    assert document(elements)["source"] == "Journal of Maize, 3"
    assert told(elements) == ["- Repository: Repositório da UX", "- Institution: UX"]


@pytest.mark.parametrize(
    "text",
    ["http://localhost:8080/xmlui/handle/1/7", "http://192.168.1.7/handle/1/7", "http://hdl.handle.net/123456789/7"],
)
def test_an_address_that_leads_nowhere_is_told_and_is_no_copy_and_no_handle(text):
    elements = dc("identifier", text)

    assert "copies" not in document(elements)
    assert len(document(elements)["identifiers"]) == 1
    assert told(elements) == [f"- Identifier: {text}"]
    assert notes(elements) == [("dc:identifier", text)]
    assert read(elements).address == ""
    assert read(dc("identifier", "hdl:123456789/7")).address == ""
    assert read(dc("identifier", text, "https://example.org/7")).address == "https://example.org/7"


def test_several_places_in_one_cell_are_known_where_all_of_them_are():
    assert document(dc("coverage", "China; Japan"))["countries"] == ["CN", "JP"]
    assert told(dc("coverage", "China; 1999")) == ["- Coverage: China; 1999"]


def test_elements_within_an_element_set_its_paragraphs():
    elements = "<dc:description><p>One <i>maize</i>.</p>Two<br/>three.</dc:description>"

    assert document(elements)["abstract"] == {"und": "One maize.\n\nTwo\n\nthree."}


def test_remarks_and_cells_are_no_words():
    said = "<!--[if gte mso 9]><xml>0</xml><![endif]-->Maize <td>a</td><td>b</td> <!-- x".replace("<", "&lt;")

    assert document(dc("description", said))["abstract"] == {"und": "Maize\n\na\n\nb\n\n<!-- x"}


def test_the_number_of_a_person_is_no_name():
    elements = dc("creator", "Wanjiru, A.", "https://orcid.org/0000-0002-1825-0097", "et al.")

    assert document(elements)["authors"] == [{"name": "Wanjiru, A."}]
    assert told(elements) == ["- Creator: https://orcid.org/0000-0002-1825-0097", "- Creator: et al."]


def test_marks_of_a_word_processor_are_taken_off():
    assert document(dc("description", "&lt;p&gt;Maize&lt;o:p&gt;&lt;/o:p&gt;&lt;/p&gt;"))["abstract"] == {
        "und": "Maize"
    }


@pytest.mark.parametrize(
    ("identifier", "identifiers", "relations", "address"),
    [
        # EPrints: the file of the work, and among the relations its page and the publisher's.
        (
            "oai:eprints.example.org:407",
            ["https://eprints.example.org/407/1/a.pdf"],
            ["https://doi.org/10.1234/7", "https://eprints.example.org/407/"],
            "https://eprints.example.org/407/",
        ),
        ("oai:eprints.example.org:407", [], ["https://eprints.example.org/id/eprint/407"], "/id/eprint/407"),
        ("oai:generic.eprints.org:407", ["http://e.example.org/407/1/a.pdf"], ["http://e.example.org/407/"], "/407/"),
        ("oai:eprints.example.org:407", ["https://a.example.org/1.pdf"], ["https://b.example.org/407"], "/1.pdf"),
        ("oai:eprints.example.org:407", ["https://a.example.org/1.pdf"], ["https://a.example.org/1407"], "/1.pdf"),
        # DSpace: an address of the publisher, and its own.
        ("oai:r.example.org:1/2", ["https://p.example.org/x", "https://r.example.org/handle/1/2"], [], "/handle/1/2"),
        # The page before the file, whatever their order; a DOI before a file; anything before a whole site.
        ("oai:a:1", ["https://a.example.org/bitstream/1/2/b.pdf", "https://a.example.org/b"], [], "example.org/b"),
        ("oai:a:1", ["https://a.example.org/cgi/viewcontent.cgi?article=1", "https://a.example.org/b"], [], "org/b"),
        ("oai:a:1", ["https://a.example.org/1.pdf", "doi:10.1234/7"], [], "https://doi.org/10.1234/7"),
        ("oai:a:1", ["https://a.example.org/", "https://a.example.org/1.PDF"], [], "/1.PDF"),
        ("oai:a:1", ["https://a.example.org"], [], "https://a.example.org"),
    ],
)
def test_the_address_is_the_page_of_the_work_before_its_file(identifier, identifiers, relations, address):
    elements = dc("identifier", *identifiers) + dc("relation", *relations)

    assert read(elements, identifier=identifier).address.endswith(address)


def test_the_page_of_an_eprint_among_its_relations_is_where_to_get_it_and_no_other_work():
    page = "https://eprints.example.org/407/"
    elements = dc("relation", "https://example.org/data", page, page)
    mapped = without_ids(read(elements, identifier="oai:eprints.example.org:407").document)

    assert (mapped["copies"], mapped["links"]) == ([{"url": page}], [{"url": "https://example.org/data"}])


def test_languages_written_into_all_texts_are_the_languages_of_these_texts():
    elements = (
        dc("title", "[pt] Milho vivo", "[en] Living maize")
        + dc("description", "[pt] Um.", "[en] One.")
        + dc("subject", "[pt] MILHO", "[en] MAIZE")
    )
    [row] = rows(a_response(a_record(elements)))
    read = without_ids(OAI.apply(row).document)

    assert (read["title"], read["abstract"]) == (
        {"pt": "Milho vivo", "en": "Living maize"},
        {"pt": "Um.", "en": "One."},
    )
    assert [one["text"] for one in read["key_words"]] == [{"pt": "MILHO"}, {"en": "MAIZE"}]


@pytest.mark.parametrize(
    "elements",
    [
        dc("title", "[it] was said") + dc("description", "[is] a quotation"),  # too few to be a habit
        dc("title", "[en] One") + dc("description", "[en] Two.") + dc("subject", "maize"),
        dc("title", "[qq] One") + dc("description", "[qq] Two.") + dc("subject", "[qq] maize"),
    ],
)
def test_brackets_are_no_marks_of_a_language_unless_all_texts_have_them(elements):
    [row] = rows(a_response(a_record(elements)))

    assert list(OAI.apply(row).document["title"]) == ["und"]


def test_the_doi_of_the_work_among_its_relations_is_no_other_work():
    elements = dc("identifier", "10.1234/Ab") + dc("relation", "https://dx.doi.org/10.1234/ab", "doi:10.1234/c")

    assert [one["url"] for one in document(elements)["copies"]][1:] == ["https://dx.doi.org/10.1234/ab"]
    assert document(elements)["links"] == [{"url": "https://doi.org/10.1234/c"}]


def test_the_forms_of_an_article_under_its_page_are_copies_of_it_and_other_addresses_are_not():
    page = "https://journal.example.org/article/view/7"
    elements = dc("identifier", page, "https://journal.example.org/") + dc(
        "relation", f"{page}/12", f"{page}7", "https://journal.example.org/article/downloadSuppFile/7/3"
    )

    assert document(elements)["copies"] == [
        {"url": page},
        {"url": "https://journal.example.org/"},
        {"url": f"{page}/12"},
    ]
    assert [one["url"] for one in document(elements)["links"]] == [
        f"{page}7",
        "https://journal.example.org/article/downloadSuppFile/7/3",
    ]


@pytest.mark.parametrize(
    ("text", "key_words"),
    [
        ("КУКУРУЗА,ОЦЕНКА РИСКА,MAIZE (ZEA MAYS),RISK", ["КУКУРУЗА", "ОЦЕНКА РИСКА", "MAIZE (ZEA MAYS)", "RISK"]),
        ("Adaptation, Psychological,Trade,Law", ["Adaptation, Psychological,Trade,Law"]),
        ("2,4-D,residues,maize", ["2,4-D,residues,maize"]),
        ("N,N-dimethyl,maize", ["N,N-dimethyl,maize"]),
        ("Smith,John", ["Smith,John"]),
    ],
)
def test_key_words_are_cut_at_commas_only_where_these_can_be_nothing_else(text, key_words):
    assert [one["text"]["und"] for one in document(dc("subject", text))["key_words"]] == key_words


def test_the_number_of_a_class_is_no_key_word():
    elements = dc("subject", "info:eu-repo/classification/ddc/570", "maize")

    assert [one["text"]["und"] for one in document(elements)["key_words"]] == ["maize"]
    assert told(elements) == ["- Classification: DDC 570"]


def test_a_name_of_nobody_is_told_and_is_no_author_and_no_publisher():
    elements = dc("creator", "Wanjiru, A.;", "None") + dc("publisher", "none", "Press")

    assert document(elements)["authors"] == [{"name": "Wanjiru, A."}]
    assert document(elements)["publisher"] == "Press"
    assert told(elements) == ["- Creator: None", "- Publisher: none"]


def test_an_element_that_held_only_an_e_mail_address_is_told_of():
    elements = dc("contributor", "a.wanjiru@example.org")

    assert told(elements) == [""]
    assert notes(elements) == [("dc:contributor", "")]


def test_lists_with_a_semicolon_at_their_end_are_read_as_lists():
    elements = dc("type", "Image; Book;") + dc("language", "eng;") + dc("date", "1936;")

    assert document(elements)["types"] == ["graphic", "book"]
    assert document(elements)["resource_languages"] == ["en"]
    assert document(elements)["published_on"] == "1936"


def test_the_marks_between_the_parts_of_a_description_do_not_stay_at_its_ends():
    elements = dc("publisher", "Press,", "House :") + dc("source", "Journal, 3 (1)")
    [row] = rows(a_response(a_record(dc("title", "Living maize /") + elements)))
    read = OAI.apply(row).document

    assert (read["title"], read["publisher"]) == ({"und": "Living maize"}, "Press; House")
    assert read["source"] == "Journal, 3 (1)"


@pytest.mark.parametrize(
    ("identifiers", "copies"),
    [
        (["doi:10.1234/7"], ["https://doi.org/10.1234/7"]),
        (["hdl:2123/7"], ["https://hdl.handle.net/2123/7"]),
        (["doi:10.1234/7", "https://example.org/7"], ["https://example.org/7"]),
        (["Box 7"], []),
        (["hdl:123456789/7"], []),
    ],
)
def test_a_work_without_an_address_can_be_got_by_its_doi_or_handle(identifiers, copies):
    assert [one["url"] for one in document(dc("identifier", *identifiers)).get("copies", ())] == copies
