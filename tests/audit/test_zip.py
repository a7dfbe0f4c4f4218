"""A zip is looked at without unpacking it anywhere; a hostile one ends in a sentence."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import pyzipper
from pyzipper.zipfile_aes import AESZipInfo

from tests.helpers.audited_site import Built
from vigsite.audit.audit import audit_zip
from vigsite.audit.finding import SITE, rules_for
from vigsite.audit.formats.zip import Archive
from vigsite.audit.search.search import Secrets
from vigsite.case.editions import Edition
from vigsite.errors import InputError
from vigsite.withheld.spellings import named

NONE = Secrets(tuple(named("Featherstone", "never_show")))
WORDS = "six plain words for this pack"


def packed(site: Path, target: Path, more: Callable[[zipfile.ZipFile], None] | None = None) -> Path:
    """A zip of a site, as bare as a zip can be."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(site.rglob("*")):
            if file.is_file():
                archive.writestr(entry(file.relative_to(site).as_posix()), file.read_bytes())
        if more:
            more(archive)
    return target


def entry(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    made.external_attr = 0o644 << 16
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def found(file: Path, secrets: Secrets = NONE, passphrase: str | None = None) -> list[str]:
    return [str(finding) for finding in audit_zip(file, secrets, SITE, passphrase)]


def test_a_bare_zip_of_a_site_is_clean(built: Built, tmp_path: Path) -> None:
    file = packed(built.site(Edition.KEEPSAKE), tmp_path / "k.zip")
    assert found(file, built.secrets(Edition.KEEPSAKE)) == []


def test_a_locked_zip_is_looked_into_with_its_passphrase(built: Built, tmp_path: Path) -> None:
    file = tmp_path / "k.zip"
    with pyzipper.AESZipFile(
        file, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(WORDS.encode())
        site = built.site(Edition.KEEPSAKE)
        for path in sorted(site.rglob("*")):
            if path.is_file():
                made = AESZipInfo(path.relative_to(site).as_posix(), (1980, 1, 1, 0, 0, 0))
                archive.writestr(made, path.read_bytes())
    assert found(file, passphrase=WORDS) == []
    with pytest.raises(InputError, match="is locked; give its passphrase"):
        found(file)
    with pytest.raises(InputError, match="does not open"):
        found(file, passphrase="wrong")
    with pyzipper.AESZipFile(file, "a", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(WORDS.encode())
        archive.writestr(AESZipInfo("x.html"), b"<p>Feather<b>stone")
    assert any("Featherstone" in finding for finding in found(file, passphrase=WORDS))


def found_or_said(file: Path) -> list[str]:
    """The findings, or the one sentence that it cannot be read."""
    try:
        return found(file, Secrets())
    except InputError as error:
        return [str(error)]


def _link(archive: zipfile.ZipFile) -> None:
    made = entry("linked.html")
    made.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(made, "/etc/hostname")


def _extra(archive: zipfile.ZipFile) -> None:
    made = entry("x.html")
    made.extra = struct.pack("<HH", 0x6375, 12) + b"Featherstone"
    archive.writestr(made, "x")


def _member_comment(archive: zipfile.ZipFile) -> None:
    made = entry("x.html")
    made.comment = b"at Featherstone"
    archive.writestr(made, "x")


def _comment(archive: zipfile.ZipFile) -> None:
    archive.comment = b"at Featherstone"


def _nested(archive: zipfile.ZipFile) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.txt", "Featherstone")
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("b.zip", inner.getvalue())
    archive.writestr(entry("x.zip"), outer.getvalue())


def _twice(archive: zipfile.ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(entry("index.html"), "x")


ODD: dict[str, tuple[Callable[[zipfile.ZipFile], None], str]] = {
    "a link": (_link, "is a link or device"),
    "a comment": (_comment, "carries a comment"),
    "words in a comment": (_comment, "Featherstone"),
    "a member's comment": (_member_comment, "carries a comment"),
    "words in a member's comment": (_member_comment, "Featherstone"),
    "extra fields": (_extra, "carries times, owners or more"),
    "words in extra fields": (_extra, "Featherstone"),
    "words in a zip in a zip": (_nested, "Featherstone"),
    "a zip": (_nested, "is of a kind that does not belong there"),
    "two of a name": (_twice, "is there twice"),
    "two of a name but for capitals": (lambda z: z.writestr(entry("Index.html"), "x"), "there twice"),
    "a way out": (lambda z: z.writestr(entry("../x.html"), "x"), "outside of its folder"),
    "a root": (lambda z: z.writestr(entry("/x.html"), "x"), "outside of its folder"),
    "a drive": (lambda z: z.writestr(entry("C:/x.html"), "x"), "outside of its folder"),
    "a backslash": (lambda z: z.writestr(entry("..\\x.html"), "x"), "outside of its folder"),
    "a name": (lambda z: z.writestr(entry("media/featherstone.jpg"), "x"), "Featherstone"),
    "a date": (lambda z: z.writestr(zipfile.ZipInfo("x.html", (2026, 3, 1, 9, 0, 0)), "x"), "when it was packed"),
    "a bomb": (lambda z: z.writestr(entry("x.html"), bytes(30_000_000)), "unpacks to far more"),
    "a hidden file": (lambda z: z.writestr(entry(".x.html"), "x"), "is hidden"),
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
def test_an_odd_zip_is_found(built: Built, tmp_path: Path, what: str) -> None:
    more, words = ODD[what]
    file = packed(built.site(Edition.KEEPSAKE), tmp_path / "k.zip", more)
    assert any(words in finding for finding in found(file)), found(file)


@pytest.mark.parametrize("where", ["before", "behind", "between"])
def test_bytes_beside_the_members_are_found(built: Built, tmp_path: Path, where: str) -> None:
    file = packed(built.site(Edition.KEEPSAKE), tmp_path / "k.zip")
    raw = file.read_bytes()
    end = raw.rindex(b"PK\5\6")
    start = int.from_bytes(raw[end + 16 : end + 20], "little")
    moved = raw[end : end + 16] + (start + 5).to_bytes(4, "little") + raw[end + 20 :]
    spoiled = {
        "before": b"hello" + raw,
        "behind": raw + b"hello",
        "between": raw[:start] + b"hello" + raw[start:end] + moved,
    }[where]
    file.write_bytes(spoiled)
    words = ("bytes between", "behind its end", "cannot be read as a zip")
    assert any(word in f for f in found_or_said(file) for word in words)


def test_many_members_are_not_all_read(tmp_path: Path) -> None:
    file = tmp_path / "many.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(20_001):
            archive.writestr(entry(f"{number}.txt"), "")
    many = Archive(file.name, file)
    assert any("more than 20000 files" in finding.what for finding in many.findings())
    assert len(list(many.members())) == 20_000


def test_what_is_no_zip_ends_in_a_sentence(tmp_path: Path, built: Built) -> None:
    whole = packed(built.site(Edition.KEEPSAKE), tmp_path / "k.zip").read_bytes()
    odd = tmp_path / "odd.zip"
    for raw in (b"", b"PK\3\4", whole[:5000], whole[5000:], whole[:-30]):
        odd.write_bytes(raw)
        assert found_or_said(odd)
    for place in range(len(whole) - 2000, len(whole), 17):
        odd.write_bytes(whole[:place] + b"\xee" + whole[place + 1 :])
        found_or_said(odd)


@pytest.mark.parametrize(
    ("names", "start", "kinds"),
    [
        (["index.html", "media/a.jpg"], "index.html", ".html"),
        (["keepsake/index.html", "keepsake/x/index.html"], "keepsake/index.html", ".html"),
        (["p/START HERE.html", "p/site/index.html"], "p/site/index.html", ".pdf"),
        (["MANIFEST.sha256", "site/index.html"], "site/index.html", ".sha256"),
        (["01.mp4", "02.jpg"], None, ".mp4"),
    ],
)
def test_what_it_is_shows_by_its_names(names: list[str], start: str | None, kinds: str) -> None:
    assert rules_for(names).start == start
    assert kinds in rules_for(names).kinds
