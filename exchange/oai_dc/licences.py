"""Licences as repositories name them: by their addresses and their short names, which mean nothing else."""

import re
from functools import cache

from reference import vocabularies
from reference.matching import fold

COMMONS = re.compile(
    r"<?https?://(?:www\.)?creativecommons\.org/(licenses|publicdomain)/([a-z-]+)(?:/\d\.\d)?(/[a-z-]+)?"
    r"(?:/(?:deed|legalcode)(?:[.-][a-z_-]+)?)?/?>?",
    re.IGNORECASE,
)
PUBLIC_DOMAIN = {"zero": "cc0", "mark": "public-domain"}
# `CC BY-NC 4.0`, `CC-BY-3.0-IGO`; `cc_by_nc_4` in EPrints; addresses of the list of open licences.
SHORT = re.compile(
    r"(?:https?://(?:www\.)?opendefinition\.org/licenses/)?cc[ _-]?(0|by(?:[ _-](?:nc|nd|sa))*)"
    r"(?:[ _-]v?\d(?:\.\d)?)?(?:[ _-](igo|international|universal|unported))?",
    re.IGNORECASE,
)
WORDED = {
    "all rights reserved": "all-rights-reserved",
    "tous droits réservés": "all-rights-reserved",
    "todos los derechos reservados": "all-rights-reserved",
    "todos os direitos reservados": "all-rights-reserved",
    "все права защищены": "all-rights-reserved",
    "版权所有": "all-rights-reserved",
    "جميع الحقوق محفوظة": "all-rights-reserved",
    "public domain": "public-domain",
}


def licence(text: str) -> str | None:
    """The licence that the whole of a text names, whatever its version and country."""
    text = text.strip()
    if found := COMMONS.fullmatch(text):
        kind, words, port = (part.lower() if part else "" for part in found.groups())
        if kind == "publicdomain":
            return PUBLIC_DOMAIN.get(words)
        return _known(words, port == "/igo")
    if found := SHORT.fullmatch(text):
        words = re.sub("[ _]", "-", found[1].lower())
        return "cc0" if words == "0" else _known(words, (found[2] or "").lower() == "igo")
    return _worded().get(fold(text.rstrip(". ")))


def _known(words: str, is_igo: bool) -> str | None:
    code = f"cc-{words}-igo" if is_igo else f"cc-{words}"
    return code if code in vocabularies.vocabulary("licence").terms else None


@cache
def _worded() -> dict[str, str]:
    return {fold(words): code for words, code in WORDED.items()}
