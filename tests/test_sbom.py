"""The list of parts (SBOM) names what vigsite runs with, as it is installed, and nothing else."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from typing import Any

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def sbom(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("sbom") / "sbom.json"
    command = [sys.executable, "tools/sbom.py", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    read: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return read


def parts(sbom: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {re.sub(r"[-_.]+", "-", part["name"]).lower(): part for part in sbom["components"]}


def test_it_is_cyclonedx_of_vigsite_without_a_date(sbom: dict[str, Any]) -> None:
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    assert sbom["metadata"]["component"]["name"] == "vigsite"
    assert "timestamp" not in sbom["metadata"]


def test_it_names_every_dependency_as_installed_and_no_tool_of_development(
    sbom: dict[str, Any],
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {re.split(r"[<>=\[ ]", line)[0] for line in project["dependencies"]}
    there = parts(sbom)
    assert asked <= set(there)
    assert {"markupsafe", "pydantic-core", "ffmpeg"} <= set(there)
    assert not {"pytest", "hypothesis", "ruff", "mypy", "playwright", "cyclonedx-python-lib"} & set(
        there
    )
    for name in asked:
        assert there[name]["version"] == version(name)
        assert there[name]["purl"] == f"pkg:pypi/{name}@{version(name)}"
    assert [name for name, part in there.items() if not part.get("licenses")] == []
    assert "UNKNOWN" not in json.dumps(sbom)


def test_every_vendored_file_has_its_hash(sbom: dict[str, Any]) -> None:
    listed = {
        digest["content"]
        for part in sbom["components"]
        for file in part.get("components", [])
        for digest in file["hashes"]
    }
    lock = json.loads((ROOT / "tools/vendor.lock.json").read_text("utf-8"))
    vendored = [f for entry in lock["packages"] for f in (ROOT / entry["folder"]).rglob("*")]
    assert len(vendored) >= 10
    assert {hashlib.sha256(f.read_bytes()).hexdigest() for f in vendored if f.is_file()} == listed


def test_who_needs_whom_is_told_of_parts_that_are_there(sbom: dict[str, Any]) -> None:
    known = {part["bom-ref"] for part in sbom["components"]} | {"vigsite"}
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in sbom["dependencies"]}
    assert "mkdocs" in needs["vigsite"]
    assert "jinja2" in needs["mkdocs"]
    assert "ffmpeg" in needs["imageio-ffmpeg"]
    assert {ref for others in needs.values() for ref in others} <= known
