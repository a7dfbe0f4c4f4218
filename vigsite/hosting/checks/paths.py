"""Nothing is served but the files of this family's own site, of the kinds that belong to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from vigsite.hosting.checks.client import Ask
from vigsite.hosting.checks.probe import Probe, nothing_shown, probe, status
from vigsite.hosting.checks.target import Target

_CLIMBS = (
    "/../../../../../../etc/passwd",
    "/media/../../../../../../../etc/passwd",
    "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/.%2e/.%2e/.%2e/.%2e/.%2e/etc/passwd",
    "/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/media%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/..%5c..%5c..%5c..%5cetc%5cpasswd",
    "/..\\..\\..\\..\\etc\\passwd",
    "/%252e%252e/%252e%252e/%252e%252e/etc/passwd",
    "/%c0%ae%c0%ae/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
    "/%e0%80%ae%e0%80%ae/%e0%80%ae%e0%80%ae/etc/passwd",
    "/index.html%00.jpg",
    "/%00/index.html",
    "/....//....//....//etc/passwd",
    "/..;/..;/index.html",
    "/assets../index.html",
    "/assets../site/index.html",
    "/media../index.html",
    "/media../site/index.html",
    "//etc/passwd",
    "/etc/passwd",
)
_KINDS = (
    "/.hidden.html",
    "/media/.hidden.jpg",
    "/.git/config",
    "/.htpasswd",
    "/.env",
    "/.vigsite.json",
    "/.well-known/security.txt",
    "/case.yml",
    "/1-breakfast/cycle.yml",
    "/index.html~",
    "/index.html.bak",
    "/index.php",
    "/site.zip",
    "/media/cycle-1-moment-1.mp4.part",
    "/assets/vig/vig.css.map",
    "/hosting.json",
    "/server-status",
    "/nginx_status",
)


def path_probes(target: Target) -> Iterator[Probe]:
    """Ways out of the folder, names that must not exist, and folders that must not be listed."""
    slug = target.place.host.partition(".")[0]
    today = dt.date.today().isoformat()
    climbs = [*_CLIMBS, f"/../../../passwords/{today}/{slug}"]
    climbs += [f"/media../../../passwords/{today}/{slug}"]
    if target.other:
        other = target.other.host.partition(".")[0]
        climbs += [f"/../../{other}/site/index.html", f"/..%2f..%2f{other}%2fsite%2findex.html"]
        climbs += [f"/assets../../../{other}/site/index.html", f"/{other}/index.html"]
    for path in climbs:
        yield probe("ways out", f"{path} without a password", Ask(path), nothing_shown)
        yield probe("ways out", path, Ask(path, login=target.login), nothing_shown)
    for path in (*_KINDS, f"/passwords/{today}/{slug}"):
        denied = status(404, 403, 400)
        yield probe("kinds of files", f"{path} without a password", Ask(path), denied)
        yield probe("kinds of files", path, Ask(path, login=target.login), denied)
    for path in _folders(target):
        yield probe("lists", path, Ask(path, login=target.login), status(403, 404))
        yield probe("lists", path, Ask(path.rstrip("/"), login=target.login), nothing_shown)
    for path in target.never:
        yield probe("planted files", path, Ask(path, login=target.login), nothing_shown)
        yield probe("planted files", f"{path} without a password", Ask(path), nothing_shown)


def _folders(target: Target) -> list[str]:
    found: dict[str, None] = {}
    for kind, path in target.found.items():
        parent = path.rpartition("/")[0] if kind != "page" else ""
        while parent:
            found[f"{parent}/"] = None
            parent = parent.rpartition("/")[0]
    return list(found)
