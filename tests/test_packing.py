"""One page has its limits, and says what to use instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.families import Family
from vigsite import packing
from vigsite.errors import InputError
from vigsite.order import Watcher, Wish
from vigsite.packing import Packed, PackWish, pack_case


def one_page(of: Family, place: Path) -> Packed:
    build = Wish(out=place / "sites", quality="draft")
    wish = PackWish("single file", build, place / "packs")
    return pack_case(of.directory, wish, Watcher(lambda said: None, lambda jobs: None))


def test_one_page_holds_short_clips_and_warns_when_it_is_large(
    ash: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "LONGEST_CLIP", 1000)
    with pytest.raises(InputError, match=r"clips of more than 0 MB: Ash looks up .*--zip instead"):
        one_page(ash, tmp_path)
    assert not (tmp_path / "packs").exists()
    assert not (ash.directory / "handovers.yml").exists()
    monkeypatch.undo()
    assert one_page(ash, tmp_path).sentences == []
    monkeypatch.setattr(packing, "LARGE", 1000)
    again = one_page(ash, tmp_path)
    assert again.unchanged
    assert "which many phones do not open well" in again.sentences[0]
    assert "“For your phone” or the film of a usual pack instead" in again.sentences[0]
