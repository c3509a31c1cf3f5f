"""Whether a text is written in the script of its language."""

import unicodedata

SCRIPTS = {"ar": "ARABIC", "zh": "CJK", "ru": "CYRILLIC", "en": "LATIN", "fr": "LATIN", "es": "LATIN"}


def written_in(language, text):
    """At least one letter of the language's script, no letters of another but Latin abbreviations, no stray spaces."""
    used = {unicodedata.name(sign).split()[0] for sign in text if sign.isalpha()}
    script = SCRIPTS[language]
    return script in used and used <= {script, "LATIN"} and text == " ".join(text.split())
