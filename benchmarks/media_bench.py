"""The sections of the media benchmark: each measures, prints and notes its targets."""

from __future__ import annotations

import json
import re
import shutil
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.media_film import Work, case_around, clock
from benchmarks.media_measure import (
    MB,
    Cost,
    Series,
    Target,
    installed,
    peak_memory,
    run,
    run_all,
)
from benchmarks.media_peers import Bare, floor, floor_clip, moviepy_order, naive
from benchmarks.media_quality import (
    HEADING,
    QUALITIES,
    Footage,
    Score,
)
from vigsite.media import ffmpeg
from vigsite.media.recipes import recipe

HERE = Path(__file__).parent
SHOWS_SOMETHING = 16
"""Contrast of a film, of 255, below which there is nothing to be seen in it."""


@dataclass(slots=True)
class Bench:
    """One run of the benchmark, and what it has found so far."""

    place: Path
    """For everything that is made."""
    work: Work
    rounds: int
    at_once: int
    """How many of the floor's commands run side by side."""
    found: dict[str, Any] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)

    @property
    def case(self) -> Path:
        return self.place / "ash"

    def fresh(self, name: str) -> Path:
        """An empty folder for outputs."""
        folder = self.place / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def say(self, name: str, series: Series, against: Series | None = None) -> None:
        """Prints one line and keeps it."""
        print(series.line(name, against), flush=True)
        self.found[name] = series.kept(against)

    def promise(self, target: Target) -> None:
        self.targets.append(target)


@dataclass(frozen=True, slots=True)
class Step:
    """One media step in a process of its own."""

    whole: Cost
    phases: dict[str, Cost]
    python_cpu_s: dict[str, float]
    """What of each phase's CPU was in Python's own process."""

    @property
    def counted(self) -> Cost:
        """All but the first hashing of the film."""
        return self.whole.less(self.phases["hash"])


def media_step(bench: Bench, quality: str = "FULL", *, cold: bool = True) -> Step:
    """Runs vigsite's media step; with nothing remembered when it is to be cold."""
    if cold:
        shutil.rmtree(bench.case / ".vigsite", ignore_errors=True)
    command = [sys.executable, str(HERE / "media_step.py"), str(bench.case), quality]
    done = run(command, bench.place)
    told = json.loads(done.said)
    phases = {name: Cost(**cost) for name, cost in told["phases"].items()}
    return Step(done.cost, phases, told["python_cpu_s"])


def bare(bench: Bench, moments: list[Bare], at_once: int) -> Cost:
    """The commands of these moments, in an empty folder."""
    commands = [command for moment in moments for command in moment.commands]
    return run_all(commands, bench.fresh("floor"), at_once)


def moviepy(bench: Bench) -> Cost:
    """The moviepy script, with the same ffmpeg."""
    order = moviepy_order(bench.work, bench.fresh("moviepy"))
    command = [sys.executable, str(HERE / "media_moviepy.py"), json.dumps(order)]
    return run(command, bench.place, {"FFMPEG_BINARY": ffmpeg.program()}).cost


def speed(bench: Bench, how_naive: str) -> None:
    """The floor, vigsite and its peers by turns; then what happens when little or nothing changed."""
    peer = installed("moviepy")
    if not peer:
        print("moviepy is not installed (pip install '.[bench]'): not measured")
    moments = floor(bench.work)
    floors, steps, scripts = [], [], []
    for number in range(bench.rounds):
        floors.append(bare(bench, moments, bench.at_once))
        steps.append(media_step(bench))
        if peer:
            scripts.append(moviepy(bench))
        rest = f", moviepy {scripts[-1].cpu_s:.1f}" if peer else ""
        print(
            f"  round {number + 1} of {bench.rounds}, CPU s: floor {floors[-1].cpu_s:.1f}, "
            f"vigsite {steps[-1].counted.cpu_s:.1f}{rest}",
            flush=True,
        )
    ground = Series(tuple(floors))
    counted = Series(tuple(step.counted for step in steps))
    bench.say("floor: bare ffmpeg", ground)
    bench.say("vigsite's media step, cold", counted, ground)
    for phase in steps[0].phases:
        bench.say(f"  {phase}", Series(tuple(step.phases[phase] for step in steps)), ground)
    python = statistics.median(step.python_cpu_s["render"] for step in steps)
    print(f"  of rendering {python:.2f} CPU s in Python itself: stills, checks, flushing")
    bench.found["render_python_cpu_s"] = python
    bench.promise(Target("CPU of the media step / floor", counted.cpu_ratio(ground), at_most=1.08))
    bench.promise(
        Target("wall of the media step / floor", counted.wall_ratio(ground), at_most=1.08)
    )
    if peer:
        script = Series(tuple(scripts))
        bench.say("moviepy 2, same options", script, ground)
        bench.promise(Target("CPU / moviepy", counted.cpu_ratio(script), at_most=0.75))
    _little_changed(bench, counted)
    if how_naive != "none":
        _naive(bench, counted.cpu_ratio(ground), everything=how_naive == "all")


def _little_changed(bench: Bench, cold: Series) -> None:
    same = Series(tuple(media_step(bench, cold=False).whole for _ in range(bench.rounds)))
    bench.say("media step, nothing changed", same, cold)
    build = [sys.executable, "-m", "vigsite", "build", bench.case.name, "--out", "sites"]
    built = run(build, bench.place)
    bench.say("vigsite build, media already there", Series((built.cost,)), cold)
    again = Series(tuple(run(build, bench.place).cost for _ in range(bench.rounds)))
    bench.say("vigsite build, nothing changed", again, cold)
    for name, series in (("media step", same), ("vigsite build", again)):
        for what, ratio in (("CPU", series.cpu_ratio(cold)), ("wall", series.wall_ratio(cold))):
            bench.promise(Target(f"{what} of the unchanged {name} / cold", ratio, at_most=0.01))
    if not bench.work.clips_ms:
        return
    cycle = bench.case / "1-tea" / "cycle.yml"
    bares, changed = [], []
    for number in range(1, bench.rounds + 1):
        at = bench.work.clips_ms[0] + 100 * number
        text = cycle.read_text("utf-8")
        cycle.write_text(re.sub(r"clip: \S+", f"clip: {clock(at)}", text, count=1), "utf-8")
        shorter = replace(bench.work, clip_ms=bench.work.clip_ms - 100 * number)
        command = floor_clip(shorter, at, "changed")
        bares.append(run(command, bench.fresh("floor")).cost)
        changed.append(media_step(bench, cold=False).whole)
    single = Series(tuple(bares))
    bench.say("floor: one clip", single)
    one = Series(tuple(changed))
    bench.say("media step, one clip changed", one, single)
    extra = one.cpu_s - single.cpu_s - same.cpu_s
    print(f"{'':38} {extra:+.2f} CPU s besides the clip and an unchanged step")
    case_around(bench.case, bench.work)


def _naive(bench: Bench, ratio: float, *, everything: bool) -> None:
    """Output seeking; of the first third of the film unless everything is asked for.

    What lies later costs it more, and the others not, so that the first third flatters it.
    """
    until = bench.work.seconds * (1000 if everything else 333)
    peers = naive(bench.work, until)
    same = [moment for moment in floor(bench.work) if moment.at_ms < until]
    if not peers:
        return
    ground, slow = Series((bare(bench, same, 1),)), Series((bare(bench, peers, 1),))
    which = "all moments" if everything else f"the {len(peers)} moments of the first third"
    bench.say(f"floor: {which}", ground)
    bench.say("naive: -i before -ss, same moments", slow, ground)
    bench.promise(Target("CPU / naive cutting", ratio / slow.cpu_ratio(ground), at_most=0.3))


def memory(bench: Bench) -> None:
    """Peak of all processes together during a cold media step."""
    shutil.rmtree(bench.case / ".vigsite", ignore_errors=True)
    command = [sys.executable, str(HERE / "media_step.py"), str(bench.case), "FULL"]
    peak = peak_memory(command, bench.place)
    bench.found["memory"] = asdict(peak)
    own = (
        "" if peak.own is None else f", {peak.own / MB:.0f} MB without counting shared pages twice"
    )
    print(f"peak memory: {peak.resident / MB:.0f} MB resident{own} ({peak.samples} samples)")
    bench.promise(Target("peak memory, resident", peak.resident / MB, at_most=600, unit=" MB"))


def draft(bench: Bench) -> None:
    """The media step in DRAFT against FULL, by turns."""
    full, rough = [], []
    for _ in range(bench.rounds):
        full.append(media_step(bench).counted)
        rough.append(media_step(bench, "DRAFT").counted)
    finer, quicker = Series(tuple(full)), Series(tuple(rough))
    bench.say("media step, FULL", finer)
    bench.say("media step, DRAFT", quicker, finer)
    bench.promise(Target("DRAFT: times less CPU", 1 / quicker.cpu_ratio(finer), at_least=4))
    bench.promise(Target("DRAFT: times less wall", 1 / quicker.wall_ratio(finer), at_least=4))


def quality(bench: Bench, presets: Sequence[str], crfs: Sequence[int]) -> None:
    """VMAF and bytes of every natural film at every quality, and the grid that chose them."""
    footage = Footage(bench.fresh("quality"), {"bench": bench.work.film})
    for name in footage.missing:
        print(f"{name} is not there: not looked at")
    print(HEADING)
    scores: list[Score] = []
    for film_name in footage.films:
        for name in (name for name in QUALITIES if hasattr(recipe, name)):
            scores.append(footage.score(film_name, name))
            print(scores[-1].line(), flush=True)
    shown = [name for name in footage.films if footage.contrast(name) >= SHOWS_SOMETHING]
    for name in footage.films.keys() - set(shown):
        print(f"{name} shows a covered lens, black with noise: not held against the targets")
    for quality_name, least in (("FULL", 93), ("FINE", 96)):
        for score in scores:
            if score.film in shown and score.quality == quality_name:
                what = f"VMAF of {score.film} at {quality_name}, mean"
                bench.promise(Target(what, score.own, at_least=least))
    grid: list[Score] = []
    if presets:
        print("presets and CRF by the filters of FULL: CPU s and Mb per second of film, VMAF")
    for preset in presets:
        for crf in crfs:
            other = replace(recipe.FULL, preset=preset, crf=crf)
            row = [footage.score(film_name, "FULL", other) for film_name in footage.films]
            grid += row
            print(
                f"{preset:10}{crf:3}",
                *(
                    f"| {s.film} {s.cpu_s / s.seconds:5.2f} {s.mbit_s:6.2f} {s.own:6.2f}"
                    for s in row
                ),
                f"| least {min(s.own for s in row if s.film in shown):.2f}",
                flush=True,
            )
    bench.found["quality"] = [score.kept() for score in scores]
    bench.found["grid"] = [score.kept() for score in grid]
