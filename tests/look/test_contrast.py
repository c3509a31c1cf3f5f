"""Every pair of colours that carries text or marks a control meets WCAG AA, in the light and in the dark."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css").read_text()
COLOURS = dict(re.findall(r"--([\w-]+): (light-dark\([^)]*\)|#[0-9a-f]+);", TOKENS))

TEXT, CONTROL = 4.5, 3.0
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-soft", "accent") for ground in ("paper", "wash", "raised")),
    ("accent-strong", "accent-wash", TEXT),
    ("ink", "accent-wash", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    *((tone, f"{tone}-wash", TEXT) for tone in ("warm", "bad", "good")),
    *(("ink", f"{tone}-wash", TEXT) for tone in ("warm", "bad", "good")),
    *((tone, "paper", TEXT) for tone in ("warm", "bad", "good")),
    ("ink", "mark", TEXT),
    ("accent", "mark", TEXT),
    ("on-deep", "deep", TEXT),
    ("on-deep-soft", "deep", TEXT),
    *(("edge", ground, CONTROL) for ground in ("paper", "wash", "raised")),
    *(("focus", ground, CONTROL) for ground in ("paper", "wash", "raised")),
    ("focus-on-deep", "deep", CONTROL),
]


def shade(name, dark):
    """The colour of a token as three numbers from 0 to 1."""
    both = re.findall(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", COLOURS[name])
    text = both[-1] if dark else both[0]
    text = text if len(text) == 6 else "".join(digit * 2 for digit in text)
    return [int(text[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def luminance(colour):
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_a_pair_of_colours_can_be_told_apart(ink, ground, least, dark):
    measured = contrast(shade(ink, dark), shade(ground, dark))

    assert round(measured, 2) >= least
