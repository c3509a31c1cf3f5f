"""Reads the data files beside this package, and tells their version."""

import hashlib
import json
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def read(*path):
    return json.loads(DATA.joinpath(*path).read_text(encoding="utf-8"))


def stems(folder):
    return tuple(sorted(path.stem for path in (DATA / folder).glob("*.json")))


@cache
def version():
    """A short hash of all data files: it changes whenever one of them does."""
    digest = hashlib.sha256()
    for path in sorted(DATA.rglob("*.json")):
        digest.update(path.relative_to(DATA).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
