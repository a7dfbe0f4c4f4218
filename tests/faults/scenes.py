"""The scenes: what was published, what changed, and the command that brings or takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from tests.faults.forks import Forks
from tests.faults.scene import Scene
from tests.helpers.families import Family, family

REVIEW, KEEPSAKE = "sites/ash/review", "sites/ash/keepsake"
BUILD = ("build", "cases/ash", "--draft")
PACK = ("pack", "cases/ash", "--draft", "--zip")
FOLDER, ZIP = "packs/ash/To keep", "packs/ash/To keep.zip"
WITHDRAWN = "cases/ash/withdrawn.yml"


def _warmer(case: Family) -> None:
    case.change("1-tea/cycle.yml", "title: A smile", "title: A warm smile")


def building(root: Path, film: Path, forks: Forks) -> Scene:
    """Both sites are there; a clip was made shorter and a title warmer."""
    case = family(root / "cases" / "ash", film)
    made = Scene(root, forks, BUILD, (REVIEW, KEEPSAKE))

    def change() -> None:
        case.change("1-tea/cycle.yml", "0:01.0 - 0:02.0", "0:01.0 - 0:01.8")
        _warmer(case)

    made.prepare([BUILD], change)
    return made


def packing(root: Path, film: Path, forks: Forks) -> Scene:
    """A pack was handed over; a title changed, and the sites know of it already."""
    case = family(root / "cases" / "ash", film)
    made = Scene(root, forks, PACK, (FOLDER, ZIP, "cases/ash/handovers.yml"))

    def change() -> None:
        _warmer(case)
        done = made.run(BUILD)
        assert done.status == 0, done.err

    made.prepare([BUILD, PACK], change)
    return made


def hosting(root: Path, film: Path, forks: Forks) -> Scene:
    """A family is hosted for two days; it gets a third one, a title and another port."""
    case = family(root / "cases" / "ash", film)
    for person in ("dad", "ash"):
        agreed = f"{{person: {person}, by: dad, for: [hosting], given: 2026-01-06}}"
        case.change("case.yml", "consent:\n", f"consent:\n  - {agreed}\n")
    today = dt.date.today()

    def until(days: int) -> str:
        return (today + dt.timedelta(days=days)).isoformat()

    begun = ("host", "cases/ash", "--draft", "--out", "web", "--server", "nginx")
    named = (*begun, "--domain", "films.example.org", "--letters", "letters", "--until", until(1))
    work = ("host", "cases/ash", "--draft", "--out", "web", "--https-port", "8443")
    made = Scene(root, forks, (*work, "--until", until(2)), ())
    done = made.run(named)
    assert done.status == 0, done.err
    slug = next((root / "web" / "server" / "sites").iterdir()).name
    passwords = "web/server/passwords"
    made.published = (
        f"web/server/sites/{slug}/site",
        f"{passwords}/{until(2)}/{slug}",
        "web/server/nginx/vigsite.conf",
    )
    made.stays = (*(f"{passwords}/{until(day)}/{slug}" for day in (0, 1)), "letters/ash.html")
    made.prepare([], lambda: _warmer(case))
    return made


def withdrawing(root: Path, film: Path, forks: Forks) -> Scene:
    """Two sites and a pack hold a moment that is taken back."""
    family(root / "cases" / "ash", film)
    work = ("withdraw", "cases/ash", "1-tea/looks", "--do")
    made = Scene(root, forks, work, (WITHDRAWN, REVIEW, KEEPSAKE, FOLDER, ZIP), first=WITHDRAWN)
    made.prepare([BUILD, PACK], lambda: None)
    return made


SCENES: dict[str, Callable[[Path, Path, Forks], Scene]] = {
    "build": building,
    "pack": packing,
    "host": hosting,
    "withdraw": withdrawing,
}
