"""What there is to ask for: pages and media of the family's own site, found as a visitor would."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from posixpath import normpath

from vigsite.hosting.checks.client import Answer, Ask, Place, Wire

_ADDRESS = re.compile(r"""(?:href|src|poster)=["']([^"'#?:]+)(?:[#?][^"']*)?["']""")
_SIZES = re.compile(r"""srcset=["']([^"']+)["']""")
_MOST_PAGES = 8
_MOST_SEEN = 24


@dataclass(frozen=True, slots=True)
class Other:
    """A second family on the same server, whose passphrase must open nothing here."""

    host: str
    login: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """One family's site on the server."""

    place: Place
    login: tuple[str, str]
    other: Other | None = None
    never: tuple[str, ...] = ()
    """Paths that were planted and must not be served."""
    found: dict[str, str] = field(default_factory=dict)
    """A path of each kind, by the end of its name; `page` is a second page."""
    seen: list[str] = field(default_factory=list)
    """Addresses of pages and media, as many as are asked for one by one."""
    clip: bytes = b""
    """The whole of the clip, or of the picture where there is no clip."""

    @property
    def film(self) -> str:
        """What is asked for in parts."""
        return self.found.get("mp4") or self.found["jpg"]

    @property
    def samples(self) -> dict[str, str]:
        """Paths to try passwords on, by what they are."""
        names = {"page": "a page", "mp4": "a clip", "jpg": "a picture", "css": "a style sheet"}
        first = {"the first page": "/", "the first page by name": "/index.html"}
        return first | {names[kind]: self.found[kind] for kind in names if kind in self.found}


def look_around(wire: Wire, target: Target) -> str:
    """Logs in and fills `target.found`; returns why that failed, empty when it did not."""
    first = wire.ask(Ask("/", login=target.login))
    if first.status != 200:
        return _no_login(first)
    pages, seen = ["/"], {"/", "/index.html"}
    for page in pages:
        if pages.index(page) >= _MOST_PAGES:
            break
        answer = first if page == "/" else wire.ask(Ask(page, login=target.login))
        for address in _addresses(answer.body.decode("utf-8", "replace")):
            path = normpath(f"{page.rpartition('/')[0]}/{address}")
            ending = path.rpartition(".")[2]
            if ending == "html" and path not in seen:
                seen.add(path)
                pages.append(path)  # the loop comes to it
                target.found.setdefault("page", path)
            elif ending != "html":
                target.found.setdefault(ending, path)
            if path not in target.seen and len(target.seen) < _MOST_SEEN:
                target.seen.append(path)
    if not {"mp4", "jpg"} & target.found.keys():
        return "the pages show neither clip nor picture; is that a site of vigsite?"
    return ""


def _addresses(page: str) -> list[str]:
    """All that a page leads to and shows, smaller sizes of its pictures too."""
    sizes = [
        one.split()[0]
        for listed in _SIZES.findall(page)
        for one in listed.split(",")
        if one.strip()
    ]
    return [*_ADDRESS.findall(page), *sizes]


_MISPLACED = (
    "the copy does not lie where the server's configuration looks for it: passwords/ and sites/ "
    "belong into that folder itself, not into a server/ in it. Copy once more with the line of "
    "README.txt, both slashes at their ends included, and delete the copy that lies wrong"
)


def _no_login(answer: Answer) -> str:
    reasons = {
        0: f"there was no answer ({answer.why}); is the server running, and its certificate known?",
        401: "the server refused the passphrase; is it the newest?",
        403: "the server finds no passphrase of this family for today; its last day is over, or "
        + _MISPLACED,
        404: f"the server finds no site of this family; {_MISPLACED}",
        410: "the last day of access is over",
    }
    return reasons.get(answer.status, f"the first page answered {answer.status}")
