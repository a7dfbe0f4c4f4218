"""A real Firefox that looks at built sites, led by tests/js/firefox.mjs over WebDriver BiDi."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, cast

import av
import pytest

from tests.conftest import need
from tests.helpers.counted_films import Grey
from tests.js.node import HERE, node, package

STRICT = {"security.fileuri.strict_origin_policy": True}
"""As Firefox is when people use it; puppeteer's own profile lets pages read their neighbours."""


@dataclass(frozen=True)
class Firefox:
    """A running Firefox; commands go to the tab that was opened or turned to last."""

    asks: IO[str]
    answers: IO[str]

    def do(self, command: str, *values: object) -> Any:
        """The answer to a command of firefox.mjs."""
        self.asks.write(json.dumps({"do": command, "with": values}) + "\n")
        self.asks.flush()
        answer = json.loads(self.answers.readline() or '{"fault": "Firefox is gone"}')
        if "fault" in answer:
            pytest.fail(f"{command} {values}: {answer['fault']}")
        return answer["value"]

    def evaluate(self, code: str) -> Any:
        return self.do("evaluate", code)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.do("press", key)

    def until(self, code: str, seconds: float = 10) -> None:
        """Waits for an expression to come true."""
        end = time.monotonic() + seconds
        while not self.evaluate(code):
            if time.monotonic() > end:
                pytest.fail(f"never came true: {code}")
            time.sleep(0.01)

    def picture(self, x: float, y: float, width: float, height: float) -> Grey:
        """A part of the page as it is on screen, in grey."""
        shot = base64.b64decode(self.do("picture", x, y, width, height))
        with av.open(io.BytesIO(shot), "r") as opened:
            return cast("Grey", next(opened.decode(video=0)).to_ndarray(format="gray"))

    def quiet(self, *places: str) -> bool:
        """Whether all that was asked for lies in these places, and nothing was complained of."""
        seen = self.do("seen")
        allowed = (*places, "data:", "about:", "blob:")
        assert [url for url in seen["requests"] if not url.startswith(allowed)] == []
        assert seen["complaints"] == []
        return True


@contextmanager
def firefox(program: str, node: str, script: str) -> Iterator[Firefox]:
    """Starts Firefox and ends it."""
    command = [node, script, program, json.dumps(STRICT)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        try:
            yield Firefox(running.stdin, running.stdout)
        finally:
            running.stdin.close()
            running.wait(timeout=180)


@pytest.fixture(scope="module")
def fox() -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    need("Firefox", program is not None)
    package("puppeteer-core")
    with firefox(str(program), node(), str(HERE / "firefox.mjs")) as running:
        yield running


@pytest.fixture
def tab(fox: Firefox) -> Iterator[Firefox]:
    """An empty tab, closed again with every window that it opened."""
    before = set(fox.do("open_tabs"))
    fox.do("tab")
    fox.do("seen")
    yield fox
    for number in set(fox.do("open_tabs")) - before:
        fox.do("turn", number)
        fox.do("close")
