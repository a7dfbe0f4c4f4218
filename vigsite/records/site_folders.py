"""The folders that sites and packs of a case lie in, and what such a folder looks like. Light."""

from __future__ import annotations

import re
from pathlib import Path

from vigsite.case.editions import Edition

SHARE = "share"
"""The folder of numbered files for a meeting, beside the editions."""
SITES = "sites"
"""The folder below which sites go, unless another is named."""
PACKS = "packs"
"""The folder below which packs go, unless another is named."""

_NUMBERED = re.compile(r"\d{2,}(-\d+)?\.(mp4|jpg)")


def places(out: Path, slug: str) -> dict[str, Path]:
    """Return where the sites of a case lie below `out`, by name."""
    return {name: out.resolve() / slug / name for name in (*Edition, SHARE)}


def looks_built(target: Path) -> bool:
    """Whether a folder that no record knows of is a site, or numbered files for a meeting."""
    if (target / "assets" / "vig").is_dir():
        return True
    names = [path.name for path in target.iterdir()] if target.is_dir() else []
    return bool(names) and all(_NUMBERED.fullmatch(name) for name in names)
