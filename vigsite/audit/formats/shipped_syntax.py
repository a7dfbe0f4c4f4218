"""Words of formats themselves: of a film's boxes and encoder, of a PDF's objects and its packet.

A moment may be called `title` or `roll`. At the places where a format has its own words, these are
taken out before secrets are searched for; anywhere else they are searched for as ever.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from functools import lru_cache

from vigsite.resources import PACKAGE

TAKEN = "\ua78f"
"""A letter of no language, for what was taken out."""
_ENCODER = re.compile(
    rb"x264 - core \d+[ -~]{0,40}? - H\.264/MPEG-4 AVC codec - Copyleft 2003-\d{4} - "
    rb"http://www\.videolan\.org/x264\.html - options: [a-z0-9_=:., -]+"
)
"""What the encoder writes into every film: its name and its options."""
_BOXES = re.compile(
    rb"(?<![ -~])(?:ftyp|free|mdat|moov|mvhd|trak|tkhd|edts|elst|mdia|mdhd|hdlr|minf|vmhd|smhd|dinf"
    rb"|dref|url |stbl|stsd|avc1|avcC|colr|nclx|pasp|btrt|stts|ctts|stss|stsc|stsz|stco|mp4a|esds"
    rb"|sgpd|sbgp|roll|vide|soun|isom|iso2|mp41)(?=$|[^a-z])"
)
_NAMES = """
    A Alt Ascent Author BBox BaseFont BitsPerComponent Block BlockQuote CIDFontType0 CIDFontType0C
    CIDFontType2 CIDSet CIDSystemInfo CIDToGIDMap CMap CMapName CMapType CapHeight Caption Catalog
    ColorSpace ColorTransform Contents Count CreationDate Creator D DCTDecode DW DW2 DecodeParms
    DescendantFonts Descent Dest DeviceCMYK DeviceGray DeviceRGB Direction DisplayDocTitle Div
    Document Em Encoding ExtGState Figure Filter First Flags FlateDecode Font FontBBox
    FontDescriptor FontFile2 FontFile3 FontName Group H H1 H2 H3 H4 H5 H6 Height I ICCBased ID
    Identity Image ImageB ImageC Index Info Interpolate ItalicAngle K Keywords Kids L L2R LBody LI
    Lang Last Layout Lbl Leading Length Length1 List ListNumbering MCID MarkInfo Marked Mask
    MediaBox Metadata ModDate N Next None Nums ObjStm OpenType Ordering Outlines P PDF Page Pages
    Parent ParentTree ParentTreeNextKey Part Pattern Pg Placement Prev ProcSet Producer R2L Range
    Registry Resources RoleMap Root S SMask Sect Shading Size Span StemV Strong StructElem
    StructParents StructTreeRoot Subtype Supplement Suspects T TOC TOCI TR TD TH Tabs Table Terms
    Text Title ToUnicode Transparency Trapped Type Type0 UCS UseCMap UserUnit Version
    ViewerPreferences W WMode WP Width XML XObject XRef XYZ Adobe Identity-H Artifact Header Footer
    Pagination Attached Top Bottom Bounding O Start End Inline Before SpaceAfter SpaceBefore
    StartIndent TextAlign Center Datetime Circle Disc Square Decimal UpperRoman LowerRoman
    UpperAlpha LowerAlpha Ordered Unordered Description
"""
_PDF_NAMES = frozenset(f"/{name}" for name in _NAMES.split())
_PDF_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9-]*")
_PDF_WORDS = re.compile(
    rb"(?<![\w(])(?:obj|endobj|stream|endstream|xref|trailer|startxref|true|false|null|begincmap"
    rb"|endcmap|findresource|begin|end|dict|def|usecmap|currentdict|defineresource|pop"
    rb"|(?:begin|end)(?:bfchar|bfrange|codespacerange|cidrange))(?![\w)])"
)
_PACKET = re.compile(
    rb"<\?xpacket[^<>?]*\?>"
    rb"|</?(?:x|rdf|dc|xmp|xmpMM|xmpTPg|pdf|pdfuaid):[A-Za-z]+"
    rb"(?:\s+(?:xmlns:\w+|rdf:about|rdf:parseType|xml:lang|x:xmptk)="
    rb'"(?:http://(?:ns\.adobe\.com|purl\.org|www\.w3\.org|www\.aiim\.org)/[\w./#-]*'
    rb'|adobe:ns:meta/|x-default|xmp-writer|Resource|)")*\s*/?>'
    rb"|(?<=<xmpMM:RenditionClass>)proof|(?<=<dc:format>)application/pdf"
)
_FONT_NAME = re.compile(rb"/[A-Z]{6}\+(?:Literata|Fraunces|NunitoSans|Amiri|Noto)[\w-]*")
FONT_BEGINS = (b"\0\1\0\0", b"OTTO", b"true", b"\1\0\4")
"""How a font begins that is not packed."""
_PROFILE = re.compile(
    rb"acsp|mntr|RGB |GRAY|XYZ |desc|cprt|wtpt|bkpt|chad|[rgb]XYZ|[rgbk]TRC|chrm|mluc|sf32|para"
    rb"|curv|text|enUS|lcms"
)
"""The tags of a colour profile, which begins with its length and `acsp`."""
_FONT_TABLES = re.compile(
    rb"cvt |fpgm|glyf|head|hhea|hmtx|loca|maxp|name|post|prep|OS/2|cmap|CFF |vhea|vmtx|gasp"
)
_GLYPHS = re.compile(rb"(?<=[A-Za-z0-9])\.(?:case|loclROM|ss\d\d|alt)")
"""What a font adds to the name of a letter that it has in another form, such as `acute.case`."""
_FONT_HEAD = 400
"""Bytes in which a font names its tables."""
_CMAP_LINES = re.compile(
    rb"%!PS-Adobe-3.0 Resource-CMap|%%DocumentNeededResources: procset CIDInit|%%EndComments"
    rb"|%%IncludeResource: procset CIDInit|%%BeginResource: CMap Custom|%%EndResource|%%EOF"
    rb"|%%Title: \(Custom Adobe Identity 0\)|%%Version: 1|/(?:CIDInit|Custom|CMapVersion)\b"
)
_REFERENCES = re.compile(rb"(?<![\w.])\d+ \d+ (?:R|obj)\b")
_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)")
_WIDE_STRING = re.compile(rb"<(FEFF(?:[0-9A-F]{4})*)>", re.I)
"""A string in UTF-16, as a PDF holds the headings of its contents."""


def film_without_syntax(raw: bytes) -> bytes:
    """Return bytes of a film with blanks where its boxes and its encoder name themselves."""
    return _BOXES.sub(_blank, _ENCODER.sub(_blank, raw))


def is_pdf_name(text: str) -> bool:
    """Return whether a text is a name that the PDF format gives to its own parts."""
    return text in _PDF_NAMES or bool(_FONT_NAME.fullmatch(text.encode("utf-8", "replace")))


def pdf_without_syntax(raw: bytes, rest: Callable[[str], str]) -> bytes:
    """Return bytes of a PDF with blanks where the format's own words stand.

    `rest` takes our own sentences out of a string.
    """
    if raw.startswith(FONT_BEGINS):
        return font_without_syntax(raw)
    if raw[36:40] == b"acsp":
        return _PROFILE.sub(_blank, raw)
    found = _CMAP_LINES.sub(_blank, _FONT_NAME.sub(_blank, _PACKET.sub(_blank, raw)))
    found = _STRING.sub(lambda string: b"(" + _said(string[1], rest) + b")", found)
    found = _WIDE_STRING.sub(lambda string: b"<" + _wide_said(string[1], rest) + b">", found)
    found = _PDF_NAME.sub(lambda n: _cut(n) if n[0].decode() in _PDF_NAMES else n[0], found)
    return _PDF_WORDS.sub(_cut, _REFERENCES.sub(_cut, found))


def font_without_syntax(raw: bytes) -> bytes:
    """Return bytes of a font with blanks where the tables and the texts of a shipped font stand."""
    tables = _FONT_TABLES.sub(_blank, raw[:_FONT_HEAD])
    found = bytearray(_GLYPHS.sub(_blank, tables + raw[_FONT_HEAD:]))
    for start, end in _font_texts(raw):
        if raw[start:end] in _shipped_fonts():
            found[start:end] = b" " * (end - start)
    return bytes(found)


def _font_texts(raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the texts of a font lie, as its table of names has them."""
    entry = struct.Struct(">4s4xII")
    for at in range(12, min(len(raw) - entry.size, _FONT_HEAD), entry.size):
        tag, table, _length = entry.unpack_from(raw, at)
        if tag != b"name" or table + 6 > len(raw):
            continue
        _, count, texts = struct.unpack_from(">HHH", raw, table)
        for number in range(count):
            place = table + 6 + 12 * number
            if place + 12 > len(raw):
                return
            length, offset = struct.unpack_from(">8xHH", raw, place)
            start = table + texts + offset
            yield start, start + length


@lru_cache(maxsize=1)
def _shipped_fonts() -> bytes:
    """Return the bytes of all fonts that albums are set in."""
    fonts = PACKAGE / "keepsake" / "fonts"
    return b"\0\0\0".join(file.read_bytes() for file in sorted(fonts.rglob("*.ttf")))


def _said(string: bytes, rest: Callable[[str], str]) -> bytes:
    try:
        text = string.decode("utf-8")
    except UnicodeDecodeError:
        return string
    return string if rest(text) == text else rest(text).encode("utf-8")


def _wide_said(digits: bytes, rest: Callable[[str], str]) -> bytes:
    """The same of a string in hexadecimal digits."""
    text = bytes.fromhex(digits.decode()).decode("utf-16", "replace")
    left = rest(text)
    return digits if left == text else left.encode("utf-8")


def _cut(found: re.Match[bytes]) -> bytes:
    """A letter of no language and blanks: what stands on both sides does not follow one another."""
    return TAKEN.encode().ljust(len(found[0]))


def _blank(found: re.Match[bytes]) -> bytes:
    return b" " * len(found[0])
