"""After MkDocs: small files are joined, unused ones go, each page gets its security policy."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from vigsite.audit.formats.links import read_links
from vigsite.content_policy import policy_of
from vigsite.site.join import join

_UNWANTED = ("404.html", "sitemap.xml", "sitemap.xml.gz", "objects.inv")


def finish(site: Path) -> None:
    """Joins, prunes and hardens a freshly built site in place."""
    for name in _UNWANTED:
        (site / name).unlink(missing_ok=True)  # staged
    join(site)
    _prune(site)
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        policy = f'<meta http-equiv="Content-Security-Policy" content="{policy_of(text)}">'
        marked = text.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n{policy}', 1)
        page.write_text(marked, encoding="utf-8", newline="\n")  # staged


def _prune(site: Path) -> None:
    """Deletes what no page and no stylesheet in use refers to (Material brings much of it)."""
    links = read_links(site)
    used: set[PurePosixPath] = set(links.ids)
    used |= {PurePosixPath(f.relative_to(site).as_posix()) for f in site.rglob("LICENSE*.txt")}
    while True:
        found = {
            reference.target
            for reference in links.references
            if reference.file in used and not reference.external and reference.target is not None
        }
        if found <= used:
            break
        used |= found
    for file in sorted(site.rglob("*"), reverse=True):
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()  # staged
        elif PurePosixPath(file.relative_to(site).as_posix()) not in used:
            file.unlink()  # staged
