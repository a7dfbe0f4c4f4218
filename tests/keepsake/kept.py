"""A small family's keepsake, built by the real command, and its film in a small format."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers.counted_films import Counted, run_ffmpeg
from tests.helpers.families import Family, family
from vigsite.building.examine import examine
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.load import load_case
from vigsite.keepsake.edition import Kept
from vigsite.keepsake.film.film import Film, make_film
from vigsite.keepsake.film.segments import Format
from vigsite.keepsake.film.workshop import Studio
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import FULL
from vigsite.pages.projection import project
from vigsite.records.case_folder import Records

SMALL = Format(width=640, height=360)
VOICE = "0.5*sin(2*PI*180*t)+0.3*sin(2*PI*540*t)+0.2*sin(2*PI*1700*t)"


@dataclass
class Home:
    """A case and where its sites lie."""

    family: Family
    commands: list[str] = field(default_factory=list)

    @property
    def records(self) -> Records:
        return Records(self.family.directory.resolve())

    @property
    def cache(self) -> Cache:
        return Cache(self.records.film)

    def build(self, *, agreed: bool = True) -> Kept:
        """Builds the keepsake; what a pack would be made from."""
        root = self.family.directory.parent
        name = self.family.directory.name
        command = [sys.executable, "-m", "vigsite", "build", name, "--edition", "keepsake"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == (0 if agreed else 1), done.stderr
        return self.kept()

    def kept(self) -> Kept:
        """What the case says now, with the site as it is."""
        records, version = self.records, ffmpeg.version(ffmpeg.program())
        library = Library(records.folder / "recordings", records.scratch)
        case = (examined := examine(load_case(records.case_dir), library, FULL, version)).case
        assert case is not None
        assert examined.report.faults == []
        day = max(cycle.written.filmed for cycle in case.cycles)
        shown = project(case, admit(case, Edition.KEEPSAKE, day), examined.plan)
        site = records.case_dir.parent / "sites" / case.slug / "keepsake"
        return Kept(shown, site, case.music)

    def film(self, kept: Kept, form: Format = SMALL) -> Film:
        """Its film; `commands` holds what was run for it."""
        self.commands.clear()
        version = ffmpeg.version(ffmpeg.program())
        studio = Studio(
            self.cache, self.records.scratch, version, form, on_command=self.commands.append
        )
        film = make_film(kept, studio)
        assert film is not None
        return film


def spoken_film(path: Path, picture: Counted) -> Path:
    """The counted film with a voice that gets quieter by 8 dB in its third second."""
    levels = "if(lt(t,2),0.5,0.2)"
    run_ffmpeg(
        *("-i", str(picture.path), "-f", "lavfi", "-i"),
        f"aevalsrc='{levels}*({VOICE})':c=stereo:s=48000:d=4",
        *("-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-b:a", "192k", str(path)),
    )
    return path


def home(root: Path, picture: Counted) -> Home:
    """A family of three: two clips, the second one quiet, and a still."""
    root.mkdir(parents=True, exist_ok=True)
    film = spoken_film(root / "spoken.mp4", picture)
    ash = family(root / "ash", film)
    old = "  - {id: smile, still: 0:02.5, shows: [ash, dad], title: A smile}\n"
    line = "{from: 0:02.6, to: 0:03.0, text: Look}"
    new = (
        "  - {id: quiet, clip: 0:02.2 - 0:03.4, shows: [ash, dad], title: Quietly, "
        f"captions: [{line}]}}\n"
    )
    ash.change("1-tea/cycle.yml", old, new + old)
    return Home(ash)
