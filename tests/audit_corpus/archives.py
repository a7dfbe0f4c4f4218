"""Zips with more in them than their files, and folders with files that no site has."""

from __future__ import annotations

import io
import os
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.audit_corpus.planting import (
    ACCENTED,
    IDENTIFIER,
    NOTE,
    SURNAME,
    Built,
    Plant,
    new_file,
)

Put = Callable[[Path, Built], str]
_DAY = (2000, 1, 1, 12, 0, 0)


def _entry(name: str, content: bytes, **more: object) -> Put:
    """One more file in the zip."""

    def put(copy: Path, built: Built) -> str:
        about = zipfile.ZipInfo(name, _DAY)
        for key, value in more.items():
            setattr(about, key, value)
        with zipfile.ZipFile(copy, "a") as opened:
            opened.writestr(about, content)
        return name if "file_name" not in more else ""

    return put


def _comment(copy: Path, built: Built) -> str:
    with zipfile.ZipFile(copy, "a") as opened:
        opened.comment = NOTE.encode()
    return ""


def _inner(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, NOTE)
    return out.getvalue()


def _bytes(changed: Callable[[bytes], bytes]) -> Put:
    def put(copy: Path, built: Built) -> str:
        copy.write_bytes(changed(copy.read_bytes()))
        return ""

    return put


def _deleted(copy: Path, built: Built) -> str:
    """A file that was taken out of the list, but whose bytes stay."""
    with zipfile.ZipFile(copy, "a") as opened:
        opened.writestr(zipfile.ZipInfo("gone.txt", _DAY), NOTE)
        gone = opened.infolist().pop()
        assert gone.filename == "gone.txt"
        del opened.NameToInfo["gone.txt"]
        opened.writestr(zipfile.ZipInfo("site/more.txt", _DAY), "More.")
    return ""


def _link(copy: Path, built: Built) -> str:
    (copy / "more.html").symlink_to(built.case / "case.yml")
    return "more.html"


def _link_to_folder(copy: Path, built: Built) -> str:
    (copy / "more").symlink_to(built.case)
    return "more"


def _empty_folder(copy: Path, built: Built) -> str:
    (copy / "media" / SURNAME).mkdir()
    return f"media/{SURNAME}"


def _pipe(copy: Path, built: Built) -> str:
    os.mkfifo(copy / "media" / "pipe")
    return "media/pipe"


_EXTRA = struct.pack("<HH", 0xCAFE, len(SURNAME)) + SURNAME.encode()
_UNIX = struct.pack("<HHBBIBI", 0x7875, 11, 1, 4, 1000, 4, 1000)
_TIMES = struct.pack("<HHBI", 0x5455, 5, 1, 1769974402)
_LINK = {"external_attr": 0o120777 << 16, "create_system": 3}

PLANTS = [
    Plant("zip's comment", _comment, "zip", "holds"),
    Plant("zip's comment, case unknown", _comment, "zip", knows=False),
    Plant("file's comment in a zip", _entry("site/more.txt", b"More.", comment=SURNAME.encode()), "zip", "holds"),
    Plant("extra field", _entry("site/more.txt", b"More.", extra=_EXTRA), "zip", knows=False),
    Plant("owner's number", _entry("site/more.txt", b"More.", extra=_UNIX), "zip", knows=False),
    Plant("times to the second", _entry("site/more.txt", b"More.", extra=_TIMES), "zip", knows=False),
    Plant("day of a file in a zip", _entry("site/more.txt", b"More.", date_time=(2026, 2, 1, 19, 33, 22)), "zip", knows=False),
    Plant("before a zip", _bytes(lambda old: NOTE.encode() + old), "zip", knows=False),
    Plant("behind a zip", _bytes(lambda old: old + NOTE.encode()), "zip", knows=False),
    Plant("deleted in a zip", _deleted, "zip", knows=False),
    Plant("words in a zip", _entry("site/more.txt", NOTE.encode()), "zip", "holds"),
    Plant("words in a zip, packed", _entry("site/more.txt", NOTE.encode() * 3, compress_type=zipfile.ZIP_DEFLATED), "zip", "holds"),
    Plant("name in a zip", _entry(f"site/{SURNAME}.txt", b"More."), "zip", "holds"),
    Plant("zip in a zip", _entry("site/more.zip", _inner("notes.txt")), "zip", "holds"),
    Plant("zip in a zip, as a text", _entry("site/more.txt", _inner("notes.txt")), "zip", "holds"),
    Plant("notes in a zip", _entry("site/case.yml", b"vigsite: 1"), "zip", knows=False),
    Plant("link in a zip", _entry("site/more.html", b"/etc/passwd", **_LINK), "zip", knows=False),
    Plant("out of a zip", _entry("../more.txt", b"More."), "zip", knows=False),
    Plant("from the root in a zip", _entry("/home/jo/more.txt", b"More."), "zip", knows=False),
    Plant("hidden in a zip", _entry("site/.git/config", b"[user]"), "zip", knows=False),
    Plant("Mac's copies in a zip", _entry("__MACOSX/site/._index.html", b"\0\5\x16\7"), "zip", knows=False),
    Plant("zip in a folder", new_file("media/more.zip", _inner("notes.txt")), says="holds"),
    Plant("zip in a folder, as a picture", new_file("media/more.jpg", _inner("notes.txt")), says="no JPEG"),
    Plant("zip behind a font", new_file("assets/vig/vendor/fraunces/latin.woff2", _inner("notes.txt")), says="behind its end"),
    Plant("link", _link, knows=False),
    Plant("link to a folder", _link_to_folder, knows=False),
    Plant("pipe", _pipe, knows=False),
    Plant("hidden file", new_file(".notes", b"x"), knows=False),
    Plant("Mac's folder", new_file(".DS_Store", b"\0\0\0\1Bud1"), knows=False),
    Plant("Windows' pictures", new_file("media/Thumbs.db", b"\xd0\xcf\x11\xe0"), knows=False),
    Plant("folder's settings", new_file("media/desktop.ini", b"[.ShellClassInfo]"), knows=False),
    Plant("source map", new_file("assets/vig/pages.css.map", b"{}"), knows=False),
    Plant("notes as YAML", new_file("cycle.yaml", b"a: 1"), knows=False),
    Plant("page's source", new_file("cycle-1.md", b"# Ash"), knows=False),
    Plant("template of a page", new_file("cycle-1.html.j2", b"Ash"), knows=False),
    Plant("editor's copy", new_file("cycle-1.html~", b"Ash"), knows=False),
    Plant("editor's swap", new_file("index.html.swp", b"Ash"), knows=False),
    Plant("copy kept", new_file("cycle-1.html.bak", b"Ash"), knows=False),
    Plant("half a download", new_file("media/clip.mp4.part", b"Ash"), knows=False),
    Plant("log", new_file("build.log", b"Ash"), knows=False),
    Plant("database", new_file("places.sqlite", b"SQLite format 3\0"), knows=False),
    Plant("word processor", new_file("letter.docx", _inner("word/document.xml")), says="holds"),
    Plant("program", new_file("open.exe", b"MZ"), knows=False),
    Plant("file without ending", new_file("notes", b"Ash"), knows=False),
    Plant("name of a file", new_file(f"{SURNAME.lower()}.html", b"<p>Ash</p>"), says="holds"),
    Plant("name of a file, joined", new_file(f"the_{SURNAME}_2.html", b"<p>Ash</p>"), says="holds"),
    Plant("name of a file, decomposed", new_file(unicodedata.normalize("NFD", f"{ACCENTED}.html"), b"Ash"), says="holds"),
    Plant("name of a file, percent", new_file("%46eatherstone.html", b"Ash"), says="holds"),
    Plant("name of a file, an id", new_file(f"{IDENTIFIER}.html", b"Ash"), says="holds"),
    Plant("name of a folder", new_file(f"{SURNAME}/more.html", b"Ash"), says="holds"),
    Plant("name of an empty folder", _empty_folder, says="holds"),
]  # fmt: skip
