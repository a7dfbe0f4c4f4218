"""The last look at a pack before it appears: every form of it, in its content and its names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vigsite.audit.audit import audit_folder, audit_page
from vigsite.audit.finding import ONE_PAGE, PACK, refuse
from vigsite.audit.search.search import Secrets
from vigsite.building.request import Said
from vigsite.records.record import Site
from vigsite.withheld.secrets import secrets_of


@dataclass(frozen=True, slots=True)
class PackAudit:
    """What may be in the packs of one keepsake, and what must not."""

    secrets: Secrets
    media: Mapping[str, str]
    """SHA-256 of every clip and still of the keepsake, by its address there."""

    @classmethod
    def of(cls, said: Said, sites: list[Site]) -> PackAudit:
        """For what the keepsake says, as it was built: in one place or several."""
        media = {
            name: digest
            for site in sites
            for name, digest in site.files.items()
            if name.endswith((".jpg", ".mp4"))
        }
        return cls(secrets_of(said.case, said.admission, said.shown), media)

    def folder(self, staging: Path, site: str) -> None:
        """Refuses a pack as a folder, whose pages lie in `site`; raises SiteError."""
        first = f"{site}/index.html"
        if (staging / first).is_file():
            media = {f"{site}/{name}": digest for name, digest in self.media.items()}
            rules = replace(PACK, start=first, media=media)
        else:
            rules = replace(PACK, start=None, hashes=self._hashes)
        refuse(audit_folder(staging, self.secrets, rules))

    def page(self, file: Path, name: str) -> None:
        """Refuses a page that goes out under `name`, all in itself; raises SiteError."""
        refuse(audit_page(file, name, self.secrets, replace(ONE_PAGE, hashes=self._hashes)))

    @property
    def _hashes(self) -> frozenset[str]:
        return frozenset(self.media.values())
