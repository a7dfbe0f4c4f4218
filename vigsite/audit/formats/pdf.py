"""PDF: its words, its hidden strings, what it would do when opened, and what it tells of itself."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from vigsite.audit.finding import Finding
from vigsite.audit.formats.images import jpeg_findings
from vigsite.audit.formats.shipped_syntax import FONT_BEGINS

_ACTIVE = {
    *("/JavaScript", "/JS", "/Launch", "/AA", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"),
    *("/EmbeddedFiles", "/EF", "/RichMedia", "/XFA", "/AcroForm", "/Movie", "/Sound", "/PieceInfo"),
}
_TOLD = {
    "/CreationDate",
    "/ModDate",
    "/Author",
    "/Keywords",
    "/Subject",
    "/Company",
    "/LastModified",
}
_XMP_DATES = re.compile(
    rb"<xmp:(?:Create|Modify|Metadata)Date|xmp:(?:Create|Modify|Metadata)Date=|<dc:(?:creator|date)"
    rb"|pdf:Keywords|<xmpMM:History"
)
_MAKER = re.compile(r"(?:vigsite|typst)?[ \d.]*", re.I)
_MOST_TEXT = 4_000_000
_MAKE = "Pack the case again."


@dataclass(slots=True)
class Paper:
    """What a PDF holds."""

    findings: list[Finding] = field(default_factory=list)
    texts: list[tuple[str, str | bytes]] = field(default_factory=list)
    """Place and content of everything that may be words."""
    dense: list[tuple[str, bytes]] = field(default_factory=list)
    """Pictures and fonts."""


def read_paper(file: str, raw: bytes) -> Paper:
    """Takes a PDF apart; what cannot be read is a finding."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    paper = Paper()
    try:
        _ends(file, raw, paper)
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted:
            paper.findings.append(Finding(file, "", "is locked, so nobody can look into it", _MAKE))
            return paper
        for number, page in enumerate(reader.pages, 1):
            paper.texts.append((f"page {number}", page.extract_text()))
        for number in sorted(_numbers(reader)):
            _object(file, f"object {number}", reader.get_object(number), paper, 0)
        _object(file, "trailer", dict(reader.trailer), paper, 0)
    except (
        PyPdfError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
    ) as error:
        what = f"cannot be read as a PDF ({type(error).__name__})"
        paper.findings.append(Finding(file, "", what, _MAKE))
    except (RecursionError, MemoryError, NotImplementedError):
        paper.findings.append(Finding(file, "", "is built to be too large to read", _MAKE))
    return paper


def _ends(file: str, raw: bytes, paper: Paper) -> None:
    """Earlier versions of the paper, and bytes before and behind it."""
    if not raw.startswith(b"%PDF-"):
        paper.findings.append(Finding(file, "byte 0", "does not begin like a PDF", _MAKE))
    if raw.count(b"startxref") > 1 and not raw[:2048].count(b"/Linearized"):
        what = "keeps an earlier version of itself"
        paper.findings.append(Finding(file, "", what, _MAKE))
    end = raw.rfind(b"%%EOF")
    if end < 0 or raw[end + 5 :].strip():
        paper.findings.append(Finding(file, f"byte {end + 5}", "goes on behind its end", _MAKE))
        paper.texts.append(("behind its end", raw[max(0, end) :][:_MOST_TEXT]))


def _numbers(reader: Any) -> set[int]:
    direct = {number for table in reader.xref.values() for number in table}
    return direct | set(reader.xref_objStm) - {0}


def _object(file: str, place: str, thing: Any, paper: Paper, depth: int) -> None:
    """Gathers strings and streams of one object, without following references."""
    from pypdf.generic import IndirectObject, StreamObject

    if depth > 50 or isinstance(thing, IndirectObject):
        return
    if isinstance(thing, StreamObject):
        _stream(file, place, thing, paper)
    if isinstance(thing, dict):
        for key, value in thing.items():
            _entry(file, place, str(key), value, paper)
            paper.texts.append((place, str(key)))
            _object(file, place, value, paper, depth + 1)
    elif isinstance(thing, list):
        for value in thing:
            _object(file, place, value, paper, depth + 1)
    elif isinstance(thing, bytes):
        paper.texts.append((place, bytes(thing)))
    elif isinstance(thing, str):
        paper.texts.append((place, str(thing)))
        original = getattr(thing, "original_bytes", b"")
        if isinstance(original, bytes):
            paper.texts.append((place, original))


def _entry(file: str, place: str, key: str, value: Any, paper: Paper) -> None:
    if key in _ACTIVE or (key == "/S" and str(value) in _ACTIVE):
        named = key if key in _ACTIVE else value
        what = f"would do something by itself or carries another file ({named})"
        paper.findings.append(Finding(file, place, what, _MAKE))
    elif key == "/URI":
        paper.findings.append(Finding(file, place, f"leads to {str(value)[:60]!r}", _MAKE))
    elif key in _TOLD and str(value):
        paper.findings.append(Finding(file, place, f"tells {key[1:]}", _MAKE))
    elif key in ("/Creator", "/Producer") and not _MAKER.fullmatch(str(value)):
        what = f"tells by which program it was made ({str(value)[:40]!r})"
        paper.findings.append(Finding(file, place, what, _MAKE))


def _stream(file: str, place: str, stream: Any, paper: Paper) -> None:
    filters = stream.get("/Filter", [])
    names = [str(one) for one in (filters if isinstance(filters, list) else [filters])]
    stored = bytes(stream._data)
    if names[-1:] in (["/DCTDecode"], ["/JPXDecode"]):
        paper.dense.append((place, stored))
        if names == ["/DCTDecode"]:
            for found in jpeg_findings(file, stored):
                paper.findings.append(Finding(file, f"{place}, {found.place}", found.what, _MAKE))
        return
    content = stream.get_data()
    content = content if isinstance(content, bytes) else str(content).encode()
    font = any(key in stream for key in ("/Length1", "/Length2", "/Length3"))
    font = font or content.startswith(FONT_BEGINS)
    if str(stream.get("/Subtype")) in ("/Image", "/CIDFontType0C", "/OpenType", "/Type1C") or font:
        paper.dense.append((place, content))
    else:
        paper.texts.append((place, content[:_MOST_TEXT]))
        if _XMP_DATES.search(content) and str(stream.get("/Type")) == "/Metadata":
            what = "tells who made it, or when"
            paper.findings.append(Finding(file, place, what, _MAKE))
