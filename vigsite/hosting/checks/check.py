"""Asks everything there is to ask, and reports."""

from __future__ import annotations

import base64
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from vigsite.hosting.checks.client import Answer, Ask, Enough, Wire
from vigsite.hosting.checks.entrances import entrance_probes
from vigsite.hosting.checks.other_entrances import door_probes
from vigsite.hosting.checks.passwords import cookie_probes, password_probes
from vigsite.hosting.checks.paths import path_probes
from vigsite.hosting.checks.probe import Probe, probe, status
from vigsite.hosting.checks.responses import header_probes, method_probes, range_probes
from vigsite.hosting.checks.target import Target, look_around
from vigsite.hosting.headers import COOKIE
from vigsite.terminal.visible import visible

_AT_ONCE = 8
_BURST = 110
"""More than the server lets through at once (60 and 20 a second), in one go."""
_GONE = status(0, 403, 404, 410, 421)
_GONE_PATHS = (
    "/",
    "/index.html",
    "/about.html",
    "/cycle-1.html",
    "/media/cycle-1-moment-1.mp4",
    "/media/cycle-1-moment-1-480.jpg",
    "/assets/vig/vig.css",
    "/media/",
    "/nothing.html",
)


@dataclass(slots=True)
class Report:
    """What held and what did not."""

    held: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    requests: int = 0

    @property
    def total(self) -> int:
        """How many facts were looked at."""
        return sum(self.held.values()) + len(self.findings)

    def add(self, topic: str, what: str, wrong: str) -> None:
        """One fact more; `wrong` is empty when it holds."""
        if wrong:
            self.findings.append(visible(f"{topic}: {what}: {wrong}"))
        else:
            self.held[topic] += 1


Told = Callable[[str], None]


def check_host(target: Target, told: Told = lambda _: None) -> Report:
    """Every probe against the server, a few at a time; some hundred requests in all."""
    wire, report = Wire(target.place), Report()
    try:
        told("looking around")
        if wrong := look_around(wire, target):
            report.add("passwords", "the right one", wrong)
            return report
        whole = wire.ask(Ask(target.film, login=target.login)).body
        target = replace(target, clip=whole)
        told("asking")
        passwords = list(password_probes(target))
        few = next(n for n, one in enumerate(passwords) if one.ask.path != "/")
        _run(passwords[:few], wire, report)  # a server may remember these, and be quicker then
        probes = [
            *passwords[few:],
            *cookie_probes(target),
            *entrance_probes(target),
            *path_probes(target),
            *header_probes(target),
            *range_probes(target),
            *method_probes(target),
            *door_probes(target),
        ]
        _run(probes, wire, report)
        told("comparing times")
        _timing(wire, target, report)
        told("asking too fast")
        _limit(wire, target, report)
    except Enough:
        report.add("check", "all of it", "was not finished within its bounds; run it again alone")
    finally:
        report.requests = wire.asked
    return report


def check_gone(target: Target, told: Told = lambda _: None) -> Report:
    """That nothing is shown to anybody any more."""
    wire, report = Wire(target.place), Report()
    told("asking")
    ways = {"without a password": None, "with a wrong one": (target.login[0], "wrong")}
    if target.login[1]:
        ways["with the family's"] = target.login
    said = base64.b64encode(":".join(target.login).encode()).decode()
    cookie = {"Cookie": f"{COOKIE}={said}"}
    probes = [
        probe("gone", f"{path} {how}", Ask(path, login=login, headers=headers), _GONE)
        for path in _GONE_PATHS
        for how, login in ways.items()
        for headers in ({}, {"Range": "bytes=0-99"})
    ]
    probes += [
        probe("gone", f"{path} with a cookie", Ask(path, headers=cookie), _GONE)
        for path in _GONE_PATHS
    ]
    probes += [
        probe("gone", f"{method} {path}", Ask(path, method), status(0, 403, 404, 405, 410, 421))
        for path in ("/", "/index.html")
        for method in ("HEAD", "OPTIONS")
    ]
    try:
        answers = _run(probes, wire, report)
        if not any(answer.status for answer in answers):
            report.notes.append(
                f"Nobody answered at all ({answers[0].why}). That is as it should be where the "
                "name or the server was taken away; if not, look whether the address is right."
            )
    except Enough:
        report.add("check", "all of it", "was not finished within its bounds; run it again alone")
    report.requests = wire.asked
    return report


def _run(probes: Iterable[Probe], wire: Wire, report: Report) -> list[Answer]:
    """All probes and what came back, in order of their list whatever comes back first."""
    listed = list(probes)
    with ThreadPoolExecutor(_AT_ONCE) as crew:
        answers = list(crew.map(lambda one: wire.ask(one.ask), listed))
    for one, answer in zip(listed, answers, strict=True):
        for check in one.checks:
            report.add(check.topic, check.what, check.verdict(answer))
    return answers


def _timing(wire: Wire, target: Target, report: Report) -> None:
    """Whether it takes another time to refuse a user that is not there."""
    users = (target.login[0], "nobody")
    least = dict.fromkeys(users, math.inf)
    with ThreadPoolExecutor(2) as crew:
        for n in range(2):
            asks = [Ask("/", login=(user, f"wrong-{n}-{id(report)}")) for user in users]
            for user, answer in zip(users, crew.map(wire.ask, asks), strict=True):
                least[user] = min(least[user], answer.seconds)
    one, other = least.values()
    apart = abs(one - other)
    wrong = ""
    if apart > 0.05 and apart > 0.3 * max(one, other):
        wrong = f"took {one:.2f} s for the user there is, {other:.2f} s for one there is not"
    report.add("times", "an unknown user", wrong)


def _limit(wire: Wire, target: Target, report: Report) -> None:
    """Whether the server slows down who asks too fast."""
    ask = Ask("/", "HEAD", login=target.login)
    with ThreadPoolExecutor(2 * _AT_ONCE) as crew:
        answers = list(crew.map(lambda _: wire.ask(ask, paced=False), range(_BURST)))
    statuses = Counter(answer.status for answer in answers)
    if statuses[429] or statuses[503]:
        report.add("times", "too many requests", "")
    elif re.match(r"nginx", answers[0].headers.get("server", "")):
        report.add("times", "too many requests", f"all {_BURST} of a burst were answered")
    else:
        report.notes.append(
            "This server has no limit for requests (Caddy has none without a plug-in). Six random "
            "words cannot be guessed at any speed; a flood could still slow it down."
        )
