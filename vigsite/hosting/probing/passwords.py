"""Nobody gets in without the one passphrase, whatever is asked for and however."""

from __future__ import annotations

from collections.abc import Iterator

from vigsite.hosting.probing.probe import Probe, both, header, probe, status
from vigsite.hosting.probing.target import Target
from vigsite.hosting.probing.wire import Ask

TOPIC = "passwords"
_REFUSED = both(status(401), header("WWW-Authenticate", "basic"))


def password_probes(target: Target) -> Iterator[Probe]:
    """None, wrong, malformed and the other family's, on every kind of file; then the right one."""
    user, right = target.login
    ways: dict[str, tuple[tuple[str, str] | None, dict[str, str]]] = {
        "no password": (None, {}),
        "a wrong password": ((user, "wrong-wrong-wrong-wrong-wrong-wrong"), {}),
        "an empty password": ((user, ""), {}),
        "the right password of an unknown user": (("nobody", right), {}),
        "a password that is cut short": ((user, right[:-1]), {}),
        "an unreadable password": (None, {"Authorization": "Basic !!!"}),
        "another kind of password": (None, {"Authorization": f"Bearer {right}"}),
    }
    if target.other:
        ways["the other family's password"] = (target.other.login, {})
    for name, path in target.samples.items():
        for way, (login, headers) in ways.items():
            ask = Ask(path, login=login, headers=headers)
            yield probe(TOPIC, f"{way}, for {name}", ask, _REFUSED)
        yield probe(TOPIC, f"the right password, for {name}", Ask(path, login=target.login), _OPEN)
    for way in ("no password", "a wrong password", "the other family's password"):
        if way in ways:
            ask = Ask(target.film, login=ways[way][0], headers={"Range": "bytes=0-99"})
            yield probe(TOPIC, f"{way}, for a part of a film", ask, _REFUSED)
            ask = Ask(target.film, "HEAD", login=ways[way][0])
            yield probe(TOPIC, f"{way}, for the size of a film", ask, status(401))
    nothing = Ask("/media/nothing-is-here.mp4")
    yield probe(TOPIC, "no password, for what is not there", nothing, _REFUSED)


_OPEN = status(200)
