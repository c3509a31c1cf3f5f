"""Synthetic published records from a fixed seed, and an index of them: the same set on every host."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings

from catalogue.index.follower import Copy
from catalogue.index.reader import Reader
from catalogue.index.schema import folder_prefix, open_index
from publishing.models import Publication
from reference import countries, vocabularies

WORDS = {
    "en": "risk maize protocol training laboratory border seed assessment capacity detection analysis field cotton "
    "fish regulator authority import release monitoring inspection public awareness data sampling customs",
    "fr": "risque maïs protocole formation laboratoire frontière semence évaluation capacité détection autorité",
    "es": "riesgo maíz protocolo capacitación laboratorio frontera semilla evaluación capacidad detección autoridad",
    "ru": "риск кукуруза протокол обучение лаборатория граница семена оценка потенциал выявление орган",
    "ar": "المخاطر الذرة البروتوكول التدريب المختبر الحدود البذور تقييم القدرات السلامة الكشف السلطة",
    "zh": "风险 转基因玉米 议定书 培训 实验室 边境 种子 评估 能力建设 检测 主管部门",
}
COMMON = {language: text.split() for language, text in WORDS.items()}
RARE = [f"term{number}" for number in range(3000)]
# A database, its code, and the field that holds its prose.
DATABASES = (
    ("projects", "PRJ", "description"),
    ("opportunities", "OPP", "description"),
    ("resources", "RES", "abstract"),
    ("reports", "REP", "summary"),
)
WINDOW = 500


def reader(size: int) -> Reader:
    """A reader of an index of so many records; it is kept for the next run and made again when the code changed."""
    folder = Path(settings.PORTAL_DATA) / "benchmark" / f"{folder_prefix()}-{size}"
    copy = Copy(folder)
    for window in windows(islice(publications(), copy.position, size)):
        copy.take(window)
    copy.commit()
    copy.close()
    return Reader("benchmark", open_index(folder).searcher())


def windows(records: Iterator[Publication]) -> Iterator[list[Publication]]:
    while window := list(islice(records, WINDOW)):
        yield window


def publications() -> Iterator[Publication]:
    """Records of four databases in six languages, without end."""
    dice = random.Random(20261121)
    number = 0
    while True:
        number += 1
        database, code, prose = dice.choice(DATABASES)
        yield _publication(number, database, code, _document(dice, code, prose))


def _document(dice: random.Random, code: str, prose: str) -> dict[str, Any]:
    language = dice.choice(list(WORDS))
    areas, themes = (list(vocabularies.vocabulary(name).terms) for name in ("area", "theme"))
    return {
        "format": f"{code}/1",
        "languages": [language],
        "title": {language: _text(dice, language, 8)},
        "scope": "national",
        "countries": dice.sample(list(countries.countries()), 2),
        "areas": dice.sample(areas, 2),
        "themes": dice.sample(themes, 2),
        prose: {language: _text(dice, language, 160)},
        "starts_on": str(dice.randint(2000, 2026)),
    }


def _text(dice: random.Random, language: str, length: int) -> str:
    """Half common words by a steep distribution, half rare ones."""
    words = COMMON[language]
    common = [words[min(int(dice.expovariate(0.2)), len(words) - 1)] for _word in range(length // 2)]
    return " ".join([*common, *dice.choices(RARE, k=length // 2)])


def _publication(number: int, database: str, code: str, document: dict[str, Any]) -> Publication:
    modified = datetime.fromtimestamp(1_600_000_000 + number * 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Publication(
        uid=f"CMB-{code}-SCBD-{number}",
        position=number,
        database=database,
        action="published",
        version=1,
        at=datetime(2026, 11, 21, tzinfo=UTC),
        envelope=_envelope(number, modified),
        document=document,
    )


def _envelope(number: int, modified: str) -> dict[str, Any]:
    """Two of three are harvested."""
    times = dict.fromkeys(("published_at", "modified_at", "confirmed_at"), modified)
    common = {**times, "owner": {"kind": "secretariat", "name": "Secretariat"}, "contacts": []}
    if number % 3 == 0:
        return {**common, "profile": "registered"}
    address = f"https://source.example.org/{number}"
    source = {"source": "A source", "identifier": str(number), "address": address, "retrieved_on": "2026-11-01"}
    return {**common, "profile": "harvested", "provenance": source}
