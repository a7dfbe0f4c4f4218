"""What a page may do: its content policy, and nothing in it that the policy would have to stop."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

from vigsite.audit.finding import Finding
from vigsite.audit.formats.html import Element, Markup

_SHUT = ("default-src", "connect-src", "object-src", "base-uri", "form-action")
"""Directives that must be 'none', or left to such a default-src where they fall back to it."""
_NO_FALLBACK = {"base-uri", "form-action"}
_OPEN = {
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "media-src": {"'self'", "data:"},
    "font-src": {"'self'", "data:"},
    "frame-src": set(),
    "child-src": set(),
    "worker-src": {"'self'"},
    "manifest-src": set(),
    "frame-ancestors": set(),
}
_HASH = re.compile(r"'sha(?:256|384|512)-[A-Za-z0-9+/=_-]+'")
_FORBIDDEN_TAGS = {
    *("base", "form", "iframe", "frame", "frameset", "object", "embed", "applet", "portal"),
    *("fencedframe", "foreignobject", "isindex"),
}
_FORBIDDEN_LINKS = {"preconnect", "dns-prefetch", "prefetch", "prerender", "manifest", "import"}
_META_NAMES = {
    *("viewport", "robots", "referrer", "color-scheme", "description", "theme-color"),
    *("format-detection",),
}
_META_EQUIV = {"content-security-policy", "x-ua-compatible", "content-type"}
_ACTIVE = re.compile(
    r"^(?:javascript|vbscript|data:text/html|data:image/svg|blob|filesystem):?", re.I
)
_BEFORE_POLICY = {"script", "style", "link", "img", "video", "audio", "source", "a", "body"}
_AGAIN = "Build the site again; if this comes back, report it."


def policy_findings(file: str, page: Markup) -> Iterator[Finding]:
    """All that a page holds against the rules for pages."""
    policy = _policy_of(page)
    if policy is None:
        what = "has no content policy of its own, so that it could ask other computers for things"
        yield Finding(file, "", what, _AGAIN)
    else:
        for what in _loose(policy):
            yield Finding(file, "content policy", what, _AGAIN)
    charsets = [e.attributes["charset"].lower() for e in page.elements if "charset" in e.attributes]
    if charsets != ["utf-8"]:
        yield Finding(file, "", "does not say once that it is written in UTF-8", _AGAIN)
    for element in page.elements:
        yield from _element(file, element)
    yield from _inline(file, page, policy or {})
    for line, comment in page.comments:
        if not comment.lower().startswith("doctype"):
            what = f"holds a comment that readers do not see ({comment.strip()[:40]!r})"
            yield Finding(file, f"line {line}", what, "Take it out.")


def _policy_of(page: Markup) -> dict[str, set[str]] | None:
    """The directives of the first policy, if it stands before all that it is to bind."""
    for element in page.elements:
        attributes = element.attributes
        if element.tag == "meta" and (
            attributes.get("http-equiv", "").lower() == "content-security-policy"
        ):
            directives: dict[str, set[str]] = {}
            for part in attributes.get("content", "").split(";"):
                name, *sources = part.split() or [""]
                if name:
                    directives.setdefault(name.lower(), set(sources))
            return directives
        if element.tag in _BEFORE_POLICY:
            return None
    return None


def _loose(policy: dict[str, set[str]]) -> Iterator[str]:
    """What a policy allows beyond the site's own files."""
    default = policy.get("default-src")
    for name in _SHUT:
        sources = policy.get(name, None if name in _NO_FALLBACK else default)
        if sources is None or not sources <= {"'none'"}:
            yield f"{name} is not 'none'"
    for name, sources in policy.items():
        if name in _SHUT or name == "upgrade-insecure-requests":
            continue
        more = {source for source in sources - {"'none'"} if not _HASH.fullmatch(source)}
        if name.removesuffix("-elem").removesuffix("-attr") not in _OPEN:
            yield f"has the unknown part {name}"
        elif beyond := more - _OPEN[name.removesuffix("-elem").removesuffix("-attr")]:
            yield f"{name} allows {', '.join(sorted(beyond))}"


def _element(file: str, element: Element) -> Iterator[Finding]:
    place, tag, attributes = f"line {element.line}", element.tag, element.attributes
    if tag in _FORBIDDEN_TAGS:
        yield Finding(file, place, f"holds a <{tag}>, which no page needs", "Take it out.")
    for name, value in attributes.items():
        if name.startswith("on"):
            what = f"holds a script in an attribute ({name})"
            yield Finding(file, place, what, "Take it out.")
        elif name == "srcdoc":
            yield Finding(file, place, "holds a page in a page (srcdoc)", "Take it out.")
        elif name == "style":
            what = "holds a style in an attribute, which the policy would not apply"
            yield Finding(file, place, what, "Put it into the stylesheet.")
        elif _ACTIVE.match(re.sub(r"[\x00-\x20]", "", value)) and name not in ("alt", "title"):
            what = f"holds an address that is a script or page by itself ({value.strip()[:40]!r})"
            yield Finding(file, place, what, "Take it out.")
    if tag == "meta":
        yield from _meta(file, place, attributes)
    if tag == "link" and _FORBIDDEN_LINKS & set(attributes.get("rel", "").lower().split()):
        what = f"asks for something beforehand (rel={attributes['rel']!r})"
        yield Finding(file, place, what, "Take it out.")


def _meta(file: str, place: str, attributes: dict[str, str]) -> Iterator[Finding]:
    equiv, name = attributes.get("http-equiv", "").lower(), attributes.get("name", "").lower()
    if equiv and equiv not in _META_EQUIV:
        what = f"tells the browser to do something by itself ({equiv})"
        yield Finding(file, place, what, "Take it out.")
    if (name and name not in _META_NAMES) or "property" in attributes:
        said = name or attributes["property"]
        what = f"tells something about itself that readers do not see ({said})"
        yield Finding(file, place, what, "Take it out.")


def _inline(file: str, page: Markup, policy: dict[str, set[str]]) -> Iterator[Finding]:
    """Scripts and styles that stand in the page without being named by their hash."""
    for kind, parts in (("script", page.scripts), ("style", page.styles)):
        allowed = policy.get(f"{kind}-src", set())
        for line, code in parts:
            if code.strip() and _hash(code) not in allowed:
                what = f"holds a {kind} that its policy does not name by its hash"
                yield Finding(file, f"line {line}", what, _AGAIN)


def _hash(code: str) -> str:
    digest = base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode()
    return f"'sha256-{digest}'"
