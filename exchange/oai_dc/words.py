"""Words of repositories that surely mean a term or a language; all others mean nothing here."""

import re
from functools import cache, lru_cache

from babel.core import get_global

from reference import languages, vocabularies
from reference.matching import fold

NOT_KNOWN = "und"
# "Several languages", "not coded", "no words": codes of ISO 639 that name no language.
NO_LANGUAGES = (NOT_KNOWN, "mul", "mis", "zxx")
LONGEST_LIST = 500
CODE = re.compile(r"[A-Za-z]{2,3}")
CODE_LIST = re.compile(r"https?://(?:id\.loc\.gov/vocabulary/iso639-[12]|lexvo\.org/id/iso639-[13])/", re.IGNORECASE)
# What speakers call their languages, where that is no name in one of the six.
OWN_NAMES = {
    "日本語": "ja",
    "한국어": "ko",
    "deutsch": "de",
    "nederlands": "nl",
    "svenska": "sv",
    "norsk": "no",
    "dansk": "da",
    "suomi": "fi",
    "polski": "pl",
    "čeština": "cs",
    "magyar": "hu",
    "română": "ro",
    "ελληνικά": "el",
    "українська": "uk",
    "български": "bg",
    "српски": "sr",
    "türkçe": "tr",
    "فارسی": "fa",
    "اردو": "ur",
    "עברית": "he",
    "हिन्दी": "hi",
    "বাংলা": "bn",
    "ไทย": "th",
    "tiếng việt": "vi",
    "bahasa indonesia": "id",
    "bahasa melayu": "ms",
    "kiswahili": "sw",
    "አማርኛ": "am",
    "castellano": "es",
    "русский язык": "ru",
    "英文": "en",
    "عربي": "ar",
}

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


def tag(given: str) -> str:
    """The tag under which text with this `xml:lang` is kept: its language, and its script if that is named."""
    primary, *rest = given.strip().replace("_", "-").split("-")
    code = language(primary)
    if not code:
        return NOT_KNOWN
    script = next((part.title() for part in rest[:1] if len(part) == 4 and part.isascii() and part.isalpha()), "")
    return f"{code}-{script}" if script else code


def spoken(text: str) -> list[str]:
    """The languages that a cell names; none if it holds anything else."""
    text = text.strip(" ;,")
    if len(text) > LONGEST_LIST:
        return []
    if code := language(text) or _regional(text):
        return [code]
    for separator in (r"[;,/|]", r"\s+"):
        parts = [part.strip() for part in re.split(separator, text) if part.strip()]
        are_codes = separator != r"\s+" or all(CODE.fullmatch(part) for part in parts)
        codes = [language(part) or _regional(part) for part in parts[:20]]
        if len(parts) > 1 and are_codes and all(codes) and len(codes) == len(parts):
            return list(dict.fromkeys(code for code in codes if code))
    return []


@lru_cache(maxsize=10_000)
def language(word: str) -> str | None:
    """The shortest code of the language of this name or code."""
    word = CODE_LIST.sub("", word[:101], count=1)
    if len(word) == 2 and word.isascii():  # `En`: a code, and the name of a language of a few hundred
        word = word.lower()
    code = (languages.find_language(word) or _own_names().get(fold(word))) if len(word) <= 100 else None
    if not code or code in NO_LANGUAGES:
        return None
    short = get_global("language_aliases").get(code, code)
    return short if languages.is_language(short) else code


def _regional(text: str) -> str | None:
    """`en_US`, `zh-Hans-CN`; but `en-fr` may be two languages."""
    given = text.strip().replace("_", "-")
    primary, apart, rest = given.partition("-")
    is_second_language = rest.islower() and languages.is_language(rest)
    return language(primary) if apart and not is_second_language and languages.is_tag(given) else None


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
def _own_names() -> dict[str, str]:
    return {fold(name): code for name, code in OWN_NAMES.items()}


@cache
def _media() -> dict[str, str]:
    return {_key(word): code for word, code in MEDIA.items()}
