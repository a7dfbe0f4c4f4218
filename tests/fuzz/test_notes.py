"""Whatever stands in the notes: read or refused in sentences with file and line, never a traceback.

What is read can be written as pages, too.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.fuzz.told import check_refusal, profile, vigsite
from tests.helpers.counted_films import run_ffmpeg
from tests.helpers.families import CASE, CLOSING, CYCLE, family
from tests.helpers.generated_cases import World
from vigsite.building.examine import examine
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.load import load_case
from vigsite.errors import VigsiteError
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import DRAFT
from vigsite.pages.markdown import write_pages
from vigsite.pages.projection import project

PIECES = [
    "NO", "1:05", "010", "0x1F", "1_000", "1e999", "-1", ".inf", ".nan", "~", "null", "true", "9" * 40,
    "2026-02-30", "2026-02-28T10:00:00Z", "0:01 - 0:02", "0:02 - 0:01", "99999999999:00", "0:01.0004",
    "\ufeff", "\u202e", "\u2028", "\x85", "\xa0", "\t", "\0", "\x1b[31m", '"\\e[31m\\n"', "\ud7ff", "\ud800",
    "e\u0301", "👩‍👧", "../", "/etc/passwd", "con", "C:\\x", "a\\nb", "x" * 300, "<script>", "{{x}}",
    "{% raw %}", "&a", "*a", "&a [*a]", "<<: *a", "<<: {called: X}", "!!python/object/apply:os.system [ls]",
    "!!binary aGk=", "!<x>", "- ", ": ", "? ", "? [a]\n: b\n", "'", '"', "[", "]", "{", "}", ", ", "#", "\n",
    "\r", "\r\n", "\n  ", "\n\t", "---\n", "...\n", "|\n", ">-\n", "|9\n", "%YAML 1.1\n", "%TAG ! x\n", "@", "`", "=",
]  # fmt: skip
LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MONSTERS: dict[str, str | bytes] = {
    "aliases of aliases": LAUGHS, "brackets": "[" * 50_000, "braces": "{a: " * 50_000, "dashes": "- " * 20_000,
    "questions": "? " * 20_000, "steps": "".join(f"{' ' * n}a:\n" for n in range(1_200)),
    "a number": "vigsite: " + "9" * 900_000, "a time": "filmed: " + "1:" * 300_000, "too large": "#" * 1_000_001,
    "quotes": 'a: "' + "\\x00" * 200_000 + '"', "many keys": "".join(f"k{n}: v\n" for n in range(20_000)),
    "many moments": "moments:\n" + "  - {id: a, still: 0:01, title: t}\n" * 9_000,
    "UTF-16": CASE.encode("utf-16"), "UTF-32": CASE.encode("utf-32"), "Latin-1": CASE.replace("Ash", "Zoë").encode("latin-1"),
    "nothing": b"", "a mark alone": b"\xef\xbb\xbf", "noise": bytes(range(256)) * 40, "the family's film": b"\0\0\0 ftypisom" * 99,
}  # fmt: skip
"""What is larger or deeper than any notes, or no text at all."""
DEMO = ROOT / "cases" / "rowan"
GOOD = {
    "case.yml": [CASE, (DEMO / "case.yml").read_text("utf-8")],
    "1-tea/cycle.yml": [CYCLE, (DEMO / "1-breakfast" / "cycle.yml").read_text("utf-8")],
    "closing.yml": [CLOSING, (DEMO / "closing.yml").read_text("utf-8")],
    "withdrawn.yml": ["withdrawn:\n  - {since: 2026-03-01, moment: 1-tea/old, recording: ab, spans: [0:01 - 0:02]}\n"],
    "handovers.yml": ["handovers:\n  - {when: 2026-03-01, form: zip, sha256: ab, whom: Mum, moments: [1-tea/looks]}\n"],
    "own.yml": ["name: Own\nroles: {child: child, parent: parent}\nprinciples: {waiting: {name: Waiting}}\n"],
}  # fmt: skip
FILES = st.sampled_from(sorted(GOOD))


class Bench:
    """One case directory, written anew for each example."""

    def __init__(self, folder: Path) -> None:
        self.case, self.film = folder / "ash", folder / "film.mp4"
        run_ffmpeg(
            *("-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=4", "-f", "lavfi", "-i", "sine=d=4"),
            *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", str(self.film)),
        )
        self.library = Library(folder / "recordings", folder / "tmp")
        self.ends: Counter[int] = Counter()

    def hold(self) -> None:
        """The property, of the case as it is written."""
        try:
            before = sorted(self.case.rglob("*"))
            done = vigsite("check", self.case)
            shutil.rmtree(self.case / ".vigsite", ignore_errors=True)  # what it learnt of films
            assert sorted(self.case.rglob("*")) == before
            self.ends[done.status] += 1
            if done.status:
                check_refusal(done, self.case)
            else:
                self.write_pages()
        finally:
            shutil.rmtree(self.case)

    def write_pages(self) -> None:
        """Every edition that a build would write."""
        examined = examine(load_case(self.case), self.library, DRAFT, "9")
        assert examined.case is not None
        for edition in Edition:
            admission = admit(examined.case, edition, dt.date.today())
            if admission.empty:
                continue
            with contextlib.suppress(VigsiteError):  # a sentence, too
                shown = project(examined.case, admission, examined.plan)
                assert all(page.text for page in write_pages(shown))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    print(dict(made.ends))


TEXTS = st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
VALUES = st.recursive(
    TEXTS.filter(lambda text: "\ud800" not in text) | st.integers() | st.floats() | st.booleans() | st.none()
    | st.dates() | st.datetimes() | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(lambda t: "\ud800" not in t), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
EDITS = st.sampled_from(["set", "set", "set", "gone", "twice", "deeper", "named", "swapped"])


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Every value below a tree: what holds it, and by which key."""
    found = []
    keys = (
        list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    )
    for key in keys:
        found += [(tree, key), *places(tree[key])]
    return found


def edited(trees: dict[str, dict[str, Any]], data: st.DataObject) -> None:
    """Puts something else at one place."""
    tree = trees[data.draw(st.sampled_from(sorted(trees)))]
    if not (there := places(tree)):
        return
    holder, key = there[data.draw(st.integers(0, len(there) - 1))]
    match data.draw(EDITS):
        case "gone":
            del holder[key]
        case "twice" if isinstance(holder, list):
            holder.insert(key, holder[key])
        case "deeper":
            holder[key] = {data.draw(TEXTS.filter(lambda t: "\ud800" not in t)): holder[key]}
        case "named" if isinstance(holder, dict):
            holder[
                data.draw(st.sampled_from(["", "moments", "0", "a.b", "{x}"]) | st.integers())
            ] = holder.pop(key)
        case "swapped":
            other, at = there[data.draw(st.integers(0, len(there) - 1))]
            holder[key] = str(other[at])
        case _:
            holder[key] = data.draw(VALUES)


def test_any_value_at_any_field(bench: Bench, soak: bool) -> None:
    """Made-up cases of which up to three values are something else."""

    @profile(soak, 1200, 50)
    @given(st.sampled_from(Edition), st.integers(0, 999), st.integers(0, 3), st.data())
    def holds(edition: Edition, shown: int, edits: int, data: st.DataObject) -> None:
        world = World(edition, shown, 1)
        trees = world.trees()
        for _ in range(edits):
            edited(trees, data)
        world.write_trees(trees, bench.case, [bench.film] * 3)
        bench.hold()

    holds()
    assert bench.ends[0] > 5 < bench.ends[2]


def put(bench: Bench, name: str, text: str | bytes) -> None:
    """A family's case of which one file holds this."""
    family(bench.case, bench.film)
    if name == "own.yml":
        (bench.case / "case.yml").write_text(f"{CASE}framework: own.yml\n", "utf-8")
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    (bench.case / name).write_bytes(raw)


def test_any_text_in_any_file(bench: Bench, soak: bool) -> None:
    @profile(soak, 400, 25)
    @given(
        FILES,
        st.text(max_size=200)
        | st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
        | st.binary(max_size=99),
    )
    @example("own.yml", "")
    def holds(name: str, text: str | bytes) -> None:
        put(bench, name, text)
        bench.hold()

    holds()


def test_good_notes_with_something_put_in(bench: Bench, soak: bool) -> None:
    """A piece at any place, lines twice, gone, exchanged or moved in."""

    @profile(soak, 700, 45)
    @given(FILES, st.integers(1, 3), st.data())
    def holds(name: str, edits: int, data: st.DataObject) -> None:
        text = data.draw(st.sampled_from(GOOD[name]))
        for _ in range(edits):
            lines = text.splitlines(keepends=True) or [""]
            at = data.draw(st.integers(0, len(lines) - 1))
            match data.draw(
                st.sampled_from(["piece", "piece", "piece", "twice", "gone", "exchanged", "moved"])
            ):
                case "twice":
                    lines.insert(at, lines[at])
                case "gone":
                    del lines[at]
                case "exchanged":
                    other = data.draw(st.integers(0, len(lines) - 1))
                    lines[at], lines[other] = lines[other], lines[at]
                case "moved":
                    lines[at] = " " * data.draw(st.integers(1, 4)) + lines[at]
                case _:
                    place = data.draw(st.integers(0, len(lines[at])))
                    rest = lines[at][place + data.draw(st.integers(0, 12)) :]
                    lines[at] = lines[at][:place] + data.draw(st.sampled_from(PIECES)) + rest
            text = "".join(lines)
        put(bench, name, text)
        bench.hold()

    holds()
    assert bench.ends[2] > 3


@pytest.mark.parametrize("what", MONSTERS)
def test_what_is_no_notes_at_all(bench: Bench, what: str, soak: bool) -> None:
    for name in GOOD if soak else ("1-tea/cycle.yml",):
        put(bench, name, MONSTERS[what])
        bench.hold()
