"""The real command line in this process, and what a refusal has to say."""

from __future__ import annotations

import contextlib
import functools
import io
import re
import signal
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers.command_line import Done

LONGEST_S = 10
"""What reading one case may take, of one core."""
OF_THE_WHOLE = re.compile(
    r"is (empty;|missing|larger than 1 MB|not a regular file)|cannot be read:|"
    r"is written by vigsite alone|holds no case.yml|has the number|"
    r"the (case was|deletion of this)|this case was|deleted\.yml"
)
"""Faults of a whole file, which stand on no line."""

_BREAK = re.compile(b"\r\n|[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9]")
"""What ends a line for YAML."""


def profile(soak: bool, most: int, few: int) -> settings:
    """So many examples; the same few on every run unless there is time to soak."""
    return settings(
        max_examples=most if soak else few, derandomize=not soak, database=None, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], print_blob=soak,
    )  # fmt: skip


def vigsite(*arguments: object) -> Done:
    """How the command ended; whatever it lets through but an exit fails the test."""
    from vigsite.__main__ import main

    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
        patch.setattr(sys, "argv", ["vigsite", *map(str, arguments)])
        stack.callback(signal.signal, signal.SIGTERM, signal.getsignal(signal.SIGTERM))
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        began = time.process_time()
        with pytest.raises(SystemExit) as end:
            main()
        took = time.process_time() - began
    assert took < LONGEST_S, f"took {took:.1f} s"
    assert end.value.code in (0, 1, 2)
    return Done(int(end.value.code or 0), out.getvalue(), err.getvalue())


def check_refusal(done: Done, case: Path) -> None:
    """Each sentence names the file, and a line of it where there is one."""
    for text in (done.out, done.err):
        odd = {c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"}
        assert not odd, f"what is said holds the control characters {odd}"
    *faults, last = [line for line in done.err.split("\n") if not line.startswith("Note: ")][:-1]
    if not re.fullmatch(rf"{re.escape(str(case))}: \d+ faults?\.", last):
        faults.append(last)
    assert faults, done.err
    lines_of = functools.cache(lambda file: len(_BREAK.findall(file.read_bytes())) + 1)
    for fault in faults:
        place = re.match(rf"({re.escape(str(case))}[^:]*)(?::(\d+))?: \S", fault)
        assert place, f"names no file: {fault!r}"
        file = Path(place[1])
        if place[2]:
            assert 1 <= int(place[2]) <= lines_of(file), fault
        elif file.is_file():
            assert OF_THE_WHOLE.search(fault), f"names no line: {fault!r}"
