"""Every other way to ask for the same: other spellings, a cookie, a method, a header."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from vigsite.hosting.checks.client import Ask
from vigsite.hosting.checks.probe import Probe, nothing_shown, probe, status
from vigsite.hosting.checks.target import Target
from vigsite.hosting.headers import COOKIE

TOPIC = "entrances"
_PAGES = ("/", "/index.html")
_ALSO = ("/deck.html", "/cycle-1.html", "/media/", "/assets/")
_SPELLED = (
    *("//", "/./", "/.", "/?", "/?a=b", "/#", "/%2f", "/%2e/", "/;", "/index", "/index.htm"),
    *("//index.html", "/./index.html", "/%2e/index.html", "/%69ndex.html", "/index%2ehtml"),
    *(
        "/INDEX.HTML",
        "/index.html/",
        "/index.html.",
        "/index.html%20",
        "/index.html;a",
        "/index.html?a",
    ),
    *(
        "/media/../index.html",
        "/media/%2e%2e/index.html",
        "/x/../",
        "/index.html%3f",
        "\\index.html",
    ),
)
_METHODS = ("HEAD", "POST", "OPTIONS", "PUT", "GETS")
"""The last is none: a server that guards some methods by name lets it in."""
_HEADERS = {
    "another address in a header": {
        "X-Original-URL": "/index.html",
        "X-Rewrite-URL": "/index.html",
    },
    "the server itself as the asker": {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"},
    "another method in a header": {"X-HTTP-Method-Override": "HEAD"},
    "a user in a header": {"X-Remote-User": "family", "Remote-User": "family"},
    "what changed since": {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"},
    "a known version": {"If-None-Match": "*"},
}
_SHUT = status(0, 400, 401, 403, 404, 405, 421, 501)


def entrance_probes(target: Target) -> Iterator[Probe]:
    """None of them shows anything to who brings no passphrase in the one right way."""
    said = base64.b64encode(":".join(target.login).encode()).decode()
    ways: dict[str, dict[str, str]] = {
        "no password": {},
        "the right cookie": {"Cookie": f"{COOKIE}={said}"},
        "any cookie": {"Cookie": f"session=1; {COOKIE}=1; auth=1"},
    }
    for path in dict.fromkeys((*_PAGES, *_ALSO, *target.seen)):
        for way, headers in ways.items():
            if way == "the right cookie" and path.endswith(".mp4"):
                continue  # that is what it is for
            if way == "any cookie" and path not in _PAGES:
                continue
            yield probe(TOPIC, f"{path} with {way}", Ask(path, headers=headers), _SHUT)
    for path in _PAGES:
        for method in _METHODS:
            empty = {"Content-Length": "0"} if method in ("POST", "PUT") else {}
            for way, headers in ways.items():
                if way != "any cookie":
                    ask = Ask(path, method, headers={**empty, **headers})
                    yield probe(TOPIC, f"{method} {path} with {way}", ask, _SHUT)
        for way, headers in _HEADERS.items():
            yield probe(TOPIC, f"{path} with {way}", Ask(path, headers=headers), _SHUT)
        old = Ask(path, old=True)
        yield probe(TOPIC, f"{path} by HTTP/1.0", old, _SHUT)
    film = target.film
    folder, _, name = film.rpartition("/")
    films = (
        f"{folder}//{name}",
        f"{film}?a",
        f"{film}/",
        f"{folder}/%{ord(name[0]):02x}{name[1:]}",
    )
    for path in (*_SPELLED, *films, f"/.{film}", f"/{film}"):
        yield probe(TOPIC, f"{path} without a password", Ask(path), nothing_shown)
    yield probe(TOPIC, "a film by HTTP/1.0", Ask(film, old=True), _SHUT)
    host = target.place.host
    for named in (host.upper(), f"{host}.", f"{host}:1"):
        yield probe(TOPIC, f"the Host {named} without a password", Ask("/", host=named), _SHUT)
