"""Pages that stand alone: pictures and clips inside them, no script, nothing asked of anybody."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup

from vigsite.pages.markdown import environment_for
from vigsite.pages.shown import Clip, Image, Picture, Shown
from vigsite.pages.words import words_for
from vigsite.resources import PACKAGE, resource_root

_TEMPLATES = PACKAGE / "keepsake" / "templates"
_SHEETS = resource_root() / "theme" / "assets" / "vig"
_STYLES = ("colours.css", "vig.css", "moments.css", "print.css")
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.S)
_FONT = re.compile(r"@font-face\s*{[^}]*}")
_RANGES = re.compile(r"U\+([0-9A-Fa-f]+(?:-[0-9A-Fa-f]+)?)")
_URL = re.compile(r"""url\(\s*['"]?([^'")]+)['"]?\s*\)""")
KINDS = {".jpg": "image/jpeg", ".mp4": "video/mp4", ".woff2": "font/woff2"}


def data_uri(file: Path) -> Markup:
    """A picture, clip or font as an address that holds it."""
    encoded = base64.b64encode(file.read_bytes()).decode()
    return Markup(f"data:{KINDS[file.suffix]};base64,{encoded}")


def fitting(picture: Picture, longest: int) -> Image:
    """The largest size of a picture with sides of at most `longest` pixels; else the smallest."""
    small = [image for image in picture.images if max(image.width, image.height) <= longest]
    return small[-1] if small else picture.images[0]


def lone_page(template: str, shown: Shown, site: Path | None, **more: Any) -> str:
    """A page made of one of our templates. `site` is where pictures and clips are taken from."""
    words = words_for(shown.language)
    page = environment_for(words, _TEMPLATES).get_template(template)
    context = {"shown": shown, "lang": words.tag, "dir": words.direction, "fitting": fitting}
    context |= more

    def embedded(held: Image | Clip) -> Markup:
        if site is None:
            raise ValueError("this page holds no pictures")
        return data_uri(site / held.uri)

    bare = page.render({**context, "style": "", "policy": "", "embedded": lambda _held: ""})
    style = _style(html.unescape(bare))
    context |= {"style": Markup(style), "policy": _policy(style), "embedded": embedded}
    return _tidy(page.render(context))


def _style(text: str) -> str:
    """The rules of the site's pages and the few that these need; fonts for a page's text."""
    sheets = [_SHEETS / name for name in _STYLES]
    sheets.append(_TEMPLATES / "lone.css")
    rules = [_COMMENT.sub("", sheet.read_text("utf-8")) for sheet in sheets]
    return "\n" + _tidy("\n".join([*_fonts(text), *rules]))


def _fonts(text: str) -> Iterator[str]:
    """The site's fonts that a text needs, as rules that hold them."""
    used = {ord(character) for character in text if not character.isspace()}
    for found in _FONT.finditer((_SHEETS / "fonts.css").read_text("utf-8")):
        ends = [part.partition("-") for part in _RANGES.findall(found[0])]
        spans = [range(int(low, 16), int(high or low, 16) + 1) for low, _, high in ends]
        if any(code in span for code in used for span in spans):
            yield _URL.sub(lambda url: f'url("{data_uri(_SHEETS / url[1])}")', found[0])


def _policy(style: str) -> Markup:
    """Nothing may be loaded but what is in the page."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Markup(
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; media-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _tidy(text: str) -> str:
    """Without empty lines and ends of lines that nobody sees."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"
