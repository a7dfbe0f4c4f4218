"""One page has its limits, and says what to use instead."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Vigsite
from tests.helpers.families import Family
from vigsite.building.pack_request import Packed, PackWish
from vigsite.building.request import Watcher, Wish
from vigsite.case.case_file import Form
from vigsite.commands import pack
from vigsite.commands.pack import pack_case
from vigsite.errors import InputError, SiteError
from vigsite.keepsake.edition import Kept
from vigsite.keepsake.pack import contents
from vigsite.keepsake.pack.file_names import Names

QUIET = Watcher(lambda said: None, lambda jobs: None)


def one_page(of: Family, place: Path) -> Packed:
    build = Wish(out=place / "sites", quality="draft")
    wish = PackWish("single file", build, place / "packs")
    return pack_case(of.directory, wish, QUIET)


def test_one_page_holds_short_clips_and_warns_when_it_is_large(
    ash: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "LONGEST_CLIP", 1000)
    with pytest.raises(InputError, match=r"clips of more than 0 MB: Ash looks up .*--zip instead"):
        one_page(ash, tmp_path)
    assert not (tmp_path / "packs").exists()
    assert not (ash.directory / "handovers.yml").exists()
    monkeypatch.undo()
    assert one_page(ash, tmp_path).sentences == []
    monkeypatch.setattr(pack, "LARGE", 1000)
    again = one_page(ash, tmp_path)
    assert again.unchanged
    assert "which many phones do not open well" in again.sentences[0]
    assert "“For your phone” or the film of a usual pack instead" in again.sentences[0]


NOTE = "<p>Ask K. about the wait in supervision.</p></body>"


def refused(of: Family, place: Path, form: Form) -> str:
    """What is said instead of a pack; nothing of the page is left, and no line tells of it."""
    build = Wish(out=place / "sites", quality="draft")
    with pytest.raises(SiteError) as caught:
        pack_case(of.directory, PackWish(form, build, place / "packs"), QUIET)
    left = {path.name for path in (place / "packs/ash").iterdir()}
    assert left <= {".vigsite.json", "To keep"}
    assert not (of.directory / "handovers.yml").exists()
    return str(caught.value)


def _another_picture() -> str:
    out = io.BytesIO()
    Image.new("RGB", (32, 18), "red").save(out, "JPEG")
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


def test_a_page_with_what_it_must_not_hold_is_not_handed_over(
    ash: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A private note, a picture of no moment of it, a film that is another."""
    page = contents.single_page
    picture = f'<img alt="" src="{_another_picture()}"></body>'
    film = "data:video/mp4;base64,"
    for old, new, said in (
        ("</body>", NOTE, 'moment "looks": private in 1-tea/cycle.yml'),
        ("</body>", picture, "belongs to no admitted moment"),
        ("/9j/2wBDAAg", "/9j/2wBDAAk", "belongs to no admitted moment"),
        (film, f"{film}AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1w", "belongs to no admitted"),
    ):

        def leaking(kept: Kept, old: str = old, new: str = new) -> str:
            whole = page(kept)
            assert old in whole
            return whole.replace(old, new, 1)

        monkeypatch.setattr(pack, "single_page", leaking)
        found = refused(ash, tmp_path, "single file")
        assert "To keep.html, " in found
        assert said in found


def test_a_cover_note_with_a_private_note_is_not_handed_over(
    ash: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ash.change("case.yml", "goals:", "film: {leave_out: [1-tea/looks, 1-tea/smile]}\ngoals:")
    note = contents.cover_note

    def leaking(kept: Kept, names: Names, file: str) -> str:
        return note(kept, names, file).replace("</body>", NOTE)

    monkeypatch.setattr(pack, "cover_note", leaking)
    found = refused(ash, tmp_path, "encrypted zip")
    assert "How to open the locked file.html, line" in found
    assert 'moment "looks": private in 1-tea/cycle.yml' in found


def test_a_page_of_its_own_can_be_audited(ash: Family, tmp_path: Path, vigsite: Vigsite) -> None:
    """By whoever has the page alone, and by whoever has the case."""
    page = one_page(ash, tmp_path).target
    for case in ((), ("--case", ash.directory)):
        clean = vigsite("audit", page, *case)
        assert clean.status == 0, clean.out
    other = tmp_path / "sent.html"
    other.write_text(page.read_text("utf-8").replace("</body>", NOTE), "utf-8")
    found = vigsite("audit", other, "--case", ash.directory)
    assert found.status == 1
    assert "sent.html, line" in found.out
