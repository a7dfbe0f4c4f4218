"""Measures the media step: speed, memory, picture quality, size and draft; against named floors.

    python benchmarks/media.py [--rounds 3] [--seconds 600] [--only speed,quality,...]

A recording of ten minutes is drawn (or made of the shared footage), with 6 clips of 10 s and 8
stills in it. By turns they are made by the expert's bare ffmpeg commands (the floor), by vigsite's
media step in a fresh process with nothing remembered, and by a moviepy 2 script (`pip install
'.[bench]'`); all encode alike, each clip with three posters, each still in four sizes. CPU counts
every process. Times are the numbers to distrust on a busy machine; ratios come from the same run.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from benchmarks.media_command import main

    main()
