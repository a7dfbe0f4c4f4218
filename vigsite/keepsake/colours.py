"""The colours of a case's palette, for paper and film: those of its pages in the light."""

from __future__ import annotations

import re

from vigsite.resources import resource_root

_NOTE = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"(:root[^{]*)\{([^{}]*)\}")
_PALETTE = re.compile(r'data-palette="([a-z]+)"')
_COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


def light_colours(palette: str) -> dict[str, str]:
    """`ink` and the like, as `#22303a`, from the theme's own stylesheet.

    An unknown palette, or none, has the first one's.
    """
    styles = resource_root() / "theme" / "assets" / "vig" / "colours.css"
    light = _NOTE.sub("", styles.read_text("utf-8")).partition("@media (prefers-color-scheme")[0]
    found: dict[str, str] = {}
    for selector, rules in _RULE.findall(light):
        asked = _PALETTE.findall(selector)
        if not asked or palette in asked:
            found |= dict(_COLOUR.findall(rules))
    return found
