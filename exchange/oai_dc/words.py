"""Words of repositories that surely mean a type or a medium; all others mean nothing here."""

import re
from functools import cache

from reference import vocabularies
from reference.matching import fold

# Prefixes of the word lists that repositories share: eu-repo, eprint, DCMI, COAR.
LISTS = re.compile(
    r"info:eu-repo/semantics/|https?://purl\.org/(?:info:)?(?:eu-repo/semantics/|eprint/type/|dc/dcmitype/"
    r"|coar/resource_type/|ontology/bibo/)|info:ofi/nam:",
    re.IGNORECASE,
)
TYPES = {
    "article": "journal-article",
    "article journal": "journal-article",
    "research article": "journal-article",
    "original article": "journal-article",
    "peer reviewed article": "journal-article",
    "academic article": "journal-article",
    "c_6501": "journal-article",
    "c_2df8fbb1": "journal-article",
    "dissertation": "thesis",
    "doctoral thesis": "thesis",
    "doctoral dissertation": "thesis",
    "phd thesis": "thesis",
    "master thesis": "thesis",
    "masters thesis": "thesis",
    "master s thesis": "thesis",
    "bachelor thesis": "thesis",
    "thesis or dissertation": "thesis",
    "electronic thesis or dissertation": "thesis",
    "c_46ec": "thesis",
    "c_db06": "thesis",
    "c_bdcc": "thesis",
    "c_7a1f": "thesis",
    "c_2f33": "book",
    "book chapter": "chapter",
    "book section": "chapter",
    "book part": "chapter",
    "chapter": "chapter",
    "c_3248": "chapter",
    "conference paper": "conference-paper",
    "conference article": "conference-paper",
    "c_5794": "conference-paper",
    "conference presentation": "presentation",
    "research report": "research-report",
    "c_93fc": "report",
    "c_18gh": "technical-report",
    "c_18ws": "research-report",
    "departmental bulletin paper": "journal-article",
    "c_0640": "journal",
    "c_ba08": "review",
    "c_86bc": "bibliography",
    "articles": "journal-article",
    "journal articles": "journal-article",
    "books": "book",
    "book chapters": "chapter",
    "conference papers": "conference-paper",
    "theses": "thesis",
    "theses and dissertations": "thesis",
    "phd": "thesis",
    "reports": "report",
    "datasets": "data-set",
    "maps": "map-chart",
    "c_12cd": "map-chart",
    "photographs": "graphic",
    "c_ecc8": "graphic",
    "dataset": "data-set",
    "c_ddb1": "data-set",
    "image": "graphic",
    "still image": "graphic",
    "photograph": "graphic",
    "c_c513": "graphic",
    "map": "map-chart",
    "book review": "review",
    "training manual": "manual",
    "web page": "website",
    # As repositories write it in other languages: only what cannot mean anything else.
    "artículo": "journal-article",
    "artículo científico": "journal-article",
    "artículo revisado por pares": "journal-article",
    "artigo": "journal-article",
    "artigo avaliado pelos pares": "journal-article",
    "article évalué par les pairs": "journal-article",
    "научная статья": "journal-article",
    "рецензируемая статья": "journal-article",
    "рецензована стаття": "journal-article",
    "期刊论文": "journal-article",
    "期刊論文": "journal-article",
    "статья": "journal-article",
    "مقال": "journal-article",
    "مقالة": "journal-article",
    "学術雑誌論文": "journal-article",
    "紀要論文": "journal-article",
    "libros": "book",
    "図書": "book",
    "capítulo de libro": "chapter",
    "capítulo de livro": "chapter",
    "chapitre de livre": "chapter",
    "chapitre d'ouvrage": "chapter",
    "отчет": "report",
    "отчёт": "report",
    "tesis": "thesis",
    "tesis de doctorado": "thesis",
    "tesis de licenciatura": "thesis",
    "tesis de grado": "thesis",
    "tesis doctoral": "thesis",
    "tesis de maestría": "thesis",
    "tese": "thesis",
    "dissertação": "thesis",
    "thèse": "thesis",
    "thèse de doctorat": "thesis",
    "thèse ou mémoire numérique": "thesis",
    "dissertação de mestrado": "thesis",
    "tese de doutorado": "thesis",
    "أطروحة": "thesis",
    "أطروحة دكتوراه": "thesis",
    "رسالة ماجستير": "thesis",
    "رسالة دكتوراه": "thesis",
    "yüksek lisans": "thesis",  # a degree, and the work for it
    "yüksek lisans tezi": "thesis",
    "doktora": "thesis",
    "doktora tezi": "thesis",
    "диссертация": "thesis",
    "学位论文": "thesis",
    "學位論文": "thesis",
    "硕士学位论文": "thesis",
    "博士学位论文": "thesis",
    "luận án": "thesis",
    "luận văn": "thesis",
    "วิทยานิพนธ์": "thesis",
}
MEDIA = {
    "sound": "audio",
    "audio": "audio",
    "c_18cc": "audio",
    "video": "audiovisual",
    "moving image": "audiovisual",
    "c_8a7e": "audiovisual",
    "c_12ce": "audiovisual",
}
DEGREES = {"c_db06": "doctoral thesis", "c_bdcc": "master thesis", "c_7a1f": "bachelor thesis"}
DEGREE = re.compile(
    r"ph\.?d|do[ck]tor|doutor|master|maestr|mestrado|magist|licenc|bachelor|grado|lisans|硕士|博士|luận|دكتوراه|ماجستير|\(",
    re.IGNORECASE,
)
# `Thesis (PhD)`, `Thesis (M.Sc.)`
OF_A_DEGREE = re.compile(r"(?:thesis|dissertation|tesis|tese|thèse) ?\([^()]{1,40}\)", re.IGNORECASE)
# A type that is only called "other" says nothing; workshops are not all that has proceedings.
NOT_BY_NAME = ("other", "proceedings")


def resource_type(text: str) -> str | None:
    """The type of resource that a word surely means, or two words with a stroke between them: `Thèse / Thesis`."""
    if OF_A_DEGREE.fullmatch(text):
        return "thesis"
    named = {_types().get(_key(part)) for part in LISTS.sub("", text.strip(), count=1).split("/")}
    return named.pop() if len(named) == 1 else None


def degree(text: str) -> str:
    """The words for a thesis that name the degree too, which its type does not."""
    word = LISTS.sub("", text.strip(), count=1)
    return DEGREES.get(word.lower()) or (word if DEGREE.search(word) else "")


def medium(text: str) -> str | None:
    return _media().get(_key(text))


def _key(text: str) -> str:
    """`Journal Article`, `journal-article` and `info:eu-repo/semantics/journalArticle` are one word."""
    return fold(LISTS.sub("", text.strip(), count=1)[:100]).replace(" ", "")


@cache
def _types() -> dict[str, str]:
    """The names of the types in the six languages, where no two share one, and the words above."""
    terms = vocabularies.vocabulary("resource-type").terms
    owners: dict[str, set[str]] = {}
    for code, term in terms.items():
        for label in term.labels.values():
            owners.setdefault(_key(label), set()).add(code)
    named = {word: next(iter(codes)) for word, codes in owners.items() if len(codes) == 1}
    english = {_key(term.labels["en"]): code for code, term in terms.items()}
    every = {word: code for word, code in (named | english).items() if code not in NOT_BY_NAME}
    return every | {_key(word): code for word, code in TYPES.items()}


@cache
def _media() -> dict[str, str]:
    return {_key(word): code for word, code in MEDIA.items()}
