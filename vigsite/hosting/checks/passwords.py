"""Nobody gets in without the one passphrase, whatever is asked for and however."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from vigsite.hosting.checks.client import Ask
from vigsite.hosting.checks.probe import Probe, both, header, lacks, probe, status
from vigsite.hosting.checks.target import Target
from vigsite.hosting.headers import COOKIE, COOKIE_ATTRIBUTES

TOPIC = "passwords"
_WRONG = "wrong-wrong-wrong-wrong-wrong-wrong"
"""The same everywhere: a server that hashes slowly, and remembers, does so once."""
_REFUSED = both(status(401), header("WWW-Authenticate", "basic"))


def password_probes(target: Target) -> Iterator[Probe]:
    """None, wrong, malformed and the other family's, on every kind of file; then the right one."""
    user, right = target.login
    ways: dict[str, tuple[tuple[str, str] | None, dict[str, str]]] = {
        "no password": (None, {}),
        "a wrong password": ((user, _WRONG), {}),
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


def cookie_probes(target: Target) -> Iterator[Probe]:
    """The cookie for browsers that forget the password for films opens films, and only ours."""
    safari = {"User-Agent": _SAFARI}
    attributes = tuple(COOKIE_ATTRIBUTES.split("; "))
    given = Ask("/", login=target.login, headers=safari)
    yield probe("cookie", "Safari gets one", given, header("Set-Cookie", COOKIE, *attributes))
    for name, ask in {
        "others get none": Ask("/", login=target.login, headers={"User-Agent": _CHROME}),
        "none without a password": Ask("/", headers=safari),
        "none with a wrong password": Ask("/", login=(target.login[0], _WRONG), headers=safari),
    }.items():
        yield probe("cookie", name, ask, lacks("Set-Cookie"))
    logins = {"the right cookie": target.login, "a wrong cookie": (target.login[0], _WRONG)}
    if target.other:
        logins["the other family's cookie"] = target.other.login
    for name, login in logins.items():
        said = base64.b64encode(":".join(login).encode()).decode()
        sent = {**safari, "Cookie": f"a=b; {COOKIE}={said}"}
        part = {**sent, "Range": "bytes=0-99"}
        ours = login == target.login
        if target.film.endswith(".mp4"):
            found = status(200) if ours else _REFUSED
            yield probe("cookie", f"{name}, for a film", Ask(target.film, headers=sent), found)
            found = status(206) if ours else _REFUSED
            yield probe("cookie", f"{name}, for a part", Ask(target.film, headers=part), found)
        yield probe("cookie", f"{name}, for a page", Ask("/index.html", headers=sent), _REFUSED)
    broken = {"Cookie": f"{COOKIE}=!!!"}
    yield probe("cookie", "a broken cookie", Ask(target.film, headers=broken), _REFUSED)


_OPEN = status(200)
_SAFARI = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/604.1"
_CHROME = "Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
