"""A family's case through weeks: films, words, consent, withdrawals, builds that are killed, packs.

Whatever the order, after every run that ends well nothing can be seen or read that was withdrawn
or not agreed to, what was built is all there, and no temporary file is left.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
import yaml
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.faults.forks import Ended, Forks
from tests.faults.scene import left_over
from tests.helpers.counted_films import counted_film, run_ffmpeg
from tests.helpers.film_traces import frames_below, words_below

TODAY = dt.date.today()
PEOPLE = {"ash": "child", "dad": "parent", "nan": "grandparent"}
PURPOSES = ("review", "keepsake")
FILMS, RATE, FRAMES = 3, 25, 50
"""Films of two seconds; the frames of the second tell 50 to 99, and so on."""
AROUND_STILL = 13
"""Frames before and behind a withdrawn still that go with it."""
FOLDER = "To keep"


@dataclass
class Moment:
    """A moment as cycle.yml has it."""

    name: str
    frames: range
    """In its own film."""
    shows: list[str]
    still: bool
    word: str
    private: str

    @property
    def film(self) -> int:
        return int(self.name.split("-")[0]) - 1

    @property
    def numbers(self) -> set[int]:
        """The frames as they tell themselves."""
        return {self.film * FRAMES + frame for frame in self.frames}

    def written(self) -> dict[str, object]:
        at = [f"{frame / RATE:.3f}" for frame in (self.frames.start, self.frames.stop)]
        span = {"still": at[0]} if self.still else {"clip": " - ".join(at)}
        told = {
            "title": f"You {self.word}",
            "caption": f"We saw {self.word}.",
            "private": f"Ask of {self.private}.",
        }
        return {"id": self.name.split("/")[1], **span, "shows": self.shows, **told}


@dataclass
class Agreed:
    """A person's line in the ledger."""

    purposes: set[str]
    how: dict[str, str] = field(default_factory=dict)
    """What ends it, if anything does."""


class Life(RuleBasedStateMachine):
    """What a practitioner does, and beside it what has to be true."""

    forks: ClassVar[Forks]
    films: ClassVar[list[Path]]
    counted: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp(prefix="life-", dir=self.films[0].parent))
        self.root, self.case = self.base / "root", self.base / "root" / "cases" / "ash"
        self.case.mkdir(parents=True)
        self.moments: list[Moment] = []
        self.agreed = {person: Agreed(set(PURPOSES)) for person in PEOPLE}
        self.gone: set[int] = set()
        """Frames that were withdrawn."""
        self.left: set[str] = set()
        """People who took back everything."""
        self.old_words: set[str] = set()
        self.number = 0
        self.usual_s = 4.0

    def teardown(self) -> None:
        shutil.rmtree(self.base)

    # What is written

    def word(self) -> str:
        self.number += 1
        return f"quelm{self.number:03d}x"

    def write(self) -> None:
        ledger = [
            {"person": name, "for": sorted(line.purposes), "given": "2026-01-05", **line.how}
            for name, line in self.agreed.items()
            if line.purposes
        ]
        people = {name: {"called": name.title(), "role": role} for name, role in PEOPLE.items()}
        _dump(self.case / "case.yml", {
            "vigsite": 1, "family": {"called": "Ash and Dad", "people": people},
            "practitioner": {"called": "Sam", "contact": "sam@example.org"},
            "goals": {"meals": {"question": "How can meals be calmer?", "since": "2026-01-05"}},
            "consent": ledger,
        })  # fmt: skip
        for film in {moment.film for moment in self.moments}:
            folder = self.case / f"{film + 1}-tea"
            folder.mkdir(exist_ok=True)
            if not (folder / "film.mp4").exists():
                shutil.copyfile(self.films[film], folder / "film.mp4")
            _dump(folder / "cycle.yml", {
                "filmed": "2026-02-01", "setting": "Tea at home",
                "recordings": {"film": {"file": "film.mp4", "shows": list(PEOPLE)}},
                "moments": [one.written() for one in self.moments if one.film == film],
            })  # fmt: skip

    # What has to be true

    def allowed(self, edition: str) -> list[Moment]:
        willing = {
            name
            for name, line in self.agreed.items()
            if edition in line.purposes and not line.how and name not in self.left
        }
        return [
            one for one in self.moments if set(one.shows) <= willing and not one.numbers & self.gone
        ]

    def run(self, *arguments: object, kill_after_s: float | None = None) -> Ended:
        done = self.forks.watch(arguments, self.root, kill_after_s)
        self.counted[f"{arguments[0]} {done.status}"] += 1
        if done.status != -9:
            assert done.sound, done
        return done

    def places(self) -> dict[str, list[Path]]:
        made = {
            "review": [self.root / "sites/ash/review"],
            "keepsake": [self.root / "sites/ash/keepsake"],
        }
        made["keepsake"] += sorted((self.root / "packs" / "ash").glob("[!.]*"))
        return {edition: [one for one in there if one.exists()] for edition, there in made.items()}

    def look(self) -> None:
        """Nothing can be seen anywhere that may not be, and nothing temporary is left."""
        own = {path for path in self.case.rglob("film.mp4") if path.parent.parent == self.case}
        everywhere = frames_below(self.root, own)
        may = {
            number
            for edition in PURPOSES
            for one in self.allowed(edition)
            for number in one.numbers
        }
        assert set(everywhere) <= may, {n: everywhere[n][:2] for n in set(everywhere) - may}
        for edition, there in self.places().items():
            kept = self.allowed(edition)
            seen = {
                number
                for number, where in everywhere.items()
                for place in there
                if any(w.startswith(str(place)) for w in where)
            }
            assert seen <= {number for one in kept for number in one.numbers}, edition
            hidden = [one.private for one in self.moments]
            hidden += [one.word for one in self.moments if one not in kept]
            for place in there:
                folder = place if place.is_dir() else place.parent
                assert words_below(folder, [word.encode() for word in hidden]) == [], place
        assert left_over(self.root) == []

    def is_whole(self, place: Path, edition: str) -> None:
        """What was just made shows and says all that it may, as it is written now."""
        kept = self.allowed(edition)
        assert set(frames_below(place)) == {number for one in kept for number in one.numbers}, place
        if self.old_words:
            assert words_below(place, [word.encode() for word in self.old_words]) == [], place
        for one in kept:
            assert words_below(place, [one.word.encode()]), (place, one)

    # What is done

    @initialize(shows=st.sets(st.sampled_from(sorted(PEOPLE)), min_size=1))
    def begin(self, shows: set[str]) -> None:
        self.add(0, 5, 10, False, shows)
        self.add(0, 40, 1, True, {"ash"})

    @rule(
        film=st.integers(0, FILMS - 1), start=st.integers(0, 40), length=st.integers(5, 9),
        still=st.booleans(), shows=st.sets(st.sampled_from(sorted(PEOPLE)), min_size=1),
    )  # fmt: skip
    def add(self, film: int, start: int, length: int, still: bool, shows: set[str]) -> None:
        """A film, if it is a new one, and a moment of it."""
        if film > max((one.film for one in self.moments), default=-1) + 1:
            film = 0
        name = f"{film + 1}-tea/m{len(self.moments)}"
        frames = range(start, start + (1 if still else length))
        self.moments.append(Moment(name, frames, sorted(shows), still, self.word(), self.word()))
        self.write()

    @rule(at=st.integers(0, 99))
    def reword(self, at: int) -> None:
        one = self.moments[at % len(self.moments)]
        self.old_words.add(one.word)
        one.word = self.word()
        self.write()

    @rule(
        person=st.sampled_from(sorted(PEOPLE)),
        purposes=st.sampled_from([set(), {"review"}, {"keepsake"}, set(PURPOSES), set(PURPOSES)]),
        how=st.sampled_from([{}, {}, {}, {"until": str(TODAY - dt.timedelta(1))}, {"withdrawn": str(TODAY)}]),
    )  # fmt: skip
    def agree(self, person: str, purposes: set[str], how: dict[str, str]) -> None:
        """Or not, or not any more."""
        self.agreed[person] = Agreed(set(purposes), dict(how))
        self.write()

    @rule()
    def build(self) -> None:
        done = self.run("build", "cases/ash", "--draft")
        assert done.status == 0, done
        self.usual_s = max(1.0, done.time_s)
        self.look()
        for edition in PURPOSES:
            place = self.root / "sites" / "ash" / edition
            assert place.is_dir() == bool(self.allowed(edition)), (edition, done)
            if place.is_dir():
                self.is_whole(place, edition)

    @rule(share=st.floats(0.02, 0.98), what=st.sampled_from(["build", "build", "build", "pack"]))
    def killed(self, share: float, what: str) -> None:
        self.run(what, "cases/ash", "--draft", kill_after_s=share * self.usual_s)

    @rule(at=st.integers(0, 99), share=st.none() | st.floats(0.0, 0.8))
    def withdraw(self, at: int, share: float | None) -> None:
        """A moment; perhaps it is killed, and done again."""
        one = self.moments[at % len(self.moments)]
        again = ["withdraw", "cases/ash", one.name, "--do"]
        if share is not None:
            self.run(*again, kill_after_s=share)
        done = self.run(*again)
        assert done.status == 0, done
        around = AROUND_STILL if one.still else 0
        reach = range(max(0, one.frames.start - around), min(FRAMES, one.frames.stop + around))
        self.gone |= {one.film * FRAMES + frame for frame in reach}
        self.look()

    @precondition(lambda self: len(self.left) < 2)
    @rule(person=st.sampled_from(["nan", "nan", "dad"]))
    def leave(self, person: str) -> None:
        done = self.run("withdraw", "cases/ash", f"person:{person}", "--do")
        assert done.status == 0, done
        self.left.add(person)
        self.look()

    @rule(form=st.sampled_from([(), (), ("--zip",), ("--single-file",)]))
    def pack(self, form: tuple[str, ...]) -> None:
        done = self.run("pack", "cases/ash", "--draft", *form)
        assert (done.status == 0) == bool(self.allowed("keepsake")), done
        if done.status == 0:
            place = (
                self.root
                / "packs"
                / "ash"
                / {(): FOLDER, ("--zip",): f"{FOLDER}.zip"}.get(form, f"{FOLDER}.html")
            )
            assert place.exists(), done
            self.look()
            if not form:
                self.is_whole(place, "keepsake")
            if form != ("--single-file",):
                verified = self.run("verify", place)
                assert verified.status == 0, verified


def _dump(file: Path, tree: dict[str, object]) -> None:
    file.write_text(yaml.safe_dump(tree, sort_keys=False), "utf-8")


@pytest.fixture
def life(tmp_path: Path, forks: Forks) -> Iterator[type[Life]]:
    """The machine with its films and processes."""
    whole = counted_film(tmp_path / "whole.mp4", str(RATE), FILMS * FRAMES // RATE).path
    Life.films, Life.counted = [], Counter()
    for number in range(FILMS):
        film = tmp_path / f"{number}.mp4"
        run_ffmpeg(
            *(
                "-i",
                str(whole),
                "-vf",
                f"trim=start_frame={number * FRAMES}:end_frame={(number + 1) * FRAMES},setpts=PTS-STARTPTS",
            ),
            *("-an", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", str(film)),
        )
        Life.films.append(film)
    Life.forks = forks
    yield Life
    print(dict(Life.counted))


def test_whatever_happens_nothing_is_shown_that_may_not_be(life: type[Life], soak: bool) -> None:
    run_state_machine_as_test(
        life,
        settings=settings(
            max_examples=60 if soak else 2, stateful_step_count=15 if soak else 5,
            deadline=None, derandomize=not soak, database=None, suppress_health_check=list(HealthCheck),
            phases=[Phase.generate], print_blob=soak,  # to make a failure smaller would take hours
        ),
    )  # fmt: skip
