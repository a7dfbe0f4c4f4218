"""A palette's colours by daylight, as the pages' own style sheet gives them."""

from __future__ import annotations

import re
from functools import lru_cache

from vigsite.resources import resource_root

_BLOCK = re.compile(r'^:root(?:\[data-palette="([a-z]+)"\])? \{(.*?)^\}', re.MULTILINE | re.DOTALL)
_COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


@lru_cache
def colours(palette: str) -> dict[str, str]:
    """Colours by what they are for: `{"paper": "#f6f1e9", …}`; see theme/assets/vig/colours.css."""
    sheet = (resource_root() / "theme" / "assets" / "vig" / "colours.css").read_text("utf-8")
    blocks = {name: dict(_COLOUR.findall(block)) for name, block in _BLOCK.findall(sheet)}
    return blocks[""] | blocks.get(palette, {})
