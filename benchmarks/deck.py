"""Measures how long the deck takes from a key press to the next frame on screen.

    python benchmarks/deck.py [--steps 200] [--site sites/rowan/review]

Builds the demo family's review, opens its deck from a file in Chromium and steps through its first
clip, forth and back. The floor is the browser alone: the same clip in an empty page, moved by
`currentTime`. By turns, in one run; the target is a median under 60 ms.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
TARGET_MS = 60
ROUNDS = 3
READY = "document.querySelector('video').readyState >= 2"
PRESS = """([steps, press]) => new Promise(async (done) => {
  const video = document.querySelector('video'), taken = [];
  const [above, below] = (video.dataset.rate || '25/1').split('/').map(Number), fps = above / below;
  let at = Math.floor(video.currentTime * fps);
  for (let step = 0; step < steps; step++) {
    const way = Math.floor(step / 40) % 2 ? -1 : 1;
    at += way;
    const begun = performance.now();
    const shown = new Promise((seen) => {
      const look = (_now, of) =>
        Math.floor(of.mediaTime * fps + 0.05) === at ? seen() : video.requestVideoFrameCallback(look);
      video.requestVideoFrameCallback(look);
    });
    if (press) dispatchEvent(new KeyboardEvent('keydown', { key: way > 0 ? '.' : ',' }));
    else video.currentTime = (at + 0.5) / fps;
    await shown;
    taken.push(performance.now() - begun);
    if (press) dispatchEvent(new KeyboardEvent('keyup', { key: '.' }));
    await new Promise((rest) => setTimeout(rest, 30));
  }
  done(taken);
})"""


def measured(page: Page, address: str, steps: int, *, press: bool) -> list[float]:
    """Milliseconds of each step."""
    page.goto(address)
    page.evaluate("document.querySelector('video').preload = 'auto'")
    for _ in range(200):
        if page.evaluate(READY):
            break
        page.wait_for_timeout(50)
    return [float(ms) for ms in page.evaluate(PRESS, [steps, press])]


def main() -> None:
    """Builds, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--site", type=Path, help="a built review; else the demo family's is built")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = asked.site.absolute() if asked.site else built(Path(folder))
        clip = sorted((site / "media").glob("*.mp4"))[0]
        plain = Path(folder) / "plain.html"
        plain.write_text(f'<video src="{clip.as_uri()}" data-rate="25/1" width="1200"></video>')
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        deck: list[float] = []
        floor: list[float] = []
        for _ in range(ROUNDS):
            floor += measured(page, plain.as_uri(), asked.steps, press=False)
            deck += measured(page, (site / "deck.html").as_uri(), asked.steps, press=True)
        browser.close()
    for name, taken in (
        ("floor: currentTime in an empty page", floor),
        ("the deck, by keys", deck),
    ):
        high = statistics.quantiles(taken, n=20)[-1]
        line = (
            f"{name:36} median {statistics.median(taken):5.1f} ms, 95 of 100 under {high:5.1f} ms\n"
        )
        sys.stdout.write(line)
    ratio = statistics.median(deck) / statistics.median(floor)
    met = "met" if statistics.median(deck) < TARGET_MS else "MISSED"
    sys.stdout.write(f"deck / floor {ratio:.2f}; target: median under {TARGET_MS} ms: {met}\n")


def built(folder: Path) -> Path:
    """The demo family's review."""
    command = [sys.executable, "-m", "vigsite", "build", str(ROOT / "cases" / "rowan")]
    subprocess.run([*command, "--out", str(folder), "--edition", "review"], cwd=ROOT, check=True)
    return folder / "rowan" / "review"


if __name__ == "__main__":
    main()
