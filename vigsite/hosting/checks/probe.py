"""A probe: one request, and what must hold of its answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from vigsite.hosting.checks.client import Answer, Ask

Verdict = Callable[[Answer], str]
"""Why an answer is wrong; empty when it is right."""


@dataclass(frozen=True, slots=True)
class Check:
    """One fact about an answer."""

    topic: str
    what: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Probe:
    """One request and the facts that it proves."""

    ask: Ask
    checks: tuple[Check, ...]


def probe(topic: str, what: str, ask: Ask, verdict: Verdict) -> Probe:
    """A probe of a single fact."""
    return Probe(ask, (Check(topic, what, verdict),))


def status(*allowed: int) -> Verdict:
    """The answer has one of these statuses; 0 stands for none at all."""

    def verdict(answer: Answer) -> str:
        if answer.status in allowed:
            return ""
        expected = " or ".join(str(one) if one else "no answer" for one in allowed)
        return f"answered {shown(answer)}, expected {expected}"

    return verdict


def both(*verdicts: Verdict) -> Verdict:
    """Each of them holds."""

    def verdict(answer: Answer) -> str:
        return next((found for one in verdicts if (found := one(answer))), "")

    return verdict


def nothing_shown(answer: Answer) -> str:
    """The answer holds nothing: no success, and no way to one."""
    if 200 <= answer.status < 400:
        return f"answered {answer.status} with {len(answer.body)} bytes, expected a refusal"
    return ""


def header(name: str, *holds: str) -> Verdict:
    """A header is there, once, and holds these words."""

    def verdict(answer: Answer) -> str:
        value = answer.headers.get(name.lower())
        if value is None:
            return f"is missing on {shown(answer)}"
        missing = [word for word in holds if word.lower() not in value.lower()]
        return f"is {value[:80]!r} on {shown(answer)}, without {missing[0]!r}" if missing else ""

    return verdict


def lacks(name: str, words: Collection[str] = ()) -> Verdict:
    """A header is not there, or holds none of these words."""

    def verdict(answer: Answer) -> str:
        value = answer.headers.get(name.lower())
        wrong = value is not None and (not words or any(word in value for word in words))
        return f"is {value!r} on {shown(answer)}" if wrong else ""

    return verdict


def shown(answer: Answer) -> str:
    """A status in words."""
    return str(answer.status) if answer.status else f"nothing ({answer.why})"
