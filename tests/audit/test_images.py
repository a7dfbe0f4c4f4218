"""Pictures, fonts: nothing but what draws."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.audit.planted import png
from tests.helpers.audited_site import Built
from vigsite.audit.finding import SITE
from vigsite.audit.formats.images import png_findings
from vigsite.audit.one_file import Look
from vigsite.audit.search.matcher import Secret
from vigsite.audit.search.search import Secrets
from vigsite.case.editions import Edition
from vigsite.resources import resource_root
from vigsite.withheld.spellings import named

SAID = b" at Featherstone, again "
LOOK = Look(Secrets(tuple(named("Featherstone", "never_show"))), SITE)


@pytest.fixture(scope="module")
def still(built: Built) -> bytes:
    return next((built.site(Edition.KEEPSAKE) / "media").glob("*.jpg")).read_bytes()


def found(name: str, raw: bytes) -> list[str]:
    return [str(finding) for finding in LOOK.file(name, raw)]


def segment(kind: int, body: bytes) -> bytes:
    return bytes([0xFF, kind]) + (len(body) + 2).to_bytes(2) + body


def test_a_still_of_ours_is_clean(still: bytes) -> None:
    assert found("a.jpg", still) == []


SEGMENTS = {
    "a comment": segment(0xFE, SAID),
    "EXIF": segment(0xE1, b"Exif\0\0" + SAID),
    "XMP": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SAID),
    "IPTC": segment(0xED, b"Photoshop 3.0\0" + SAID),
    "a colour profile": segment(0xE2, b"ICC_PROFILE\0\1\1" + zlib.compress(SAID)),
    "another segment": segment(0xEB, SAID),
    "JFIF's own little picture": segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\10" + SAID),
    "JFXX": segment(0xE0, b"JFXX\0\x10" + SAID),
}


@pytest.mark.parametrize("what", SEGMENTS)
def test_a_segment_too_many_is_found(still: bytes, what: str) -> None:
    found_ = found("a.jpg", still[:2] + SEGMENTS[what] + still[2:])
    assert any("which can tell where, when or who" in finding for finding in found_)
    assert any("Featherstone" in finding for finding in found_)


@pytest.mark.parametrize("behind", [SAID, zlib.compress(SAID), b"\xff\xd8\xff\xd9" + SAID])
def test_bytes_behind_the_end_are_found(still: bytes, behind: bytes) -> None:
    found_ = found("a.jpg", still + behind)
    assert any("behind its end" in finding for finding in found_)
    assert any("Featherstone" in finding for finding in found_)


def test_words_in_the_picture_data_are_found(still: bytes) -> None:
    middle = len(still) // 2
    raw = still[:middle] + SAID + still[middle + len(SAID) :]
    assert any("Featherstone" in finding for finding in found("a.jpg", raw))


@pytest.mark.parametrize(
    "raw", [b"", b"\x89PNG\r\n\x1a\n", b"PK\3\4", b"\xff\xd8", b"\xff\xd8\xff\xe0"]
)
def test_what_is_no_picture_is_found(raw: bytes) -> None:
    assert found("a.jpg", raw)


def test_any_byte_may_be_wrong_and_nothing_breaks(still: bytes) -> None:
    for place in range(0, 700, 11):
        found("a.jpg", still[:place] + b"\xee" + still[place + 1 :])
        found("a.jpg", still[:place])


def test_a_picture_of_another_program_is_found() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=b"made by x")
    assert any("a comment" in finding for finding in found("a.jpg", out.getvalue()))


def test_png_text_and_what_stands_behind_is_found() -> None:
    assert list(png_findings("a", png())) == []
    assert list(png_findings("a", png((b"tEXt", b"x\0y"))))
    assert list(png_findings("a", png((b"eXIf", b"x"))))
    assert list(png_findings("a", png() + b"x"))


def test_words_in_a_font_are_found() -> None:
    font = next((resource_root() / "theme").rglob("*.woff2")).read_bytes()
    assert found("a.woff2", font) == []
    assert any("beside the letters" in f for f in found("a.woff2", font[:32] + b"\1" + font[33:]))
    assert any("behind its end" in f for f in found("a.woff2", font + SAID))
    assert any("Featherstone" in f for f in found("a.woff2", font + SAID))
    assert found("a.woff2", b"wOFF")


def test_a_page_may_not_carry_a_spoiled_picture(keepsake: Path) -> None:
    import base64

    from tests.audit.test_folder import findings

    page = keepsake / "about.html"
    raw = base64.b64encode(png((b"tEXt", b"a\0b"))).decode()
    image = f'<img alt="" src="data:image/png;base64,{raw}"><main'
    page.write_text(page.read_text("utf-8").replace("<main", image, 1), "utf-8")
    assert any("which draws nothing" in finding for finding in findings(keepsake))


def _page(picture: bytes) -> bytes:
    import base64

    body = b'<img alt="" src="data:image/jpeg;base64,' + base64.b64encode(picture) + b'">'
    return b"<html><body>" + body + b"</body></html>"


def test_the_code_of_a_picture_in_a_page_is_no_word(still: bytes) -> None:
    """Large pictures hold any three letters by chance, and a pack must not fail by it."""
    look = Look(Secrets((Secret("Ash", "pseudonym"),)), SITE)
    by_chance = still[:-300] + b"\x9c\x8f Ash \x81\x9d" + still[-300:]
    assert not [f for f in look.file("a.html", _page(by_chance)) if "'Ash'" in str(f)]


@pytest.mark.parametrize("behind", [SAID, SAID.decode().encode("utf-16-le")])
def test_words_in_a_picture_in_a_page_are_found(still: bytes, behind: bytes) -> None:
    assert any(
        "Featherstone" in f and "picture 1" in f for f in found("a.html", _page(still + behind))
    )


@pytest.mark.parametrize(
    ("kind", "inside"),
    [("JPEG", False), ("PNG", False), ("GIF", False), ("WEBP", False), ("JPEG", True)],
)
def test_a_picture_of_no_admitted_moment_in_a_page_is_found(
    still: bytes, kind: str, inside: bool
) -> None:
    """Whatever its kind, also in a drawing that stands in the page; its own pictures are not."""
    import base64
    import hashlib

    rules = replace(SITE, hashes=frozenset([hashlib.sha256(still).hexdigest()]))
    out = io.BytesIO()
    Image.open(io.BytesIO(still)).rotate(180).save(out, kind)
    page = _page(out.getvalue()).replace(b"image/jpeg", f"image/{kind.lower()}".encode())
    if inside:
        drawing = b"<svg>" + page[page.index(b"<img") : page.index(b"</body>")] + b"</svg>"
        page = b'<img alt="" src="data:image/svg+xml;base64,' + base64.b64encode(drawing) + b'">'
    said = [str(one) for one in Look(Secrets(()), rules).file("a.html", page)]
    assert any("belongs to no admitted" in one or "carries a file" in one for one in said)
    clean = [str(one) for one in Look(Secrets(()), rules).file("a.html", _page(still))]
    assert not any("belongs to no admitted" in one or "carries a file" in one for one in clean)


def test_code_that_is_no_picture_is_no_traceback() -> None:
    for code in (b"/9j/AAAAAAAAAAAAAAAAA", b"/9j/" + b"A" * 21, b"AAAA" + b"B" * 17):
        found("a.html", _page(b"").replace(b"base64,", b"base64," + code))
