"""What answers say besides their content: to browsers, to search engines, about parts of films."""

from __future__ import annotations

from collections.abc import Iterator

from vigsite.hosting.checks.client import Answer, Ask
from vigsite.hosting.checks.probe import (
    Check,
    Probe,
    Verdict,
    both,
    header,
    lacks,
    probe,
    status,
)
from vigsite.hosting.checks.target import Target
from vigsite.hosting.headers import HEADERS, TYPES

_WORDS = {
    "Strict-Transport-Security": ("max-age=",),
    "X-Robots-Tag": ("noindex",),
    "Cache-Control": ("no-store",),
    "Content-Security-Policy": ("default-src 'none'", "frame-ancestors 'none'"),
}
"""What a header must hold at least, where its whole value may be another."""
_NO = ("X-Powered-By", "Access-Control-Allow-Origin", "Alt-Svc")


def header_probes(target: Target) -> Iterator[Probe]:
    """Every header on every kind of answer, errors too."""
    right = target.login
    part = {"Range": "bytes=0-9"}
    cases = {
        200: Ask("/", login=right, headers={"Origin": "https://elsewhere.example"}),
        206: Ask(target.film, login=right, headers=part),
        401: Ask("/"),
        404: Ask("/nothing-is-here.html", login=right),
        405: Ask("/", "POST", login=right),
        416: Ask(target.film, login=right, headers={"Range": "bytes=999999999999-"}),
    }
    for code, ask in cases.items():
        checks = [Check("headers", f"an answer of {code}", status(code))]
        for name, value in HEADERS.items():
            words = _WORDS.get(name, (value,))
            checks.append(Check("headers", f"{name} on {code}", header(name, *words)))
        checks += [Check("headers", f"no {name} on {code}", lacks(name)) for name in _NO]
        numbers = [f"/{n}" for n in range(10)]
        checks.append(Check("headers", f"no version on {code}", lacks("Server", numbers)))
        yield Probe(ask, tuple(checks))


def range_probes(target: Target) -> Iterator[Probe]:
    """Parts of films, as players ask for them."""
    size = len(target.clip)
    wanted = {
        "bytes=0-99": (0, 99),
        "bytes=0-1": (0, 1),
        "bytes=100-": (100, size - 1),
        "bytes=-100": (size - 100, size - 1),
        f"bytes={size // 2}-{size // 2 + 49}": (size // 2, size // 2 + 49),
    }
    for asked, (first, last) in wanted.items():
        ask = Ask(target.film, login=target.login, headers={"Range": asked})
        yield probe("parts of films", asked, ask, _part(target.clip, first, last))
    beyond = Ask(target.film, login=target.login, headers={"Range": f"bytes={size}-"})
    yield probe("parts of films", "beyond the end", beyond, status(416))
    sized = both(status(200), header("Content-Length", str(size)), header("Accept-Ranges", "bytes"))
    yield probe("parts of films", "its size", Ask(target.film, "HEAD", login=target.login), sized)
    for kind, path in {**target.found, "html": "/index.html"}.items():
        if kind in TYPES:
            named = header("Content-Type", TYPES[kind])
            ask = Ask(path, "HEAD", login=target.login)
            yield probe("kinds of files", f"{TYPES[kind]} is called so", ask, named)


def _part(whole: bytes, first: int, last: int) -> Verdict:
    place = f"bytes {first}-{last}/{len(whole)}"

    def same(answer: Answer) -> str:
        return "" if answer.body == whole[first : last + 1] else "other bytes than in the file"

    return both(status(206), header("Content-Range", place), same)


def method_probes(target: Target) -> Iterator[Probe]:
    """Only reading."""
    methods = ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "MKCOL", "MOVE")
    for method in methods:
        empty = {"Content-Length": "0"}
        for login, how in ((None, "without a password"), (target.login, "with it")):
            ask = Ask(target.film, method, login, empty)
            allowed = status(405, 501, 400, 403, *(() if login else (401,)))
            yield probe("methods", f"{method} {how}", ask, allowed)
