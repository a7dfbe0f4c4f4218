"""Searching for secrets: in text as words, in bytes as whoever hid them may have written them.

Text is compared in *plain words*: folded (`vigsite.language.name_matching`), with one space for
whatever is neither letter nor digit. A secret counts as whole words, so that no short name is found
inside a longer word. All secrets are searched for at once (Aho-Corasick).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import BytesAhoCorasick

from vigsite.language.name_forms import name_pattern
from vigsite.language.name_matching import SPACELESS, fold, spans_of

_GAPS = re.compile(r"[\W_]+")
_NOTHING = dict.fromkeys((0x115F, 0x1160, 0x0640))
"""Letters that show nothing, or only stretch a word."""
_LETTERS_APART = re.compile(r"(?<= )(?:[^\W_] ){2,}[^\W_](?= )")
_UPPER, _LOWER = "A-ZÀ-ÞА-ЯЀ-ЏҐ", "a-zß-ÿа-яѐ-џґ"
_SEAM = re.compile(
    rf"[{_LOWER}](?=[{_UPPER}\d])|[{_UPPER}](?=[{_UPPER}][{_LOWER}]|\d)|\d(?=[^\W\d_])|[^\W\d_](?=\d)"
)
_WORD = re.compile(r"[^\W_]+")
_LONG_NAME = 5
"""Letters of a name that is looked for inside longer words; anything shorter is there by chance."""
_ALIKE = str.maketrans("аеорсухіјѕԁһԛԝκοαρντυ", "aeopcyxijsdhqwkoapvtu")
"""Cyrillic and Greek letters that look like Latin ones."""
_SHORT = 6
"""Bytes; anything shorter turns up by chance in a film."""
_AROUND = 12
"""Printable bytes that must surround something short in a film for it to be text."""
_LINE_ENDS = re.compile(r"\S*(?:\n|$)")
_FOLLOWING = 3
"""Words behind a name that tell where it stands; the first may be a code for a quote."""
_SMALL = bytes(range(256)).lower()
_PRINTABLE = frozenset(range(0x20, 0x7F))
_ALNUM = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


@dataclass(frozen=True, slots=True)
class Secret:
    """Words that must not occur."""

    text: str
    origin: str
    """Where they stand: `never_show in case.yml`."""
    name: bool = False
    """Whether it is a name, which may have an s behind it."""
    literal: bool = False
    """Whether it is to be found to the letter, such as 6/10."""
    forms: tuple[str, ...] = ()
    """Other forms of a name, folded."""
    capital: bool = False
    """Whether it is also a word, so that it counts only where it begins with a capital,
    or in a script without them."""
    behind: frozenset[str] = frozenset()
    """Of such a name: words that follow it where it may stand."""
    remedy: str = (
        "Take it out of what is shown here; if it stands in none of your texts, report it."
    )
    """What a practitioner can do."""


def plain_words(text: str) -> str:
    """` what is compared `, with a space at both ends."""
    folded = fold(text)
    if not folded.isascii():
        folded = folded.translate(_NOTHING)
    return f" {_GAPS.sub(' ', folded).strip()} "


def needles_of(secret: Secret) -> Iterator[str]:
    """How a secret may stand in plain words."""
    words = plain_words(secret.text)
    bare = words.replace(" ", "")
    if not bare:
        return
    if SPACELESS.search(secret.text):
        yield words.strip()
        return
    yield words
    if secret.name:
        yield f"{words[:-1]}s "
        yield plain_words(_apart(secret.text))
        yield from map(plain_words, secret.forms)
        if re.search(r"[’'ʼ\-‐‑]", secret.text):
            together = plain_words(re.sub(r"[’'ʼ\-‐‑]", "", secret.text))
            yield from (together, f"{together[:-1]}s ")
    if len(bare) >= 6:
        yield words[::-1]
    if len(bare) >= 8:
        yield f" {bare} "


def _apart(text: str) -> str:
    """With a space at every seam inside a word: MrsOkafor, Okafor2019."""
    return _SEAM.sub(r"\g<0> ", text)


def _with_seams(text: str) -> Iterator[str]:
    """Words that may have a seam inside."""
    for word in _WORD.findall(text):
        if word.isalpha():
            if not (word.islower() or word.istitle() or word.isupper()):
                yield word
        elif not word.isdigit():
            yield word


def _squeezed(text: str) -> str:
    """Folded, without its spaces."""
    return fold(text).replace(" ", "")


class Finder:
    """Finds any of many secrets."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        words: dict[bytes, Secret] = {}
        small: dict[bytes, Secret] = {}
        self._literal: dict[str, Secret] = {}
        self._capital: list[tuple[re.Pattern[str], Secret]] = []
        for secret in secrets:
            if secret.literal:
                self._literal.setdefault(_squeezed(secret.text), secret)
                continue
            if secret.capital:
                self._capital.append((name_pattern(secret.text), secret))
                continue
            for needle in needles_of(secret):
                words.setdefault(needle.encode(), secret)
            for raw in _written(secret.text):
                small.setdefault(raw.translate(_SMALL), secret)
        self._words, self._small = _Many(words), _Many(small)
        self._joined = any(_may_be_joined(secret) for secret in words.values())
        spaced = (r"\s?".join(map(re.escape, literal)) for literal in self._literal)
        self._to_the_letter = re.compile(rf"(?<![\w.,])(?:{'|'.join(spaced)})(?!\w)")

    def in_text(self, text: str) -> set[Secret]:
        """The secrets that a text holds."""
        return set(self.near(text))

    def near(self, text: str) -> dict[Secret, str]:
        """The secrets that a text holds, each with the words around it."""
        found: dict[Secret, str] = {}
        words = plain_words(text)
        variants = [words]
        if _LETTERS_APART.search(words):
            variants.append(_LETTERS_APART.sub(lambda apart: apart[0].replace(" ", ""), words))
        if not words.isascii() and (alike := words.translate(_ALIKE)) != words:
            variants.append(alike)
        for variant in variants:
            raw = variant.encode()
            for secret, start, end in self._words.find(raw):
                around = raw[max(0, start - 20) : end + 20].decode("utf-8", "ignore").strip()
                found.setdefault(secret, around)
        if self._joined and (joined := " | ".join(_with_seams(text))):
            raw = plain_words(_apart(joined)).encode()
            for secret, start, end in self._words.find(raw):
                if _may_be_joined(secret):
                    around = raw[max(0, start - 20) : end + 20].decode("utf-8", "ignore").strip()
                    found.setdefault(secret, around)
        for pattern, secret in self._capital:
            for start, end in spans_of(text, pattern):
                small = text[start] != text[start].upper()
                if small or (text[start - 1 : start].strip() and _LINE_ENDS.match(text, end)):
                    continue  # glued to what stands before a tag: other readings have it apart
                if secret.behind.isdisjoint(_words_beside(text, start, end)):
                    found.setdefault(secret, text[max(0, start - 20) : end + 20])
        for hit in self._to_the_letter.finditer(fold(text)) if self._literal else ():
            found.setdefault(self._literal[_squeezed(hit[0])], hit[0])
        return found

    def in_name(self, name: str) -> set[Secret]:
        """The secrets that a file's name holds, also with digits or CapitalsBetween."""
        return self.in_text(name) | self.in_text(_apart(name))

    def in_bytes(self, raw: bytes) -> dict[Secret, int]:
        """The secrets that bytes of any kind hold, each with its first place."""
        found: dict[Secret, int] = {}
        for secret, start, end in self._small.find(raw.translate(_SMALL)):
            if secret not in found and _stands_alone(raw, start, end, name=secret.name):
                found[secret] = start
        return found


def _words_beside(text: str, start: int, end: int) -> list[str]:
    """Return the words that follow a name; in scripts without capitals also those before it.

    What runs to the left may be read backwards out of a PDF.
    """
    follow = plain_words(text[end : end + 60]).split()[:_FOLLOWING]
    if text[start].lower() == text[start].upper():
        follow += plain_words(text[max(0, start - 60) : start]).split()[-_FOLLOWING:]
    return follow


class _Many:
    """Byte strings, searched for at once."""

    def __init__(self, needles: dict[bytes, Secret]) -> None:
        self._secrets = list(needles.values())
        self._automaton = BytesAhoCorasick(list(needles)) if needles else None

    def find(self, raw: bytes) -> Iterator[tuple[Secret, int, int]]:
        if self._automaton is None:
            return
        for index, start, end in self._automaton.find_matches_as_indexes(raw, overlapping=True):
            yield self._secrets[index], start, end


def _written(text: str) -> Iterator[bytes]:
    """As bytes of the usual encodings; capitals are levelled afterwards."""
    flat = " ".join(text.split())
    for form in ("NFC", "NFD"):
        normal = unicodedata.normalize(form, flat)
        for variant in {normal, normal.lower(), normal.upper(), normal.title()}:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                yield variant.encode(encoding)
            if not variant.isascii():
                with_marks = variant.encode("cp1252", "ignore")
                if len(with_marks) == len(variant):
                    yield with_marks


def _may_be_joined(secret: Secret) -> bool:
    """Whether a name is looked for inside words that it was joined to."""
    return secret.name and len(secret.text) >= _LONG_NAME


def _within_a_word(raw: bytes, start: int, end: int) -> bool:
    """Return whether letters of a script without Latin ones go on beside a word of that script."""
    try:
        word = raw[start:end].decode("utf-8")
    except UnicodeDecodeError:
        return False
    if word.isascii():
        return False
    before = raw[max(0, start - 4) : start].decode("utf-8", "ignore")[-1:]
    behind = raw[end : end + 4].decode("utf-8", "ignore")[:1]
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in (word[0], word[-1])}
    beside = (letter for letter in before + behind if letter.isalpha() and not letter.isascii())
    return any(unicodedata.name(letter, "").partition(" ")[0] in scripts for letter in beside)


def _stands_alone(raw: bytes, start: int, end: int, *, name: bool) -> bool:
    """Whether bytes are a word of their own, and, if short, part of some text.

    A name may have an s behind it.
    """
    if start and raw[start - 1] in _ALNUM:
        return False
    if end < len(raw) and raw[end] in _ALNUM and not (name and raw[end : end + 1] in b"sS"):
        return False
    if _within_a_word(raw, start, end):
        return False
    if end - start >= _SHORT:
        return True
    first, last = start, end
    while first and raw[first - 1] in _PRINTABLE and start - first < _AROUND:
        first -= 1
    while last < len(raw) and raw[last] in _PRINTABLE and last - end < _AROUND:
        last += 1
    return (start - first) + (last - end) >= _AROUND
