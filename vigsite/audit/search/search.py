"""Searching one file for every secret: in what may be words, and in the bytes of films."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from mmap import mmap

from vigsite.audit.finding import Finding
from vigsite.audit.formats.shipped_syntax import film_without_syntax
from vigsite.audit.search.decodings import Reading, readings
from vigsite.audit.search.embedded import text_runs
from vigsite.audit.search.matcher import Finder, Secret, plain_words
from vigsite.audit.search.shipped_places import OwnTexts

Raw = bytes | mmap
CHUNK = 8_000_000
"""Bytes of a file that are looked at in one go."""
_OVERLAP = 8_192
_SHORT = 6
"""Letters; anything shorter turns up by chance where bytes of another kind are decoded."""
LEAST = 4
"""Letters and digits; anything shorter is there by chance in a code and in the boxes of a film."""
_CODED = {"base64", "hex", "character codes"}
MOST_BESIDE = 60_000
"""Bytes beside a picture or film that are read in every way; all of it is searched besides."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not occur in one edition."""

    secrets: tuple[Secret, ...] = ()
    said: tuple[str, ...] = ()
    """What the edition is allowed to say; no trace is seen in it."""
    notes: tuple[str, ...] = ()
    """What could not be searched for, a sentence each."""
    own: tuple[str, ...] = ()
    """What pages of that edition say by themselves; `|` stands for what is filled in."""


@dataclass(slots=True)
class Search:
    """Finds what must not occur, however it is written."""

    secrets: Secrets
    finder: Finder = field(init=False)
    texts: OwnTexts = field(init=False)

    def __post_init__(self) -> None:
        self.finder = Finder(self.secrets.secrets)
        self.texts = OwnTexts.of(self.secrets.own)

    def name(self, address: str) -> Iterator[Finding]:
        """Secrets in a file's name, unless we give that name to every such file."""
        if self.texts.has_name(address):
            return
        plain = self.finder.in_name(address)
        for secret in sorted(plain, key=lambda one: one.text):
            yield _secret(address, "name", secret, "")
        for reading in readings(address.encode("utf-8", "replace")) if self.secrets.secrets else ():
            for secret in self.finder.in_text(reading.text) - plain:
                yield _secret(address, "name", secret, reading.said)

    def beside(self, address: str, place: str, raw: Raw, beside: bytes) -> Iterator[Finding]:
        """Secrets in a film or picture; `beside` is what it holds besides."""
        told: set[Secret] = set()
        where = place or "beside the picture"
        without = film_without_syntax(beside[:MOST_BESIDE])
        yield from self.words(address, where, without, told, least=LEAST)
        yield from self.stored(address, place, raw, told)

    def words(
        self,
        address: str,
        place: str,
        raw: bytes,
        told: set[Secret] | None = None,
        *,
        least: int = 1,
        on_paper: bool = False,
    ) -> Iterator[Finding]:
        """Secrets in anything that may be words, however they are written there.

        `told` are those that were found in the file before; it grows. Secrets of fewer letters
        than `least` are not looked for, nor on paper the words of ours that run to the left.
        """
        if not self.secrets.secrets or not raw:
            return
        told = set() if told is None else told
        lines: dict[Secret, int] | None = None
        for reading in readings(raw):
            hits = self._hits(reading)
            if reading.raw is not None:
                hits |= set(self.finder.in_bytes(reading.raw))
            for secret in sorted(hits - told, key=lambda one: one.text):
                if _letters(secret) < least:
                    continue
                if on_paper and self._runs_to_the_left(secret):
                    continue
                told.add(secret)
                lines = self._lines(raw) if lines is None and not place else lines or {}
                where = f"line {lines[secret]}" if secret in lines else place
                yield _secret(address, where, secret, reading.said)

    def stored(
        self,
        address: str,
        place: str,
        raw: Raw,
        told: set[Secret] | None = None,
        without: Callable[[bytes], bytes] = film_without_syntax,
    ) -> Iterator[Finding]:
        """Secrets in bytes that are no words: stored pictures and sound.

        The bytes are read in pieces; `without` takes out the format's own words.
        """
        if not self.secrets.secrets:
            return
        told = set() if told is None else told
        for start in range(0, len(raw), CHUNK):
            piece = without(raw[start : start + CHUNK + _OVERLAP])
            for secret, at in self.finder.in_bytes(piece).items():
                if secret not in told and _letters(secret) >= LEAST:
                    told.add(secret)
                    yield _secret(address, place or f"byte {start + at}", secret, "")
            for at, run in text_runs(piece):
                for reading in readings(run):
                    for secret in self._hits(reading) - told:
                        if _letters(secret) < LEAST:
                            continue
                        told.add(secret)
                        yield _secret(address, place or f"byte {start + at}", secret, reading.said)

    def _hits(self, reading: Reading) -> set[Secret]:
        """The secrets in a reading; in a code a short one counts only where the code gives a text.

        Any three letters turn up by chance in what base64 makes of a picture or a word.
        """
        hits = self.finder.in_text(reading.text)
        if _CODED.isdisjoint(reading.how):
            return hits
        hits = {secret for secret in hits if _letters(secret) >= LEAST}
        short = {secret for secret in hits if len(plain_words(secret.text)) - 2 < _SHORT}
        if short:
            lines = filter(_is_readable, reading.text.split("\n"))
            hits -= short - self.finder.in_text("\n".join(lines))
        return hits

    def _runs_to_the_left(self, secret: Secret) -> bool:
        """Return whether it is a word of ours, or a part of one, where words run to the left."""
        words = plain_words(secret.text)
        return (words if secret.name else words.strip()) in self.texts.to_the_left

    def _lines(self, raw: bytes) -> dict[Secret, int]:
        """The first line of a text that holds each secret, where one line alone does."""
        found: dict[Secret, int] = {}
        for number, line in enumerate(raw.decode("utf-8", "replace").split("\n")[:20_000], 1):
            holds = self.finder.in_text(line) if line.strip() else set()
            if any(mark in line for mark in "&%\\<") or len(line) > 40:
                for reading in readings(line.encode()):
                    holds |= self.finder.in_text(reading.text)
            for secret in holds:
                found.setdefault(secret, number)
        return found


def _letters(secret: Secret) -> int:
    """How many letters and digits a secret has."""
    return len(plain_words(secret.text).replace(" ", ""))


def _is_readable(line: str) -> bool:
    """Whether a line is a text and no bytes of another kind, read as one."""
    strange = sum(not letter.isprintable() or letter == "\ufffd" for letter in line)
    return strange * 10 <= len(line)


def _secret(address: str, place: str, secret: Secret, said: str) -> Finding:
    shown = secret.text if len(secret.text) <= 40 else f"{secret.text[:40]}…"
    what = f"holds {shown!r}{said} from {secret.origin}"
    return Finding(address, place, what, secret.remedy)
