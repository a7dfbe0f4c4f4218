"""The last look at a site before a server may show it."""

from __future__ import annotations

from pathlib import Path

from vigsite.content_policy import policy_of
from vigsite.errors import SiteError
from vigsite.hosting.headers import TYPES


def refuse_unfit(site: Path) -> None:
    """Raises SiteError naming what a server must not show, although a family may keep it.

    A link would let one family's address lead to another's files (Caddy follows links), a file of
    another kind would not be served, and a script or style within a page would not run under the
    policy that the server sends.
    """
    found: list[str] = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_symlink():
            found.append(f"{name}: is a link")
        elif path.name.startswith("."):
            found.append(f"{name}: is a hidden file")
        elif path.is_dir():
            continue
        elif path.suffix.removeprefix(".") not in TYPES:
            found.append(f"{name}: is of a kind that is not served")
        elif path.suffix == ".html" and "'sha256-" in policy_of(path.read_text("utf-8")):
            found.append(f"{name}: holds a script or style of its own")
    if found:
        raise SiteError("The site was not hosted, because of this:\n  " + "\n  ".join(found[:20]))
