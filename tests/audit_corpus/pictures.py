"""Pictures that carry more than they show, or show what was left out."""

from __future__ import annotations

import base64
import io
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image, PngImagePlugin

from tests.audit_corpus.planting import CLIP, NOTE, STILL, SURNAME, Built, Plant, into_page
from tests.helpers.counted_films import run_ffmpeg

_WITHHELD = "media/cycle-1-moment-3-640.jpg"
Put = Callable[[Path, Built], str]


def _exiftool(*tags: str) -> Put:
    def put(copy: Path, built: Built) -> str:
        command = ["exiftool", "-q", "-overwrite_original", *tags, str(copy / STILL)]
        subprocess.run(command, check=True, capture_output=True)
        return STILL

    return put


def _bytes(changed: Callable[[bytes], bytes]) -> Put:
    def put(copy: Path, built: Built) -> str:
        (copy / STILL).write_bytes(changed((copy / STILL).read_bytes()))
        return STILL

    return put


def _segment(marker: int, content: bytes) -> Put:
    """A segment right behind the start of the picture."""
    piece = bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content
    return _bytes(lambda old: old[:2] + piece + old[2:])


def _saved(**options: object) -> Put:
    def put(copy: Path, built: Built) -> str:
        with Image.open(copy / STILL) as opened:
            picture = opened.convert("RGB")
        picture.save(copy / STILL, "JPEG", **options)
        return STILL

    return put


def _png(kind: str) -> bytes:
    noted = PngImagePlugin.PngInfo()
    match kind:
        case "tEXt":
            noted.add_text("Comment", NOTE)
        case "zTXt":
            noted.add_text("Comment", NOTE, zip=True)
        case "iTXt":
            noted.add_itxt("Comment", NOTE, zip=True)
        case "own":
            noted.add(b"prVt", NOTE.encode())
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG", pnginfo=noted)
    return out.getvalue() + (zlib.compress(NOTE.encode()) if kind == "behind" else b"")


def _inside_page(png: bytes) -> Put:
    code = base64.b64encode(png).decode()
    return into_page(f'<img alt="" src="data:image/png;base64,{code}">')


def _phone_picture() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Fairphone", "5"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    return exif


def _motion(copy: Path, built: Built) -> str:
    with (copy / STILL).open("ab") as file:
        file.write((built.review / CLIP).read_bytes())
    return STILL


def _withheld(copy: Path, built: Built) -> str:
    shutil.copyfile(built.review / _WITHHELD, copy / _WITHHELD)
    return _WITHHELD


def _withheld_in_place(copy: Path, built: Built) -> str:
    shutil.copyfile(built.review / _WITHHELD, copy / STILL)
    return STILL


def _withheld_again(copy: Path, built: Built) -> str:
    with Image.open(built.review / _WITHHELD) as opened:
        opened.resize((320, 180)).save(copy / STILL, "JPEG", quality=70)
    return STILL


def _withheld_as(markup: str) -> Put:
    def put(copy: Path, built: Built) -> str:
        code = base64.b64encode((built.review / _WITHHELD).read_bytes()).decode()
        return into_page(markup.replace("CODE", f"data:image/jpeg;base64,{code}"))(copy, built)

    return put


def _other_name(name: str) -> Put:
    def put(copy: Path, built: Built) -> str:
        shutil.copyfile(built.review / _WITHHELD, copy / name)
        return name

    return put


def _clip_as_picture(copy: Path, built: Built) -> str:
    shutil.copyfile(copy / CLIP, copy / STILL)
    return STILL


def _picture_as_clip(copy: Path, built: Built) -> str:
    shutil.copyfile(copy / STILL, copy / CLIP)
    return CLIP


def _other_seconds(copy: Path, built: Built) -> str:
    [film] = (built.case / "1-tea").glob("*.mp4")
    run_ffmpeg("-ss", "2.8", "-i", str(film), "-frames:v", "1", "-map_metadata", "-1",
               "-fflags", "+bitexact", "-flags", "+bitexact", str(copy / STILL))  # fmt: skip
    return STILL


PLANTS = [
    Plant("EXIF place", _saved(exif=_phone_picture()), knows=False),
    Plant("EXIF artist", _exiftool(f"-Artist={SURNAME}"), knows=False),
    Plant("EXIF day", _exiftool("-DateTimeOriginal=2026:02:01 19:33:22"), knows=False),
    Plant("EXIF user comment", _exiftool(f"-UserComment={NOTE}"), says="holds"),
    Plant("XMP", _exiftool(f"-XMP:Creator={SURNAME}"), knows=False),
    Plant("XMP, the name itself", _exiftool(f"-XMP:Creator={SURNAME}"), says="holds"),
    Plant("IPTC", _exiftool("-IPTC:City=Leeds"), knows=False),
    Plant("JPEG comment", _saved(comment=NOTE.encode()), knows=False),
    Plant("JPEG comment, the words", _saved(comment=NOTE.encode()), says="holds"),
    Plant("colour profile's words", _saved(icc_profile=b"\0" * 128 + SURNAME.encode()), knows=False),
    Plant("JPEG, own segment", _segment(0xEB, b"own\0" + NOTE.encode()), knows=False),
    Plant("JPEG, second JFIF with thumbnail", _segment(0xE0, b"JFXX\0\x13" + bytes(30)), knows=False),
    Plant("JPEG, behind its end", _bytes(lambda old: old + NOTE.encode()), knows=False),
    Plant("JPEG, second picture behind", _bytes(lambda old: old + old), knows=False),
    Plant("JPEG, before its start", _bytes(lambda old: NOTE.encode() + old), knows=False),
    Plant("JPEG, gzip behind its end", _bytes(lambda old: old + zlib.compress(NOTE.encode())), says="holds"),
    Plant("moving picture", _motion, knows=False),
    Plant("PNG text", _inside_page(_png("tEXt")), says="holds"),
    Plant("PNG text, compressed", _inside_page(_png("zTXt")), says="holds"),
    Plant("PNG text, international", _inside_page(_png("iTXt")), says="holds"),
    Plant("PNG, own chunk", _inside_page(_png("own")), says="holds"),
    Plant("PNG, behind its end", _inside_page(_png("behind")), says="holds"),
    Plant("picture left out", _withheld),
    Plant("picture left out, in place of another", _withheld_in_place),
    Plant("picture left out, smaller", _withheld_again),
    Plant("picture left out, inside a page", _withheld_as('<img alt="" src="CODE">')),
    Plant("picture left out, in a page's SVG", _withheld_as('<svg><image href="CODE"/></svg>')),
    Plant("picture left out, as an icon", _other_name("assets/vig/icon.svg")),
    Plant("picture left out, as a text", _other_name("media/more.txt")),
    Plant("picture of other seconds", _other_seconds),
    Plant("clip in a picture's clothes", _clip_as_picture, knows=False),
    Plant("picture in a clip's clothes", _picture_as_clip, knows=False),
]  # fmt: skip
