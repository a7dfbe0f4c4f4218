"""Every palette, light and dark and on paper: whatever is read stands out from what is behind it.

Contrast as in WCAG 2.2, computed from the stylesheets: 4.5 for text, 3 for what carries meaning
without being text (the ring around what has focus, the edge of a button).
"""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from vigsite.resources import PALETTES

STYLES = ROOT / "theme" / "assets" / "vig"
TEXT = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "one-tint"),
    ("ink-soft", "paper"),
    ("ink-soft", "card"),
    ("one", "paper"),
    ("one", "card"),
    ("one", "one-tint"),
    ("on-one", "one"),
    ("two-ink", "paper"),
    ("two-ink", "card"),
    ("said-ink", "said"),
]
SIGNS = [("one", "paper"), ("one", "card"), ("one", "said")]
Colours = dict[str, str]


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_palette_of_the_format_has_its_colours() -> None:
    named = set(re.findall(r'data-palette="([a-z]+)"', colours_css()))
    assert named == set(PALETTES[1:])
    assert len({tuple(sorted(colours(name, dark=False).items())) for name in PALETTES}) == 6
    assert len({tuple(sorted(colours(name, dark=True).items())) for name in PALETTES}) == 6


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("palette", PALETTES)
def test_what_is_read_stands_out(palette: str, dark: bool) -> None:
    assert too_faint(colours(palette, dark)) == {}


def test_what_is_read_stands_out_on_paper() -> None:
    paper = colours("hearth", dark=False) | variables((STYLES / "print.css").read_text("utf-8"))
    assert paper["paper"] == "#ffffff"
    assert too_faint(paper) == {}


def test_no_other_colour_is_used_for_text() -> None:
    """A new pair must be measured above."""
    used: set[str] = set()
    for sheet in STYLES.glob("*.css"):
        rules = re.findall(
            r"(?<![-\w])(?:color|fill): var\(--([a-z-]+)\)", sheet.read_text("utf-8")
        )
        used |= set(rules)
    assert {"ink", "ink-soft", "said-ink", "one", "on-one"} <= used
    assert used <= {front for front, _ in TEXT} | {"one-tint"}


def too_faint(found: Colours) -> dict[tuple[str, str], float]:
    wanted = [(pair, 4.5) for pair in TEXT] + [(pair, 3.0) for pair in SIGNS]
    measured = [(pair, contrast(found[pair[0]], found[pair[1]]), least) for pair, least in wanted]
    return {pair: round(ratio, 2) for pair, ratio, least in measured if ratio < least}


def colours(palette: str, dark: bool) -> Colours:
    """What the variables are for a palette and scheme, by the order of the stylesheet."""
    light, _, night = colours_css().partition("@media (prefers-color-scheme: dark)")
    found: Colours = {}
    for part in (light, night) if dark else (light,):
        for selector, body in re.findall(r"(:root[^{]*)\{([^{}]*)\}", part):
            asked = re.findall(r'data-palette="([a-z]+)"', selector)
            if not asked or palette in asked:
                found |= variables(body)
    return found


def variables(text: str) -> Colours:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))


def colours_css() -> str:
    return re.sub(r"/\*.*?\*/", "", (STYLES / "colours.css").read_text("utf-8"), flags=re.S)


def contrast(front: str, back: str) -> float:
    lighter, darker = sorted((luminance(front), luminance(back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
