"""The wheel, installed by itself and run from another folder, builds a family's sites."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.helpers.families import Family

SETTING = ["templates/house.typ", "fonts/fraunces/regular.ttf", "fonts/fraunces/LICENSE.txt"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    return next(out.glob("*.whl"))


def with_pip() -> str:
    """A Python that has pip: this one, or the one its environment was made from."""
    for python in (sys.executable, getattr(sys, "_base_executable", "")):
        asked = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
        if asked.returncode == 0:
            return str(python)
    pytest.fail("no Python with pip is there")


def test_it_holds_theme_and_configuration_and_no_family(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "vigsite/_data/mkdocs.yml" in names
    assert "vigsite/_data/theme/main.html" in names
    assert "vigsite/case/frameworks/vig.yml" in names
    assert "vigsite/pages/templates/cycle.md.j2" in names
    assert "vigsite/keepsake/templates/start-here.html.j2" in names
    assert "vigsite/keepsake/templates/lone.css" in names
    assert "vigsite/passphrase_words.txt" in names
    assert {f"vigsite/local_server/present.{kind}" for kind in ("html", "css", "js")} <= set(names)
    assert {f"vigsite/keepsake/{name}" for name in SETTING} <= set(names)
    assert "vigsite/locales/vigsite.pot" in names
    assert len([name for name in names if name.endswith("/LC_MESSAGES/vigsite.mo")]) == 9
    assert not [
        name for name in names if "rowan" in name or name.startswith(("cases", "tests", "tools"))
    ]


def test_it_builds_a_family_from_another_folder(wheel: Path, ash: Family, tmp_path: Path) -> None:
    """In a new environment that has the libraries of this one, but not its vigsite."""
    venv.create(tmp_path / "venv", with_pip=False)
    places = {"base": str(tmp_path / "venv"), "platbase": str(tmp_path / "venv")}
    home = Path(sysconfig.get_path("purelib", vars=places))
    python = Path(sysconfig.get_path("scripts", vars=places)) / Path(sys.executable).name
    install = [
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--no-index",
        "--no-deps",
        str(wheel),
    ]
    subprocess.run([with_pip(), *install], check=True, capture_output=True)
    (home / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [python.with_name("vigsite"), "build", str(ash.directory), "--draft"],
        cwd=elsewhere, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (home / "vigsite/_data/theme/main.html").is_file()
    assert (elsewhere / "sites/ash/keepsake/assets/vig/pages.css").is_file()
