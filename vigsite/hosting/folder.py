"""The folder that a server is made ready from: where everything in it lies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vigsite.hosting.settings import Server

KNOWN = "cases"
"""The folder with the markers of hosted cases."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What `vigsite host --out DIR` writes.

    `server/` is copied to the server as a whole; everything beside it stays here.
    """

    out: Path

    @property
    def register(self) -> Path:
        """Who is hosted: names of cases, addresses, dates. Nothing in it opens anything."""
        return self.out / "hosting.json"

    @property
    def readme(self) -> Path:
        """What to copy where."""
        return self.out / "README.txt"

    @property
    def private(self) -> Path:
        """The lock, and what is being written."""
        return self.out / ".vigsite"

    def known(self, case_id: str) -> Path:
        """Where the marker of a case lies, with what was withdrawn from it; never on the server."""
        return self.private / KNOWN / case_id

    @property
    def server(self) -> Path:
        """What is copied to the server."""
        return self.out / "server"

    @property
    def sites(self) -> Path:
        """A folder for each family, under its random name."""
        return self.server / "sites"

    @classmethod
    def around(cls, site: Path) -> tuple[Tree, str] | None:
        """The folder that a family's site lies in, and its random name; None if it is no such."""
        match site.parts[-4:]:
            case ("server", "sites", slug, "site"):
                return cls(site.parents[3]), slug
        return None

    def family(self, slug: str) -> Path:
        """Of one family; its site lies one deeper, so that nothing else is ever within it."""
        return self.sites / slug

    def slugs(self) -> set[str]:
        """Return the random names of all sites that are there."""
        return {one.name for one in self.sites.iterdir()} if self.sites.is_dir() else set()

    def site(self, slug: str) -> Path:
        """The root of what a family sees."""
        return self.family(slug) / "site"

    @property
    def passwords(self) -> Path:
        """nginx: a folder for each day of access, named for it, with a file for each family."""
        return self.server / "passwords"

    def password(self, day: dt.date, slug: str) -> Path:
        """What opens a family's site on a day."""
        return self.passwords / day.isoformat() / slug

    def days(self) -> Iterator[tuple[dt.date, Path]]:
        """The folders of days that are there."""
        for folder in sorted(self.passwords.iterdir()) if self.passwords.is_dir() else []:
            try:
                yield dt.date.fromisoformat(folder.name), folder
            except ValueError:
                continue

    @property
    def nginx(self) -> Path:
        """nginx: its whole configuration, the same for any number of families."""
        return self.server / "nginx" / "vigsite.conf"

    @property
    def caddy(self) -> Path:
        """Caddy: its configurations, and a line for each family."""
        return self.server / "caddy"

    @property
    def written(self) -> tuple[Path, ...]:
        """Every folder in which a file is written, but those of days and sites."""
        families = self.line("x").parent
        return (self.out, self.private, *(self.server / kind for kind in Server), families)

    def line(self, slug: str) -> Path:
        """Caddy: what opens a family's site, and until when."""
        return self.caddy / "families" / f"{slug}.caddy"
