"""The real data, which stands beside the project where it is at hand, and never in it."""

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("PORTAL_SHARED_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))


def needs(path):
    """Skip a test, and say why, where this of the real data is not here."""
    return pytest.mark.skipif(
        not path.exists(), reason="the real data is not here: set PORTAL_SHARED_DATA to its folder"
    )
