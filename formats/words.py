"""Counting words the way the word limits of the common formats do."""

import re

CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def count(text: str, language: str = "") -> int:
    """The number of words; in Chinese two characters count as one."""
    if not language.startswith("zh"):
        return len(text.split())
    characters, others = CHINESE.subn(" ", text)[1], len(CHINESE.sub(" ", text).split())
    return (characters + 1) // 2 + others
