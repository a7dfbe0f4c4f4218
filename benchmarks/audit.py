"""Times the audit on films: seconds of processor and peak of memory for every 100 MB.

    python benchmarks/audit.py [MEGABYTES]

A real clip (noise, so that it is large) in the usual encoding is copied until the folder has the
size; 500 private sentences and 20 names are searched for. The promise is 2 s for 100 MB and
memory that does not grow with the films; memory is measured in a process of its own each.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (25, 100, 400)


def clip(folder: Path, megabytes: int) -> Path:
    """A film that the audit finds nothing in."""
    import imageio_ffmpeg

    made = folder / "clip.mp4"
    noise = f"testsrc2=s=1280x720:r=25:d={megabytes},noise=alls=60:allf=t"
    tone = f"sine=f=300:d={megabytes}"
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", noise,
         "-f", "lavfi", "-i", tone, "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "8M",
         "-g", "15", "-pix_fmt", "yuv420p", "-flags:v", "+bitexact", "-c:a", "aac", "-flags:a",
         "+bitexact", "-fflags", "+bitexact", "-movflags", "+faststart", str(made)],
        check=True,
    )  # fmt: skip
    return made


def measure(folder: Path) -> None:
    """Audits a folder and prints megabytes, findings, seconds and peak memory."""
    import psutil

    from vigsite.audit.audit import audit_folder
    from vigsite.audit.finding import SHARE
    from vigsite.audit.search.search import Secrets
    from vigsite.withheld.spellings import cut_up, named

    notes = [
        f"She said number {n} of the things we talked about was the hardest" for n in range(500)
    ]
    secrets = [secret for note in notes for secret in cut_up(note, "private")]
    secrets += [
        secret for n in range(20) for secret in named(f"Feather{'stone' * n}", "never_show")
    ]
    size = sum(file.stat().st_size for file in folder.iterdir())
    began, wall = time.process_time(), time.perf_counter()
    found = audit_folder(folder, Secrets(tuple(secrets)), SHARE)
    spent, waited = time.process_time() - began, time.perf_counter() - wall
    used = psutil.Process().memory_full_info().uss / 1e6
    print(
        f"{size / 1e6:7.0f} MB  {len(secrets)} secrets  {len(found)} findings  {spent:6.2f} s of "
        f"processor ({spent / size * 1e8:.2f} s for 100 MB)  {waited:6.2f} s waited  "
        f"{used:6.0f} MB of memory of its own"
    )


def main() -> None:
    """Measures each size in a process of its own."""
    if len(sys.argv) == 3 and sys.argv[1] == "--measure":
        measure(Path(sys.argv[2]))
        return
    sizes = (int(sys.argv[1]),) if len(sys.argv) > 1 else SIZES
    with tempfile.TemporaryDirectory() as place:
        source = clip(Path(place), 12)
        for size in sizes:
            folder = Path(place) / str(size)
            folder.mkdir()
            for number in range(max(1, round(size * 1e6 / source.stat().st_size))):
                shutil.copyfile(source, folder / f"{number:03}.mp4")
            command = [sys.executable, __file__, "--measure", str(folder)]
            subprocess.run(command, check=True)
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
