"""A site holds its own files and no others, and all of them lead to one another."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import need
from tests.helpers.audited_site import Built
from vigsite.audit.audit import audit_folder
from vigsite.audit.finding import SITE, Finding, refuse
from vigsite.audit.search.search import Secrets
from vigsite.case.editions import Edition
from vigsite.errors import SiteError
from vigsite.files.identity import sha256


def findings(site: Path, **rules: object) -> list[str]:
    return [str(finding) for finding in audit_folder(site, Secrets(), replace(SITE, **rules))]  # type: ignore[arg-type]


@pytest.mark.parametrize("edition", list(Edition))
def test_a_built_site_is_clean(built: Built, edition: Edition) -> None:
    assert audit_folder(built.site(edition), built.secrets(edition), SITE) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("notes.yml", "does not belong there"),
        ("page.md", "does not belong there"),
        ("assets/vig/vig.js.map", "does not belong there"),
        ("film.mov", "does not belong there"),
        ("index.html~", "is a copy that a program left"),
        ("index.html.bak", "is a copy that a program left"),
        (".hidden", "is hidden"),
        (".git/config", "is hidden"),
        ("media/.DS_Store", "is hidden"),
        ("media/A.JPG", "does not belong there"),
        ("words.vtt", "does not belong there"),
        ("search_index.json", "does not belong there"),
        ("more.html", "no page leads to it"),
        ("media/more.jpg", "no page leads to it"),
        ("assets/more.css", "no page leads to it"),
    ],
)
def test_a_file_too_many_is_found(keepsake: Path, name: str, words: str) -> None:
    (keepsake / name).parent.mkdir(parents=True, exist_ok=True)
    (keepsake / name).write_text("x")
    assert any(words in found for found in findings(keepsake))


def test_what_is_no_plain_file_is_found(keepsake: Path, tmp_path: Path) -> None:
    (keepsake / "linked.html").symlink_to(keepsake / "index.html")
    (keepsake / "media" / "linked").symlink_to(tmp_path)
    os.mkfifo(keepsake / "pipe.txt")
    (keepsake / "empty").mkdir()
    found = "\n".join(findings(keepsake))
    assert "linked.html: is a link to something else" in found
    assert "media/linked: is a link to something else" in found
    assert "pipe.txt: is no plain file" in found
    assert "empty: is an empty folder" in found


def test_words_beside_a_file_are_found(keepsake: Path) -> None:
    try:
        os.setxattr(keepsake / "index.html", "user.xdg.comment", b"Featherstone")
    except (AttributeError, OSError):
        need("a file system with attributes", there=False)
    assert any("carries words beside its content" in found for found in findings(keepsake))


def test_a_secret_in_a_name_is_found(built: Built, keepsake: Path) -> None:
    secrets = built.secrets(Edition.KEEPSAKE)
    for name in (
        "featherstone.jpg",
        "RmVhdGhlcnN0b25l.jpg",
        "%46eatherstone.jpg",
        "Feather\u00adstone.jpg",
    ):
        (keepsake / "media" / name).write_bytes(b"x")
    found = [f for f in audit_folder(keepsake, secrets, SITE) if "never_show" in f.what]
    assert len(found) == 4
    assert {finding.place for finding in found} == {"name"}


def test_media_must_be_those_of_the_admitted_moments(keepsake: Path) -> None:
    clip = next((keepsake / "media").glob("*.mp4"))
    media = {
        file.relative_to(keepsake).as_posix(): sha256(file)
        for file in (keepsake / "media").iterdir()
    }
    name = clip.relative_to(keepsake).as_posix()
    assert findings(keepsake, media=media) == []
    other = {**media, name: "0" * 64}
    assert any(
        f"{name}: is not the file that was made" in f for f in findings(keepsake, media=other)
    )
    fewer = {address: digest for address, digest in media.items() if address != name}
    assert any(f"{name}: belongs to no admitted" in f for f in findings(keepsake, media=fewer))
    clip.unlink()
    assert any(f"{name}: is missing" in f for f in findings(keepsake, media=media))


def test_only_our_own_scripts_and_styles_may_be_there(keepsake: Path) -> None:
    style = keepsake / "assets" / "vig" / "pages.css"
    style.write_text(style.read_text("utf-8") + "p { color: red }", "utf-8")
    assert findings(keepsake) == []
    assert any("is none of the scripts" in found for found in findings(keepsake, only_ours=True))


def test_a_broken_link_is_found(keepsake: Path) -> None:
    (keepsake / "about.html").unlink()
    assert any("'about.html' leads to nothing" in found for found in findings(keepsake))


def test_findings_refuse_and_say_what_to_do() -> None:
    refuse([])
    many = [Finding(f"{number}.html", "", "is odd", "Delete it.") for number in range(30)]
    with pytest.raises(SiteError, match=r"0\.html: is odd\. Delete it\.(?s:.*)and 10 more"):
        refuse(many)


def test_a_page_without_end_is_found_soon(keepsake: Path) -> None:
    (keepsake / "about.html").write_bytes(b"\0" * 30_000_000 + b"RmVhdGhlcnN0b25l")
    assert any("is 30 MB of text" in found for found in findings(keepsake))
