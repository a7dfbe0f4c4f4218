"""Any text in any file of a case: faults or none, never a traceback, nothing written by check."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.families import CASE, CLOSING, CYCLE, family
from vigsite.errors import VigsiteError
from vigsite.foresee import foresee

FILES = {"case.yml": CASE, "1-tea/cycle.yml": CYCLE, "closing.yml": CLOSING}
PIECES = st.sampled_from(
    [
        "NO", "1:05", "010", "~", "null", "\ufeff", "\u202e", "\x85", "e\u0301", "👩‍👧", "../", "con", "x" * 300,
        "<script>", "{{x}}", "{% raw %}", "&a", "*a", "!!python/object", "- ", ": ", "? ", "'", '"', "[", "]",
        "{", "}", ", ", "#", "\n", "\t", "\n  ", "---\n", "|\n", ">\n", "0:01 - 0:02", "2026-02-30", "-1",
        "9" * 40, "true", "%YAML 1.1\n", "\0", "\ud7ff",
    ]
)  # fmt: skip


def foreseen(texts: dict[str, str]) -> list[str]:
    """The faults of a case with these files; whatever else is raised fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        case = family(Path(folder) / "ash", None)
        for name, text in texts.items():
            (case.directory / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        before = sorted(case.directory.rglob("*"))
        try:
            found = [str(fault) for fault in foresee(case.directory, None).faults]
        except VigsiteError as error:
            found = [str(error)]
        assert sorted(case.directory.rglob("*")) == before
    return found


QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(
    st.sampled_from(sorted(FILES)),
    st.text(max_size=200) | st.lists(PIECES, max_size=30).map("".join),
)
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    assert foreseen({name: text})


@QUICK
@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_good_file_with_a_piece_put_in_is_read_or_refused(name: str, data: st.DataObject) -> None:
    good = FILES[name]
    place = data.draw(st.integers(0, len(good)))
    gone = data.draw(st.integers(0, 12))
    piece = data.draw(PIECES)
    for fault in foreseen({name: good[:place] + piece + good[place + gone :]}):
        assert ": " in fault
