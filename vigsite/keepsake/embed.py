"""Pages that stand alone: pictures and clips inside them, no script, nothing asked of anybody."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from markupsafe import Markup

from vigsite.pages.edition import Clip, Image, Picture, Shown
from vigsite.pages.words import words_for
from vigsite.pages.write import environment_for
from vigsite.resources import resource_root

_TEMPLATES = Path(__file__).parent / "templates"
_STYLES = ("colours.css", "vig.css", "moments.css", "print.css")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.S)
KINDS = {".jpg": "image/jpeg", ".mp4": "video/mp4"}


def data_uri(file: Path) -> Markup:
    """A picture or clip as an address that holds it."""
    encoded = base64.b64encode(file.read_bytes()).decode()
    return Markup(f"data:{KINDS[file.suffix]};base64,{encoded}")


def fitting(picture: Picture, longest: int) -> Image:
    """The largest size of a picture whose sides have at most `longest` pixels; else the smallest."""
    small = [image for image in picture.images if max(image.width, image.height) <= longest]
    return small[-1] if small else picture.images[0]


def lone_page(template: str, shown: Shown, site: Path | None, **more: Any) -> str:
    """A page made of one of our templates. `site` is where pictures and clips are taken from."""
    words = words_for(shown.language)
    style = _style()
    environment = environment_for(words, _TEMPLATES)

    def embedded(held: Image | Clip) -> Markup:
        if site is None:
            raise ValueError("this page holds no pictures")
        return data_uri(site / held.uri)

    environment.globals |= {"embedded": embedded, "fitting": fitting}
    context = {
        "shown": shown,
        "lang": words.tag,
        "dir": words.direction,
        "style": Markup(style),
        "policy": _policy(style),
        **more,
    }
    return _tidy(environment.get_template(template).render(context))


def _style() -> str:
    """The colours of the site, and the few rules that these pages need."""
    sheets = [resource_root() / "theme" / "assets" / "vig" / name for name in _STYLES]
    sheets.append(_TEMPLATES / "lone.css")
    rules = (_COMMENT.sub("", sheet.read_text("utf-8")) for sheet in sheets)
    return "\n" + _tidy("\n".join(rules))


def _policy(style: str) -> Markup:
    """Nothing may be loaded but what is in the page."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Markup(
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; media-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _tidy(text: str) -> str:
    """Without empty lines and ends of lines that nobody sees."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"
