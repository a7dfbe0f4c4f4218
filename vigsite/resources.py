"""Where mkdocs.yml and theme/ lie: in the wheel below `_data`, in a checkout beside the package."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

Palette = Literal["hearth", "sea", "meadow", "plum", "rose", "stone"]
PALETTES: tuple[str, ...] = get_args(Palette)
"""The names of theme/assets/vig/colours.css; the first is what pages have by themselves."""

PACKAGE = Path(__file__).parent
"""The folder of the code, its templates and fonts."""
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.M | re.S)
"""Lines that are nothing but comment: they are for who reads the repository."""


def resource_root() -> Path:
    """The folder that holds mkdocs.yml and theme/."""
    packed = PACKAGE / "_data"
    return packed if packed.is_dir() else PACKAGE.parent


@lru_cache(maxsize=1)
def installed_libraries() -> str:
    """Names and versions of all that is installed beside vigsite, from its folders' names."""
    found: set[str] = set()
    for place in sys.path:
        with contextlib.suppress(OSError):
            found.update(name for name in os.listdir(place or ".") if name.endswith(".dist-info"))
    return " ".join(sorted(found))


@lru_cache(maxsize=1)
def code_fingerprint() -> str:
    """SHA-256 over everything that turns a case into a site: code, templates, theme, mkdocs.yml."""
    root = resource_root()
    files = [root / "mkdocs.yml", *(root / "theme").rglob("*"), *PACKAGE.rglob("*")]
    wanted = {".py", ".j2", ".yml", ".mo", ".html", ".css", ".js", ".svg", ".woff2", ".typ", ".ttf"}
    total = hashlib.sha256()
    for file in sorted(set(files)):
        if file.suffix in wanted and file.is_file():
            total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def bare_code(code: str) -> str:
    """A stylesheet or script of the theme without its comments, as sites hold it."""
    return _COMMENT.sub("", code)
