"""The link check sees what MkDocs' strict mode does not."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from vigsite.audit.formats.links import read_links


def faults(tmp_path: Path, body: str, **others: str) -> list[str]:
    (tmp_path / "index.html").write_text(f"<html><body>{body}</body></html>", "utf-8")
    (tmp_path / "there.mp4").write_bytes(b"x")
    (tmp_path / "page.html").write_text('<h1 id="top">x</h1>')
    for name, text in others.items():
        (tmp_path / name.replace("_", ".")).write_text(text)
    there = {PurePosixPath(file.relative_to(tmp_path)) for file in tmp_path.iterdir()}
    return [f"{at.file}:{at.line}: {said}" for at, said in read_links(tmp_path).faults(there)]


@pytest.mark.parametrize(
    "body",
    [
        '<video src="there.mp4" poster="there.mp4"></video>',
        '<a href="page.html#top">x</a>',
        '<a href="#here">x</a><p id="here">',
        '<img srcset="there.mp4 480w, ./there.mp4 960w">',
        '<track src="data:text/vtt;base64,AAAA">',
        '<a href="there%2Emp4">x</a>',
    ],
)
def test_what_is_there_is_no_fault(tmp_path: Path, body: str) -> None:
    assert faults(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<video src="nope.mp4"></video>', "leads to nothing"),
        ('<video poster="nope.jpg"></video>', "leads to nothing"),
        ('<img srcset="there.mp4 480w, nope.jpg 960w">', "leads to nothing"),
        ('<a href="nope.md">x</a>', "leads to nothing"),
        ('<a href="page.html#nope">x</a>', "no place on that page"),
        ('<a href="../there.mp4">x</a>', "leads to nothing"),
        ('<img src="https://example.org/x.png">', "leads out of the site"),
        ('<img src="//example.org/x.png">', "leads out of the site"),
        ('<a href="javascript:alert(1)">x</a>', "leads out of the site"),
        ('<a href="mailto:jo@example.org">x</a>', "leads out of the site"),
        ('<svg><use xlink:href="https://example.org/x"/></svg>', "leads out of the site"),
        ('<p style="background: url(https://example.org/x)">', "leads out of the site"),
    ],
)
def test_what_leads_out_or_to_nothing_is_a_fault(tmp_path: Path, body: str, words: str) -> None:
    found = faults(tmp_path, body)
    assert len(found) == 1
    assert words in found[0]
    assert found[0].startswith("index.html:1: ")


def test_stylesheets_count_too(tmp_path: Path) -> None:
    css = "@import 'https://example.org/a.css'; p { background: url(nope.png) }"
    assert len(faults(tmp_path, "", style_css=css)) == 2
