"""The album as PDF, and the page that opens without unzipping: what else may be inside."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.audit_corpus.planting import NOTE, SURNAME, Built, Plant, change

ALBUM, START = "Our album.pdf", "START HERE.html"
_WITHHELD = "media/cycle-1-moment-3-640.jpg"
Put = Callable[[Path, Built], str]


def _album(changed: Callable[[pikepdf.Pdf, Built], None]) -> Put:
    def put(copy: Path, built: Built) -> str:
        with pikepdf.open(copy / ALBUM, allow_overwriting_input=True) as pdf:
            changed(pdf, built)
            pdf.save(copy / ALBUM)
        return ALBUM

    return put


def _text(stream: str) -> Put:
    """More to write on the first page, in a plain font."""

    def changed(pdf: pikepdf.Pdf, built: Built) -> None:
        page = pdf.pages[0]
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.add_resource(font, Name.Font, Name("/Plain"))
        page.contents_add(f"BT /Plain 9 Tf 20 20 Td {stream} ET".encode("latin-1"))

    return _album(changed)


def _author(pdf: pikepdf.Pdf, built: Built) -> None:
    pdf.docinfo["/Author"] = String(SURNAME)


def _made(pdf: pikepdf.Pdf, built: Built) -> None:
    pdf.docinfo["/CreationDate"] = String("D:20261126210311Z")


def _xmp(pdf: pikepdf.Pdf, built: Built) -> None:
    with pdf.open_metadata() as meta:
        meta["dc:creator"] = [SURNAME]


def _attached(pdf: pikepdf.Pdf, built: Built) -> None:
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, NOTE.encode())


def _noted(pdf: pikepdf.Pdf, built: Built) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String(NOTE))
    pdf.pages[0].Annots = pdf.make_indirect(Array([pdf.make_indirect(note)]))


def _marked(pdf: pikepdf.Pdf, built: Built) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(NOTE, 0))


def _runs(pdf: pikepdf.Pdf, built: Built) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _leads_out(pdf: pikepdf.Pdf, built: Built) -> None:
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[0, 0, 9, 9],
        A=Dictionary(S=Name.URI, URI=String("https://far.example/")),
    )
    pdf.pages[0].Annots = pdf.make_indirect(Array([pdf.make_indirect(link)]))


def _unused(pdf: pikepdf.Pdf, built: Built) -> None:
    pdf.Root.Own = pdf.make_stream(NOTE.encode())


def _withheld(pdf: pikepdf.Pdf, built: Built) -> None:
    picture = pdf.make_stream((built.review / _WITHHELD).read_bytes())
    for key, value in (
        ("Type", Name.XObject), ("Subtype", Name.Image), ("Width", 640), ("Height", 360),
        ("ColorSpace", Name.DeviceRGB), ("BitsPerComponent", 8), ("Filter", Name.DCTDecode),
    ):  # fmt: skip
        picture[f"/{key}"] = value
    name = pdf.pages[0].add_resource(picture, Name.XObject)
    pdf.pages[0].contents_add(f"q 100 0 0 56 0 0 cm {name} Do Q".encode())


def _earlier(copy: Path, built: Built) -> str:
    """An older version of an object stays before the end of the file."""
    with (copy / ALBUM).open("ab") as file:
        file.write(f"\n9999 0 obj\n({NOTE})\nendobj\n%%EOF\n".encode())
    return ALBUM


def _behind(copy: Path, built: Built) -> str:
    with (copy / ALBUM).open("ab") as file:
        file.write(NOTE.encode())
    return ALBUM


def _start(html: Callable[[Built], str]) -> Put:
    def put(copy: Path, built: Built) -> str:
        change(copy / START, "</body>", f"{html(built)}</body>")
        return START

    return put


def _data(file: Path, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def _in_pages_of_pack(copy: Path, built: Built) -> str:
    change(copy / "site" / "cycle-1.html", "</main>", f"{NOTE}</main>")
    return "site/cycle-1.html"


def _for_phone(copy: Path, built: Built) -> str:
    name = "For your phone/03 Picture.jpg"
    (copy / name).write_bytes((built.review / _WITHHELD).read_bytes())
    return name


def _film_longer(copy: Path, built: Built) -> str:
    (copy / "Our film.mp4").write_bytes(next((built.case / "1-tea").glob("*.mp4")).read_bytes())
    return "Our film.mp4"


_HEX = SURNAME.encode().hex()
_OCTAL = "".join(f"\\{ord(one):03o}" for one in SURNAME)
_PIECES = f"[({SURNAME[:7]}) -20 ({SURNAME[7:]})] TJ"
_WORDS = "holds"

PLANTS = [
    Plant("PDF text", _text(f"({NOTE}) Tj"), "pack", _WORDS),
    Plant("PDF text in hex", _text(f"<{_HEX}> Tj"), "pack", _WORDS),
    Plant("PDF text in octal", _text(f"({_OCTAL}) Tj"), "pack", _WORDS),
    Plant("PDF text in pieces", _text(_PIECES), "pack", _WORDS),
    Plant("PDF text in two strings", _text(f"({SURNAME[:7]}) Tj ({SURNAME[7:]}) Tj"), "pack", _WORDS),
    Plant("PDF text unseen", _text(f"3 Tr ({SURNAME}) Tj"), "pack", _WORDS),
    Plant("PDF author", _album(_author), "pack", _WORDS),
    Plant("PDF day", _album(_made), "pack", knows=False),
    Plant("PDF XMP", _album(_xmp), "pack", _WORDS),
    Plant("PDF attachment", _album(_attached), "pack", knows=False),
    Plant("PDF attachment, the words", _album(_attached), "pack", _WORDS),
    Plant("PDF note", _album(_noted), "pack", _WORDS),
    Plant("PDF bookmark", _album(_marked), "pack", _WORDS),
    Plant("PDF script", _album(_runs), "pack", knows=False),
    Plant("PDF link", _album(_leads_out), "pack", knows=False),
    Plant("PDF own stream", _album(_unused), "pack", _WORDS),
    Plant("PDF picture left out", _album(_withheld), "pack"),
    Plant("PDF earlier object", _earlier, "pack", _WORDS),
    Plant("PDF, behind its end", _behind, "pack", knows=False),
    Plant("start page's words", _start(lambda built: f"<!-- {NOTE} -->"), "pack", _WORDS),
    Plant("start page's picture left out", _start(lambda built: f'<img alt="" src="{_data(built.review / _WITHHELD, "image/jpeg")}">'), "pack"),
    Plant("start page's clip left out", _start(lambda built: f'<video src="{_data(next((built.case / "1-tea").glob("*.mp4")), "video/mp4")}"></video>'), "pack"),
    Plant("site's words in a pack", _in_pages_of_pack, "pack", _WORDS),
    Plant("picture left out for the phone", _for_phone, "pack"),
    Plant("recording as the film", _film_longer, "pack"),
]  # fmt: skip
