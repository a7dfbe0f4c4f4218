"""There is one way in: TLS, to a host that is there, by its own name."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

from vigsite.hosting.checks.client import Answer, Ask
from vigsite.hosting.checks.probe import Probe, nothing_shown, probe, status
from vigsite.hosting.checks.target import Target

_STRANGER = "elsewhere.example"
_MADE_UP = "Basic ZmFtaWx5OndyaXR0ZW4taW4tdGhlLWNsZWFy"
"""The real one is never sent in the clear, where others could read it."""
_CLOSED = status(0, 400, 403, 404, 421)


def door_probes(target: Target) -> Iterator[Probe]:
    """http, other hosts, other names in the handshake, old versions of TLS."""
    place, right = target.place, target.login
    domain = place.host.partition(".")[2]
    unknown = f"zzzzzzzzzzzz.{domain}"

    def to_https(answer: Answer) -> str:
        there = answer.headers.get("location", "")
        if answer.status == 0 or answer.status in (403, 404):
            return ""
        if answer.status in (301, 308) and there.startswith(f"https://{place.named}/"):
            return ""
        return f"answered {answer.status} {there}, expected https or nothing"

    for what, path in {"a page": "/", "a film": target.film}.items():
        plain = Ask(path, plain=True, host=place.host)
        yield probe("doors", f"{what} over http", plain, to_https)
    asked = Ask("/", plain=True, host=place.host, headers={"Authorization": _MADE_UP})
    yield probe("doors", "a password over http", asked, to_https)
    for host in (_STRANGER, "localhost", "127.0.0.1"):
        plain = Ask("/", plain=True, host=host)
        yield probe("doors", f"{host} over http", plain, nothing_shown)
    for host in (_STRANGER, "localhost", domain, "127.0.0.1", ""):
        ask = Ask("/", login=right, host=host)
        yield probe("doors", f"the Host {host or '(empty)'}", ask, _CLOSED)
    named = Ask("/", host=unknown, sni=unknown)
    yield probe("doors", "a family that is not there", named, _CLOSED)
    for sni in (_STRANGER, ""):
        ask = Ask("/", host=_STRANGER, sni=sni)
        yield probe("doors", f"a handshake with {sni or 'no name'}", ask, status(0, 421))
    whole = Ask(f"https://{_STRANGER}/", login=right)
    yield probe("doors", "another host in the address", whole, _CLOSED)
    if target.other:
        ask = Ask("/", login=right, host=target.other.host)
        yield probe("doors", "the other family's Host", ask, status(0, 401, 421))
        ask = Ask("/", login=right, host=target.other.host, sni=target.other.host)
        yield probe("doors", "our password at the other family's", ask, status(401))
    for version, name in ((ssl.TLSVersion.TLSv1, "1.0"), (ssl.TLSVersion.TLSv1_1, "1.1")):
        ask = Ask("/", tls=version)
        yield probe("doors", f"TLS {name}", ask, status(0))
    ask = Ask("/", login=right, tls=ssl.TLSVersion.TLSv1_2)
    yield probe("doors", "TLS 1.2", ask, status(200))
