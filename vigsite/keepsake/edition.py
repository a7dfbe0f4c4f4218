"""What everything in a pack is made from: the keepsake edition, as it was built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vigsite.files.identity import opened, sha256_of
from vigsite.pages.shown import Shown


@dataclass(frozen=True, slots=True)
class Kept:
    """The keepsake edition: what it says, and the folder of its site."""

    shown: Shown
    """All its words; addresses of its pictures and clips are relative to `site`."""
    site: Path
    """The published, audited site; every frame in it was agreed to."""
    music: Path | None = None
    """A sound file beside case.yml for the film, or none."""
    music_seen: str = ""
    """Its identity when the notes were read."""

    def music_hash(self) -> str:
        """SHA-256 of the music, empty without any; raises MediaError when it was replaced."""
        if self.music is None:
            return ""
        with opened(self.music, self.music_seen) as file:
            return sha256_of(file, self.music)
