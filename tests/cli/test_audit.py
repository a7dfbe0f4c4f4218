"""`vigsite audit`: for a practitioner with the case, and for a data-protection officer without."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
import pyzipper

from tests.audit.test_zip import packed
from tests.conftest import Vigsite
from tests.helpers.audited_site import Built, built
from vigsite.audit.finding import UNSEEN
from vigsite.audit.formats.html import read_markup
from vigsite.audit.formats.page_rules import policy_findings
from vigsite.case.editions import Edition

__all__ = ["built"]


@pytest.fixture
def spoiled(built: Built, tmp_path: Path) -> Path:
    """A keepsake with a private note in one page, behind a tag that looks like markup."""
    copy = tmp_path / "kept"
    shutil.copytree(built.site(Edition.KEEPSAKE), copy)
    page = copy / "about.html"
    note = "<p>Ask K. about&nbsp;the <b>wait</b> in supervision. &lt;script&gt;</p></main>"
    page.write_text(page.read_text("utf-8").replace("</main>", note), "utf-8")
    return copy


def test_without_a_case_it_says_what_it_could_not_look_for(built: Built, vigsite: Vigsite) -> None:
    done = vigsite("audit", built.site(Edition.KEEPSAKE))
    assert done.status == 0, done.out
    assert "nothing found" in done.out
    assert UNSEEN in done.out
    assert "No case was given (--case)" in done.out


def test_with_its_case_it_finds_a_private_note(
    built: Built, spoiled: Path, vigsite: Vigsite
) -> None:
    assert vigsite("audit", spoiled).status == 0
    done = vigsite("audit", spoiled, "--case", built.case, "--edition", "keepsake")
    assert done.status == 1
    assert "about.html, line" in done.out
    assert 'from moment "looks": private in 1-tea/cycle.yml' in done.out
    assert "Do not hand it on" in done.out


def test_a_site_of_the_case_needs_no_edition(built: Built, vigsite: Vigsite) -> None:
    for edition in Edition:
        done = vigsite("audit", built.site(edition), "--case", built.case)
        assert done.status == 0, done.out
        assert f"as the {edition} of ash" in done.out


def test_an_unknown_site_asks_for_its_edition(
    built: Built, spoiled: Path, vigsite: Vigsite
) -> None:
    done = vigsite("audit", spoiled, "--case", built.case)
    assert done.status == 2
    assert "say what it is, such as --edition keepsake" in done.err


def test_a_zip_is_audited_as_it_is(built: Built, tmp_path: Path, vigsite: Vigsite) -> None:
    file = packed(built.site(Edition.KEEPSAKE), tmp_path / "k.zip")
    done = vigsite("audit", file, "--case", built.case, "--edition", "keepsake")
    assert done.status == 0, done.out


def test_reports_say_the_same(
    built: Built, spoiled: Path, vigsite: Vigsite, tmp_path: Path
) -> None:
    for ending in ("json", "html", "txt"):
        done = vigsite(
            *("audit", spoiled, "--case", built.case, "--edition", "keepsake"),
            *("--report", tmp_path / f"r.{ending}"),
        )
        assert done.status == 1
    said = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert said["against"] == "the keepsake of ash"
    assert UNSEEN in said["not_checked"]
    page = (tmp_path / "r.html").read_text("utf-8")
    shown = _text(page)
    plain = (tmp_path / "r.txt").read_text("utf-8")
    for finding in said["findings"]:
        assert finding["what"] in plain
        assert finding["what"] in shown
        assert finding["advice"] in shown
    assert list(policy_findings("r.html", read_markup(page))) == []


def _text(page: str) -> str:
    parts: list[str] = []
    reader = HTMLParser(convert_charrefs=True)
    reader.handle_data = parts.append  # type: ignore[method-assign,assignment]
    reader.feed(page)
    return "".join(parts)


def test_a_report_quotes_without_becoming_what_it_quotes(tmp_path: Path, vigsite: Vigsite) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<p>x</p>")
    (site / "<img src=x onerror=alert(1)>.yml").write_text("x")
    done = vigsite("audit", site, "--report", tmp_path / "r.html")
    assert done.status == 1
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.yml" in page


def test_a_passphrase_is_no_word_of_a_command(tmp_path: Path, vigsite: Vigsite) -> None:
    """The shell keeps a list of commands; `ps` shows them to everybody on the computer."""
    file = tmp_path / "k.zip"
    with pyzipper.AESZipFile(
        file, "w", compression=pyzipper.ZIP_STORED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(b"one-two-three")
        archive.writestr("index.html", "<p>x</p>")
    for command in ("audit", "verify"):
        done = vigsite(command, file, "--passphrase", "one-two-three")
        assert done.status == 2
        assert "--passphrase-stdin" in done.err
        assert "list of commands" in done.err
        assert "one-two-three" not in done.err
        assert "--passphrase " not in vigsite(command, "--help").out
    ask = [sys.executable, "-m", "vigsite", "audit", str(file)]
    for typed, status in (("One two three\n", 1), ("one-two-four\n", 2)):
        done_ = subprocess.run(
            [*ask, "--passphrase-stdin"], input=typed, capture_output=True, text=True, check=False
        )
        assert done_.returncode == status, done_.stderr
    silent = subprocess.run(
        ask, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert silent.returncode == 2
    assert "give its passphrase with --passphrase-stdin" in silent.stderr


WRONG = {
    "nothing": (["nowhere"], "no such folder or zip"),
    "a case": (["CASE"], "is a case; name a site of it"),
    "several sites": (["SITES"], "holds sites; name one of them"),
    "no zip": (["CASE/case.yml"], "is no folder and no zip"),
    "another ending": (["SITE", "--report", "r.pdf"], "ends in .html, .json or .txt"),
    "a report inside": (["SITE", "--report", "SITE/r.html"], "write the report elsewhere"),
    "an edition alone": (["SITE", "--edition", "review"], "add --case"),
    "no case": (["SITE", "--case", "SITES"], "holds no case.yml"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_ends_in_a_sentence(built: Built, vigsite: Vigsite, what: str) -> None:
    arguments, words = WRONG[what]
    places = {
        "SITES": built.sites / "ash",
        "SITE": built.site(Edition.KEEPSAKE),
        "CASE": built.case,
    }
    given = []
    for argument in arguments:
        for name, place in places.items():
            if argument == name or argument.startswith(f"{name}/"):
                given.append(argument.replace(name, str(place), 1))
                break
        else:
            given.append(argument)
    done = vigsite("audit", *given)
    assert done.status == 2
    assert words in done.err
