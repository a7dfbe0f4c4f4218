"""The theme's scripts: typed, linted, and their pure logic tested, all by Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.js.node import HERE, node, package


def run(*arguments: str | Path, cwd: Path = ROOT, text: str | None = None) -> str:
    """What Node printed; the test fails with it unless all went well."""
    done = subprocess.run(
        [node(), *map(str, arguments)], cwd=cwd, input=text, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        pytest.fail(done.stdout + done.stderr)
    return done.stdout


def test_the_types_hold() -> None:
    run(package("typescript") / "bin/tsc", "--project", HERE / "tsconfig.json")


def test_a_wrong_type_is_found(tmp_path: Path) -> None:
    """Scripts see each other's globals: this one calls a function of frames.js wrongly."""
    config = (HERE / "tsconfig.json").read_text("utf-8")
    theme = (ROOT / "theme/assets/vig").as_posix()
    (tmp_path / "tsconfig.json").write_text(
        config.replace("../../theme/assets/vig/*.js", f"{theme}/frames.js").replace(
            "../../vigsite/local_server/*.js", "wrong.js"
        )
    )
    (tmp_path / "wrong.js").write_text("'use strict';\nvigFrames.clamp('one', 2);\n")
    with pytest.raises(pytest.fail.Exception, match=r"wrong\.js\(2,17\).*TS2345"):
        run(package("typescript") / "bin/tsc", "--project", tmp_path / "tsconfig.json")


ESLINT = ("--config", "tests/js/eslint.config.mjs", "--max-warnings", "0")


def test_the_linter_finds_nothing() -> None:
    run(
        package("eslint") / "bin/eslint.js",
        *ESLINT,
        "theme/assets/vig/*.js",
        "vigsite/local_server/*.js",
        "tests/js",
    )


def test_what_must_not_be_in_a_page_is_found() -> None:
    wrong = {
        "vigNothing();": "no-undef",
        "fetch('words.json');": "no-restricted-globals",
        "window.localStorage.setItem('a', 'b');": "no-restricted-properties",
        "document.body.innerHTML = name;": "no-restricted-syntax",
    }
    code = "\n".join(["'use strict';", *wrong])
    place = ("--stdin", "--stdin-filename", "theme/assets/vig/wrong.js", "--format", "json")
    with pytest.raises(pytest.fail.Exception) as found:
        run(package("eslint") / "bin/eslint.js", *ESLINT, *place, text=code)
    messages = json.loads(str(found.value))[0]["messages"]
    assert [message["ruleId"] for message in messages] == list(wrong.values())


def test_pure_logic() -> None:
    tests = sorted(HERE.glob("*.test.mjs"))
    said = run("--test", "--test-reporter=tap", *tests)
    assert "# fail 0" in said
    assert f"# pass {said.count(chr(10) + 'ok ')}" in said
