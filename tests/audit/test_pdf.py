"""PDF: words in any string or stream are found, and all that a printed album does not need."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    PdfObject,
    TextStringObject,
)

from vigsite.audit.finding import PACK
from vigsite.audit.one_file import Look
from vigsite.audit.search.search import Secrets
from vigsite.withheld.spellings import named

LOOK = Look(Secrets(tuple(named("Featherstone", "never_show"))), PACK)
FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    }
)


def paper(
    content: bytes = b"", change: Callable[[PdfWriter], object] = lambda _writer: None
) -> bytes:
    """A page of A4 with these drawing commands."""
    writer = PdfWriter()
    writer.metadata = None
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    fonts = DictionaryObject({NameObject("/F"): FONT})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def text(*shown: str) -> bytes:
    return f"BT /F 12 Tf 50 700 Td {' '.join(shown)} ET".encode("latin-1")


def found(raw: bytes) -> list[str]:
    return [str(finding) for finding in LOOK.file("a.pdf", raw)]


def spoiled(key: str, value: PdfObject, where: str = "catalog") -> bytes:
    def change(writer: PdfWriter) -> None:
        place = writer._root_object if where == "catalog" else writer.pages[0]
        place[NameObject(key)] = value

    return paper(change=change)


def test_a_plain_paper_is_clean() -> None:
    assert found(paper(text("(Your moments) Tj"))) == []


WORDS = {
    "shown": paper(text("(at Featherstone) Tj")),
    "pushed together": paper(text("[(Feath) -20 (er) 5 (stone)] TJ")),
    "in hexadecimal": paper(text(f"<{b'Featherstone'.hex()}> Tj")),
    "in octal": paper(text("(" + "".join(f"\\{c:03o}" for c in b"Featherstone") + ") Tj")),
    "in a comment": paper(b"% Featherstone\n" + text("(x) Tj")),
    "the title": paper(change=lambda writer: writer.add_metadata({"/Title": "At Featherstone"})),
    "a field of one's own": paper(change=lambda w: w.add_metadata({"/Note": "Featherstone"})),
    "a bookmark": paper(change=lambda writer: writer.add_outline_item(title="Featherstone", page_number=0)),
    "another text for readers": spoiled("/Alt", TextStringObject("Featherstone"), "page"),
    "UTF-16": spoiled("/Alt", ByteStringObject("Featherstone".encode("utf-16")), "page"),
    "a list": spoiled("/X", ArrayObject([TextStringObject("x"), TextStringObject("Featherstone")])),
    "a name": spoiled("/X", NameObject("/Featherstone")),
    "a file in it": paper(change=lambda writer: writer.add_attachment(filename="x", data=b"Featherstone")),
    "a file's name": paper(change=lambda w: w.add_attachment(filename="Featherstone.txt", data=b"x")),
    "behind": paper() + b"Featherstone",
    "packed behind": paper() + zlib.compress(b"Featherstone"),
}  # fmt: skip


@pytest.mark.parametrize("how", WORDS)
def test_words_are_found(how: str) -> None:
    assert any("Featherstone" in finding for finding in found(WORDS[how]))


def test_words_of_an_earlier_version_are_found() -> None:
    old = paper(text("(at Featherstone) Tj"))
    writer = PdfWriter(io.BytesIO(old), incremental=True)
    empty = DecodedStreamObject()
    writer.pages[0][NameObject("/Contents")] = writer._add_object(empty)
    out = io.BytesIO()
    writer.write(out)
    assert "Featherstone" not in PdfReader(out).pages[0].extract_text()
    found_ = found(out.getvalue())
    assert any("an earlier version" in finding for finding in found_)
    assert any("Featherstone" in finding for finding in found_)


JS = DictionaryObject(
    {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
)
URI = DictionaryObject(
    {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("https://example.org")}
)  # fmt: skip
TOO_MUCH = {
    "a script": (spoiled("/OpenAction", JS), "/JavaScript"),
    "an address": (spoiled("/OpenAction", URI), "leads to"),
    "a form": (spoiled("/AcroForm", DictionaryObject()), "/AcroForm"),
    "a file": (paper(change=lambda w: w.add_attachment(filename="x.txt", data=b"x")), "/EmbeddedFiles"),
    "an author": (paper(change=lambda w: w.add_metadata({"/Author": "x"})), "tells Author"),
    "a date": (paper(change=lambda w: w.add_metadata({"/CreationDate": "D:2026"})), "CreationDate"),
    "a program": (paper(change=lambda w: w.add_metadata({"/Creator": "Word 16"})), "by which program"),
    "a lock": (paper(change=lambda writer: writer.encrypt(user_password="x")), "is locked"),
    "bytes behind": (paper() + b"x", "goes on behind its end"),
    "no paper": (b"hello", "does not begin like a PDF"),
    "half a paper": (paper()[:200], "PDF"),
}  # fmt: skip


@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_no_album_needs_is_found(what: str) -> None:
    raw, words = TOO_MUCH[what]
    assert any(words in finding for finding in found(raw)), found(raw)


def test_an_odd_paper_ends_in_a_sentence() -> None:
    whole = paper(text("(x) Tj"))
    for place in range(0, len(whole), 43):
        found(whole[:place] + b"\xee" + whole[place + 1 :])
    assert found(spoiled("/X", NullObject())) == []
