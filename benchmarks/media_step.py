"""vigsite's media step alone, in a process of its own: what `build_case` does without the sites.

    python benchmarks/media_step.py CASE [QUALITY]

Reads the case, hashes and probes its recordings, plans and renders; QUALITY is the name of one in
`vigsite.media.recipes.recipe`. Prints a JSON object: the wall and CPU seconds of every phase.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

PHASES: dict[str, dict[str, float]] = {}
PYTHON_CPU_S: dict[str, float] = {}
"""What of each phase's CPU was in Python's own process."""


class Phase:
    """Times what is done inside it, child processes included."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        self.wall, self.cpu, self.own = time.perf_counter(), _cpu(), time.process_time()

    def __exit__(self, *_: object) -> None:
        PHASES[self.name] = {
            "wall_s": time.perf_counter() - self.wall,
            "cpu_s": _cpu() - self.cpu,
        }
        PYTHON_CPU_S[self.name] = time.process_time() - self.own


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    directory = Path(sys.argv[1])
    with Phase("import"):
        from vigsite.building.examine import examine
        from vigsite.case.load import load_case
        from vigsite.media import ffmpeg
        from vigsite.media.cache import Cache
        from vigsite.media.library import Library
        from vigsite.media.recipes import recipe
        from vigsite.media.render import Kitchen, render
        from vigsite.records.case_folder import Records
    quality = getattr(recipe, sys.argv[2] if len(sys.argv) > 2 else "FULL")
    records = Records(directory.resolve())
    with records.locked():
        with Phase("load"):
            read = load_case(directory)
        if read.case is None or read.report.faults:
            raise SystemExit("\n".join(map(str, read.report.faults)))
        library = Library(records.folder / "recordings", records.scratch)
        films = list(dict.fromkeys(moment.recording for moment in read.case.moments))
        with Phase("hash"):
            for film in films:
                library.hash_of(film)
        with Phase("probe"):
            probed = {film: library.probe(film) for film in films}
        with Phase("loudness"):
            for film, recording in probed.items():
                library.hearing(film, recording)
        with Phase("examine"):
            version = records.ffmpeg_version(ffmpeg.program(), ffmpeg.version)
            examined = examine(read, library, quality, version)
        if examined.report.faults:
            raise SystemExit("\n".join(map(str, examined.report.faults)))
        jobs = examined.plan.jobs()
        kitchen = Kitchen(Cache(records.folder / "cache"), library, records.scratch)
        with Phase("render"):
            folders = render(jobs, kitchen)
    print(json.dumps({"phases": PHASES, "python_cpu_s": PYTHON_CPU_S, "jobs": len(folders)}))


if __name__ == "__main__":
    main()
