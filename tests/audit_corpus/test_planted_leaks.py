"""Every planted leak is found, with the file that it lies in, and what was built is clean."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.audit_corpus import archives, films, pages, papers, pictures, words
from tests.audit_corpus.planting import Built, Plant, built_once
from tests.conftest import need
from vigsite.case.editions import Edition
from vigsite.commands.audit import audit_place

PLANTS = [
    *words.PLANTS,
    *pages.PLANTS,
    *pictures.PLANTS,
    *films.PLANTS,
    *papers.PLANTS,
    *archives.PLANTS,
]


_HEAVY = (papers.ALBUM, papers.START, "Our film.mp4")
"""Left out of the zips that are planted into, so that each is looked through quickly."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    need("exiftool", shutil.which("exiftool") is not None)
    return built_once(tmp_path_factory.mktemp("planted"))


def _copied(of: str, built: Built, folder: Path) -> Path:
    source: Path = getattr(built, of)
    if source.is_dir():
        return Path(shutil.copytree(source, folder / "copy"))
    copy = folder / "pack.zip"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(copy, "w") as light:
        for one in whole.infolist():
            if one.filename not in _HEAVY:
                light.writestr(one, whole.read(one))
    return copy


@pytest.mark.parametrize("plant", PLANTS, ids=[f"{one.of}: {one.kind}" for one in PLANTS])
def test_a_planted_leak_is_found(plant: Plant, built: Built, tmp_path: Path) -> None:
    """A finding names the file, and says of words that it holds them."""
    copy = _copied(plant.of, built, tmp_path)
    file = plant.put(copy, built)
    case = built.case if plant.knows else None
    report = audit_place(copy, case, Edition.KEEPSAKE if case else None, None)
    told = [f"{one.file}, {one.place}: {one.what}" for one in report.findings]
    assert any(file in one.file and re.search(plant.says, one.what) for one in report.findings), (
        told
    )


@pytest.mark.parametrize("of", ["site", "pack", "zip"])
@pytest.mark.parametrize("knows", [True, False])
def test_what_nothing_was_planted_in_is_clean(
    of: str, knows: bool, built: Built, tmp_path: Path
) -> None:
    """Otherwise nothing above would mean anything."""
    copy = _copied(of, built, tmp_path)
    report = audit_place(
        copy, built.case if knows else None, Edition.KEEPSAKE if knows else None, None
    )
    assert not report.findings


def test_each_kind_is_planted_once() -> None:
    """More than three hundred would be boasting; sixty were asked for."""
    kinds = [one.kind for one in PLANTS]
    assert len(set(kinds)) == len(kinds) >= 60
