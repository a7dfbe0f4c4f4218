"""The command line of the media benchmark: what is asked for, in which order, and what is kept."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.media_bench import Bench, draft, memory, quality, speed
from benchmarks.media_film import ROOT, case_around, film, work_on
from benchmarks.media_quality import FEW_CRFS, FEW_PRESETS, PRESETS, QUALITIES
from vigsite.media import ffmpeg
from vigsite.media.recipes import recipe

SECTIONS = ("speed", "memory", "draft", "quality")
GRIDS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "none": ((), ()),
    "few": (FEW_PRESETS, FEW_CRFS),
    "full": (PRESETS, tuple(range(18, 25))),
}


def main() -> None:
    """Runs the sections asked for, prints the table, keeps the JSON."""
    asked = _asked()
    made = Path(tempfile.mkdtemp(prefix="vigsite-bench-")) if asked.work is None else asked.work
    try:
        path = film(made.resolve(), asked.seconds)
        work = work_on(path, asked.seconds, asked.clips, asked.clip_seconds, asked.stills)
        bench = Bench(made.resolve(), work, asked.rounds, asked.at_once)
        case_around(bench.case, work)
        print(
            f"{work.described}; ffmpeg {ffmpeg.version(ffmpeg.program())}, {os.cpu_count()} cores"
        )
        for section in asked.only:
            print(f"\n{section}")
            if section == "speed":
                speed(bench, asked.naive)
            elif section == "memory":
                memory(bench)
            elif section == "draft":
                draft(bench)
            else:
                quality(bench, *GRIDS[asked.grid])
        print("\ntargets")
        for target in bench.targets:
            print(target.line())
        _keep(asked, bench)
    finally:
        if asked.work is None:
            shutil.rmtree(made, ignore_errors=True)


def _keep(asked: argparse.Namespace, bench: Bench) -> None:
    file: Path = asked.json
    file.parent.mkdir(parents=True, exist_ok=True)
    told = {
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "ffmpeg": ffmpeg.version(ffmpeg.program()),
        "cores": os.cpu_count(),
        "load_at_end": os.getloadavg(),
        "rounds": bench.rounds,
        "film": bench.work.film.name,
        "work": bench.work.described,
        "qualities": {n: asdict(getattr(recipe, n)) for n in QUALITIES if hasattr(recipe, n)},
        "found": bench.found,
        "targets": [{**asdict(target), "met": target.met} for target in bench.targets],
    }
    file.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(f"\nkept in {file}")


def _asked() -> argparse.Namespace:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    kept = ROOT / "build" / "benchmarks" / f"media-{today}.json"
    parser = argparse.ArgumentParser("media.py", description="Measures the media step.")
    parser.add_argument("--rounds", type=int, default=3, help="alternating rounds (3)")
    parser.add_argument("--seconds", type=int, default=600, help="length of the film (600)")
    parser.add_argument("--clips", type=int, default=6)
    parser.add_argument("--clip-seconds", type=float, default=10.0)
    parser.add_argument("--stills", type=int, default=8)
    parser.add_argument("--only", type=_sections, default=SECTIONS, help=", ".join(SECTIONS))
    parser.add_argument("--naive", choices=("early", "all", "none"), default="early")
    parser.add_argument(
        "--grid", choices=GRIDS, default="few", help="presets and CRF that are tried (few)"
    )
    parser.add_argument(
        "--full-grid", action="store_const", const="full", dest="grid", help="all of them: an hour"
    )
    parser.add_argument(
        "--at-once",
        type=int,
        default=max(1, (os.cpu_count() or 2) // 2),
        help="bare commands side by side (half the cores)",
    )
    parser.add_argument("--json", type=Path, default=kept, help="where the numbers are kept")
    parser.add_argument("--work", type=Path, help="folder to work in, kept afterwards")
    return parser.parse_args()


def _sections(text: str) -> tuple[str, ...]:
    named = tuple(text.split(","))
    if strange := set(named) - set(SECTIONS):
        raise argparse.ArgumentTypeError(f"no such section: {', '.join(sorted(strange))}")
    return named
