"""A page may show and play its own files, and do nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.test_folder import findings

HEAD = "</head>"
SPOILED = [
    ("<!doctype html>", "<!doctype html><script>1</script>", "has no content policy"),
    ("default-src 'none'", "default-src 'self'", "default-src is not 'none'"),
    ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "allows 'unsafe-inline'"),
    ("script-src 'self'", "script-src *", "allows *"),
    ("img-src 'self' data:", "img-src https:", "allows https:"),
    ("img-src 'self' data:", "img-src 'self' example.org", "allows example.org"),
    ("connect-src 'none'", "connect-src 'self'", "connect-src is not 'none'"),
    ("base-uri 'none'", "x 'none'", "base-uri is not 'none'"),
    ("form-action 'none'", "form-action *", "form-action is not 'none'"),
    ("font-src 'self'", "report-uri https://example.org", "unknown part report-uri"),
    ("Content-Security-Policy", "X-Content", "has no content policy"),
    ('charset="utf-8"', 'charset="utf-7"', "written in UTF-8"),
    (HEAD, "<script>alert(1)</script></head>", "script that its policy does not name"),
    (HEAD, "<style>p { color: red }</style></head>", "style that its policy does not name"),
    (HEAD, '<base href="x/"></head>', "holds a <base>"),
    (HEAD, '<meta name="generator" content="MkDocs 1.6"></head>', "(generator)"),
    (HEAD, '<meta name="author" content="x"></head>', "(author)"),
    (HEAD, '<meta property="og:title" content="x"></head>', "(og:title)"),
    (HEAD, '<meta http-equiv="refresh" content="1; url=about.html"></head>', "by itself (refresh)"),
    (HEAD, '<link rel="preconnect" href="about.html"></head>', "asks for something beforehand"),
    (HEAD, "<!-- Build Date UTC --></head>", "holds a comment"),
    (HEAD, "<?php x ?></head>", "holds a comment"),
    ("<main", "<iframe src='about.html'></iframe><main", "holds a <iframe>"),
    ("<main", "<form action='about.html'></form><main", "holds a <form>"),
    ("<main", "<object data='about.html'></object><main", "holds a <object>"),
    ("<main", '<main onclick="x()"', "(onclick)"),
    ("<main", '<svg><g ONLOAD="x()"></g></svg><main', "(onload)"),
    ("<main", '<main style="color: red"', "style in an attribute"),
    ("<main", '<a href="java\nscript:x()">x</a><main', "script or page by itself"),
    ("<main", '<a href=" &#106;avascript:x()">x</a><main', "script or page by itself"),
    ("<main", '<a href="data:text/html,x">x</a><main', "script or page by itself"),
    ("<main", '<a href="https://example.org">x</a><main', "leads out of the site"),
    ("<main", '<a href="//example.org">x</a><main', "leads out of the site"),
    ("<main", '<a href="\\\\example.org\\x">x</a><main', "leads out of the site"),
    ("<main", '<a href="/\t/example.org">x</a><main', "leads out of the site"),
    ("<main", '<a href="mailto:jo@example.org">x</a><main', "leads out of the site"),
    ("<main", '<a ping="https://example.org" href="about.html">x</a><main', "leads out of the site"),
    ("<main", '<img src="media/x.jpg" srcset="//example.org/x 2x"><main', "leads out of the site"),
    ("<main", '<svg><image href="http://example.org/x"/></svg><main', "leads out of the site"),
    ("<main", '<svg><use xlink:href="//example.org/#x"/></svg><main', "leads out of the site"),
    ("<main", '<rect fill="url(https://example.org/#x)"/><main', "leads out of the site"),
    (HEAD, "<style>@import '//example.org/x';</style></head>", "leads out of the site"),
    (HEAD, '<meta http-equiv="refresh" content="0;URL=//example.org"></head>', "leads out of the"),
    ("<main", '<p data-src="https://example.org/x">x</p><main', "address of another computer"),
    (HEAD, "<script>fetch('ht' + 'tps://example.org')</script></head>", "of another computer"),
    ("<main", "<p>at /home/jo/films/x</p><main", "path of a computer"),
    ("<main", "<p>C:\\Users\\jo\\x</p><main", "path of a computer"),
    ("<main", "<p>file:///x/y</p><main", "path of a computer"),
    ("<main", '<p data-x="2026-03-01T10:11:12Z">x</p><main', "when something was made"),
    ("<main", "<p>clip_seconds: 15</p><main", "file or key of a case"),
    ("<main", "<p>see case.yml</p><main", "file or key of a case"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), SPOILED, ids=[row[1][:50] for row in SPOILED])
def test_a_spoiled_page_is_found(keepsake: Path, old: str, new: str, words: str) -> None:
    page = keepsake / "about.html"
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), "utf-8")
    assert any(words in found for found in findings(keepsake)), findings(keepsake)


@pytest.mark.parametrize(
    ("file", "more"),
    [
        ("pages.css", "p { background: url(https://example.org/x) }"),
        ("pages.css", "@import url('//example.org/x.css');"),
        ("pages.css", "p { background: url('\\68ttps://example.org') }"),
        ("icon.svg", '<image href="https://example.org/x"/>'),
        ("icon.svg", "<script>1</script>"),
        ("icon.svg", '<g onload="1"/>'),
        ("icon.svg", "<!-- https://example.org -->"),
        ("icon.svg", "<metadata>2026-03-01T10:11:12</metadata>"),
    ],
)
def test_a_spoiled_style_or_drawing_is_found(keepsake: Path, file: str, more: str) -> None:
    path = keepsake / "assets" / "vig" / file
    text = path.read_text("utf-8")
    path.write_text(text.replace("</svg>", f"{more}</svg>") if file[-3:] == "svg" else text + more)
    assert findings(keepsake)


@pytest.mark.parametrize(
    "code",
    [
        "fetch('https://example.org')", "new WebSocket(`wss://example.org`)",
        "location = '//example.org/x'", "f('\\x68ttps://example.org')", "f('ht'+'tp://example.org')",
        "f(atob('aHR0cHM6Ly9leGFtcGxlLm9yZy94'))", "f(unescape('%68ttp://example.org'))",
    ],
)  # fmt: skip
def test_a_script_that_asks_another_computer_is_found(keepsake: Path, code: str) -> None:
    (keepsake / "x.js").write_text(code)
    assert any("x.js" in f and "of another computer" in f for f in findings(keepsake))


def test_names_of_kinds_of_markup_are_no_addresses(keepsake: Path) -> None:
    path = keepsake / "assets" / "vig" / "icon.svg"
    assert "http://www.w3.org/2000/svg" in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8") + "\n")
    assert findings(keepsake) == []
