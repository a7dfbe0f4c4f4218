"""Private words, in every way of writing that a browser or a zip undoes."""

from __future__ import annotations

import base64
import gzip
import json
import unicodedata
import zlib
from urllib.parse import quote

from tests.audit_corpus.planting import (
    ACCENTED,
    ADDRESS,
    AFTERWARDS,
    IDENTIFIER,
    LEFT_OUT,
    NOTE,
    QUESTION,
    READING,
    RECORDING,
    SURNAME,
    Plant,
    into_page,
    new_file,
)

_RUN = "the drinking began again after"
_CSS = "".join(f"\\{ord(letter):x} " for letter in SURNAME)


def _b64(text: str, shift: int = 0, encoding: str = "utf-8") -> str:
    return base64.b64encode(b" " * shift + text.encode(encoding) + b" and more").decode()


_IN_PAGE = {
    "plain": f"<p>{NOTE}</p>",
    "comment": f"<!-- {NOTE} -->",
    "attribute": f'<p title="{NOTE}">Ash</p>',
    "unquoted attribute": f"<p data-who={SURNAME}>Ash</p>",
    "data attribute in JSON": f"<p data-x='{json.dumps({'who': ACCENTED})}'>Ash</p>",
    "meta": f'<meta name="author" content="{SURNAME}">',
    "id and anchor": f'<p id="{SURNAME.lower()}">Ash</p>',
    "class with underscores": f'<p class="the_{SURNAME.lower()}_family">Ash</p>',
    "split by tags": f"<p>{SURNAME[:7]}<b></b>{SURNAME[7:]}</p>",
    "letter by letter in tags": "<p>" + "".join(f"<i>{one}</i>" for one in SURNAME) + "</p>",
    "split by a comment": f"<p>{SURNAME[:5]}<!-- -->{SURNAME[5:]}</p>",
    "split by wbr": f"<p>{SURNAME[:5]}<wbr>{SURNAME[5:]}</p>",
    "words in tags each": "<p>" + " ".join(f"<b>{one}</b>" for one in NOTE.split()) + "</p>",
    "note over two paragraphs": f"<p>{NOTE[:52]}</p>\n<p>{NOTE[52:]}</p>",
    "decimal entities": "".join(f"&#{ord(one)};" for one in SURNAME),
    "hex entities": "".join(f"&#x{ord(one):x};" for one in SURNAME),
    "entities without semicolon": "".join(f"&#{ord(one)}" for one in SURNAME) + " ",
    "named entities": "<p>M&uuml;llerov&aacute;</p>",
    "padded entities": "".join(f"&#0000{ord(one)};" for one in SURNAME),
    "entities of entities in srcdoc": '<p data-x="M&amp;uuml;llerov&amp;aacute;">Ash</p>',
    "capitals": f"<p>{SURNAME.upper()}</p>",
    "capitals with accents": f"<p>{ACCENTED.upper()}</p>",
    "decomposed": f"<p>{unicodedata.normalize('NFD', ACCENTED)}</p>",
    "full width": "<p>" + "".join(chr(ord(one) + 0xFEE0) for one in SURNAME) + "</p>",
    "soft hyphens": f"<p>{SURNAME[:7]}\u00ad{SURNAME[7:]}</p>",
    "soft hyphen entities": f"<p>{SURNAME[:7]}&shy;{SURNAME[7:]}</p>",
    "zero width space": "<p>" + "\u200b".join(SURNAME) + "</p>",
    "zero width joiner": f"<p>{SURNAME[:7]}\u200d{SURNAME[7:]}</p>",
    "word joiner and marks": f"<p>{SURNAME[:4]}\u2060{SURNAME[4:8]}\u200e{SURNAME[8:]}\ufeff</p>",
    "no-break spaces": "<p>" + ADDRESS.replace(" ", "\u00a0") + "</p>",
    "no-break space entities": "<p>" + ADDRESS.replace(" ", "&nbsp;") + "</p>",
    "over lines": "<p>" + ADDRESS.replace(" ", "\n   ") + "</p>",
    "possessive": f"<p>{SURNAME}’s turn</p>",
    "plural": f"<p>The {SURNAME}s came</p>",
    "half of a double name": "<p>Mrs Pettigrew came</p>",
    "street alone": "<p>Near Bramblewick, by the shop</p>",
    "five words of a note": f"<p>You saw that {_RUN} a while.</p>",
    "five words, other marks": "<p>So: the drinking, began again — after all</p>",
    "words of the review": f"<p>{AFTERWARDS}</p>",
    "reading in an alt text": f'<p aria-label="{READING}">Ash</p>',
    "question of the deck": f"<p>{QUESTION}</p>",
    "title of a moment left out": f"<p>{LEFT_OUT}</p>",
    "id of a moment": f'<p id="{IDENTIFIER}">Ash</p>',
    "file of a recording": f"<p data-file='{RECORDING}'>Ash</p>",
    "percent in an address": f'<a href="index.html?q=%46{SURNAME[1:]}">Ash</a>',
    "percent throughout": '<a href="index.html#'
    + "".join(f"%{byte:02X}" for byte in ACCENTED.encode())
    + '">Ash</a>',
    "percent with plus": f'<a href="index.html?q={quote(ADDRESS).replace("%20", "+")}">Ash</a>',
    "JSON escapes": '<script type="application/json">{"a": "'
    + "".join(f"\\u{ord(one):04x}" for one in SURNAME)
    + '"}</script>',
    "JS hex escapes": "<script>var a='"
    + "".join(f"\\x{ord(one):02x}" for one in SURNAME)
    + "'</script>",
    "JS code points": "<script>var a='"
    + "".join(f"\\u{{{ord(one):x}}}" for one in SURNAME)
    + "'</script>",
    "JS line goes on": f"<script>var a='{SURNAME[:5]}\\\n{SURNAME[5:]}'</script>",
    "CSS content": f"<style>p::after {{ content: '{_CSS}' }}</style>",
    "base64": f"<p data-x='{_b64(SURNAME)}'>Ash</p>",
    "base64, one byte on": f"<p data-x='{_b64(SURNAME, 1)}'>Ash</p>",
    "base64, two bytes on": f"<p data-x='{_b64(SURNAME, 2)}'>Ash</p>",
    "base64 for addresses": "<p data-x='"
    + base64.urlsafe_b64encode(f"ÿþ?{ACCENTED}??>".encode()).decode()
    + "'>Ash</p>",
    "base64 over lines": "<p data-x='" + "\n".join(_b64(NOTE)[at : at + 20] for at in range(0, 130, 20)) + "'>Ash</p>",
    "base64 of UTF-16": f"<p data-x='{_b64(SURNAME, 0, 'utf-16-le')}'>Ash</p>",
    "base64 of base64": f"<p data-x='{_b64(_b64(SURNAME))}'>Ash</p>",
    "base64 of gzip": f"<p data-x='{base64.b64encode(gzip.compress(NOTE.encode())).decode()}'></p>",
    "base64 of zlib": f"<p data-x='{base64.b64encode(zlib.compress(NOTE.encode())).decode()}'></p>",
    "data address, percent": f'<img alt="" src="data:image/svg+xml,%3Csvg%3E%3Ctext%3E{quote(SURNAME)}%3C/text%3E%3C/svg%3E">',
    "data address, base64": '<img alt="" src="data:image/svg+xml;base64,'
    + base64.b64encode(f"<svg><text>{SURNAME}</text></svg>".encode()).decode()
    + '">',
    "SVG text in pieces": f"<svg><text><tspan>{SURNAME[:7]}</tspan><tspan>{SURNAME[7:]}</tspan></text></svg>",
    "SVG description": f"<svg><desc>{NOTE}</desc></svg>",
    "template": f"<template><p>{NOTE}</p></template>",
    "noscript": f"<noscript>{NOTE}</noscript>",
    "hex of a word in an id": f"<p data-x='{SURNAME.encode().hex()}'>Ash</p>",
}  # fmt: skip
_STYLES, _ICON = "assets/vig/pages.css", "assets/vig/icon.svg"
_SUBTITLES = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{NOTE}\n"

PLANTS = [
    *(Plant(kind, into_page(html), says="holds") for kind, html in _IN_PAGE.items()),
    Plant("style sheet's comment", new_file(_STYLES, f"/* {NOTE} */".encode()), says="holds"),
    Plant("style sheet's content", new_file(_STYLES, f"i::after{{content:'{_CSS}'}}".encode()), says="holds"),
    Plant("icon's title", new_file(_ICON, f"<!-- {SURNAME} -->".encode()), says="holds"),
    Plant("licence text", new_file("assets/vig/vendor/fraunces/LICENSE.txt", f"\nFor {SURNAME}\n".encode()), says="holds"),
    Plant("UTF-16, little", new_file("notes.txt", NOTE.encode("utf-16-le")), says="holds"),
    Plant("UTF-16, big, marked", new_file("notes.txt", NOTE.encode("utf-16")), says="holds"),
    Plant("UTF-16, big", new_file("notes.txt", SURNAME.encode("utf-16-be")), says="holds"),
    Plant("Windows letters", new_file("notes.txt", ACCENTED.encode("cp1252")), says="holds"),
    Plant("gzip", new_file("notes.txt", gzip.compress(NOTE.encode())), says="holds"),
    Plant("bare deflate", new_file("notes.txt", zlib.compress(NOTE.encode(), wbits=-15)), says="holds"),
    Plant("subtitles", new_file("media/cycle-1-moment-1.vtt", _SUBTITLES.encode()), says="holds"),
    Plant("behind a font", new_file("assets/vig/vendor/fraunces/latin.woff2", SURNAME.encode()), says="holds"),
]  # fmt: skip
