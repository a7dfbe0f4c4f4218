"""Measures how quick pages are by Lighthouse: the demo family's review as `vigsite present` serves it.

    python benchmarks/lighthouse.py [--rounds 3]

Prints the median performance of each page on an emulated phone (slow 4G, a quarter of the CPU) and
on a laptop; the target is 95. Needs Chromium, Node and `npm ci --prefix tests/js`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = ("index.html", "cycle-1.html", "deck.html")
TARGET = 95


def main() -> None:
    """Builds, measures, prints."""
    sys.path.insert(0, str(ROOT))
    from vigsite.local_server.server import presented

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "vigsite", "build", str(ROOT / "cases" / "rowan")]
        command += ["--edition", "review", "--out", folder]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
        with presented(Path(folder) / "rowan" / "review") as presentation:
            root = presentation.address.rsplit("/", 1)[0]
            for screen in ("mobile", "desktop"):
                told = [_round(screen, root) for _ in range(rounds)]
                for page in PAGES:
                    median = statistics.median(scores[page] for scores in told)
                    met = "met" if median >= TARGET else "MISSED"
                    print(f"{screen:8} {page:14} {median:3.0f}  target >= {TARGET}: {met}")


def _round(screen: str, root: str) -> dict[str, float]:
    """The performance of each page, once."""
    script = ROOT / "tests" / "js" / "lighthouse.mjs"
    addresses = [f"{root}/{page}" for page in PAGES]
    done = subprocess.run(
        ["node", str(script), str(shutil.which("chromium")), screen, "performance", *addresses],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    return {
        address.rsplit("/", 1)[1]: said["scores"]["performance"] for address, said in found.items()
    }


if __name__ == "__main__":
    main()
