"""Private and analysis notes that a shown text tells again: a question to the practitioner.

Told again is a note by four of its words in a row, or by a whole sentence, also with one word
changed, added or left out. Function words and the family's names say nothing by themselves: two
other words have to be among them, and one in a sentence that is there as it was written. What the
case shows on purpose the audit does not refuse, so a person is asked here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from vigsite.case.case import Cycle
from vigsite.case.editions import Edition
from vigsite.case.faults import Fault, KeyPath, Report, Source
from vigsite.case.function_words import function_words
from vigsite.case.model import CaseFile, ClosingFile
from vigsite.case.names import SPACELESS, fold
from vigsite.case.texts import texts_of

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SENTENCE = re.compile(r"[.!?…;:\n。！？؟۔।]+")
_RUN = 4
"""Words in a row; the audit refuses five where nothing shows them on purpose."""
_SPACELESS_RUN = 8
"""Characters in a row, where words stand without spaces."""
_PROSE = {"private", "analysis"}
"""Keys of notes that are sentences; ids and names of files are not."""
_SENTENCE_WORDS = 3
"""Words of a sentence that counts where it stands as it was written."""
_SAYING = 2
"""Words among them that say something by themselves."""
_MOST = 5
"""Notices for a case; more would not be read."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """One text of the case, as words."""

    source: Source
    path: KeyPath
    words: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]
    editions: frozenset[Edition]
    """Those that may show it."""

    @property
    def at(self) -> Fault:
        return self.source.at(self.path, "")


def notice_retold(
    written: CaseFile,
    source: Source,
    cycles: Sequence[Cycle],
    closing: ClosingFile | None,
    closing_source: Source,
    report: Report,
) -> None:
    """A notice for each shown text that tells a note again, with the place of both."""
    notes = [one for cycle in cycles for one in _notes(cycle)]
    if not notes:
        return
    called = [written.family.called, *(p.called for p in written.family.people.values())]
    silent = function_words(written.language) | set(_words(" ".join(called)))
    known = _Index(notes, silent)
    shown = [*_passages(written, source), *(one for cycle in cycles for one in _shown(cycle))]
    if closing is not None:
        shown += _passages(closing, closing_source)
    found = [(text, note, words) for text in shown for note, words in known.told_in(text)]
    for text, note, words in found[:_MOST]:
        where = f"{note.source.file}:{note.at.line}, {note.at.key}"
        kind = "private note" if not note.editions else "analysis notes"
        message = (
            f"has {words!r} from the {kind} ({where}); if the family is not meant to read that, "
            "say it in other words"
        )
        report.notice(text.source, text.path, message)
    if len(found) > _MOST:
        message = f"{len(found) - _MOST} more texts have words of private or analysis notes"
        report.notice(Source(source.file.parent), (), message)


class _Index:
    """Notes, to be found by their words."""

    def __init__(self, notes: Sequence[_Passage], silent: frozenset[str]) -> None:
        self._silent = silent
        self._runs: dict[tuple[str, ...], list[_Passage]] = defaultdict(list)
        self._halves: dict[tuple[str, ...], list[tuple[_Passage, tuple[str, ...], bool]]]
        self._halves = defaultdict(list)
        for note in notes:
            for run in _runs(note.words):
                if self._says(run):
                    self._runs[run].append(note)
            for sentence in note.sentences:
                middle = len(sentence) // 2
                if len(sentence) >= _RUN and self._says(sentence):
                    self._halves[sentence[:middle]].append((note, sentence, True))
                    self._halves[sentence[middle:]].append((note, sentence, False))
        self._lengths = sorted({len(half) for half in self._halves})
        self._wholes: dict[tuple[str, ...], list[_Passage]] = defaultdict(list)
        for note in notes:
            for sentence in note.sentences if _PROSE & {*note.path} else ():
                if len(sentence) >= _SENTENCE_WORDS and self._says(sentence, 1):
                    self._wholes[sentence].append(note)

    def told_in(self, text: _Passage) -> Iterator[tuple[_Passage, str]]:
        """Yield each note that a text tells again, once, with the words that do."""
        found: dict[int, tuple[_Passage, str]] = {}
        for run in _runs(text.words):
            for note in self._runs.get(run, ()):
                found.setdefault(id(note), (note, _spelled(run)))
        for sentence in text.sentences:
            for note in self._wholes.get(sentence, ()):
                found.setdefault(id(note), (note, _spelled(sentence)))
        for start in range(len(text.words)):
            for length in self._lengths:
                for note, sentence, first in self._halves.get(
                    text.words[start : start + length], ()
                ):
                    told = _one_word_apart(text.words, start, start + length, sentence, first)
                    if self._says(set(told) & set(sentence)):
                        found.setdefault(id(note), (note, _spelled(told)))
        for note, words in found.values():
            if text.editions - note.editions:
                yield note, words

    def _says(self, words: Collection[str], least: int = _SAYING) -> bool:
        """Whether enough of the words say something by themselves."""
        return len(set(words) - self._silent) >= least


def _one_word_apart(
    words: tuple[str, ...], start: int, end: int, sentence: tuple[str, ...], first: bool
) -> tuple[str, ...]:
    """Return the words around [start, end) that differ from a sentence in one word at most.

    `first` tells which half of the sentence stands there. Empty when nothing is so near.
    """
    for length in (len(sentence), len(sentence) - 1, len(sentence) + 1):
        low = start if first else end - length
        near = words[low : low + length] if low >= 0 else ()
        if len(near) == length and _differ_by_one(near, sentence):
            return near
    return ()


def _differ_by_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    same = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    left = shorter - same
    ending = next((n for n in range(left) if one[-1 - n] != other[-1 - n]), left)
    return max(len(one), len(other)) - same - ending <= 1


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    length = _SPACELESS_RUN if words and SPACELESS.match(words[0]) else _RUN
    for start in range(len(words) - length + 1):
        yield words[start : start + length]


def _spelled(words: tuple[str, ...]) -> str:
    return ("" if SPACELESS.match(words[0]) else " ").join(words)


def _words(text: str) -> tuple[str, ...]:
    """The words as they are compared; single characters where words stand without spaces."""
    folded = fold(text)
    if SPACELESS.search(folded):
        return tuple(character for character in folded if character.isalnum())
    return tuple(_WORD.findall(folded))


def _notes(cycle: Cycle) -> Iterator[_Passage]:
    """The texts of a cycle that neither review nor keepsake may show."""
    for path, text, editions in texts_of(cycle.written):
        if editions <= {Edition.SUPERVISION}:
            yield _passage(cycle.source, path, text, editions)


def _shown(cycle: Cycle) -> Iterator[_Passage]:
    """The texts of a cycle that some edition may show, those of moments where these may go."""
    may = {moment.key_path: moment.editions for moment in cycle.moments}
    for path, text, editions in texts_of(cycle.written):
        shown_in = editions & may.get(path[:2], frozenset() if path[0] == "moments" else editions)
        if shown_in:
            yield _passage(cycle.source, path, text, shown_in)


def _passages(written: CaseFile | ClosingFile, source: Source) -> Iterator[_Passage]:
    for path, text, editions in texts_of(written):
        if editions:
            yield _passage(source, path, text, editions)


def _passage(source: Source, path: KeyPath, text: str, editions: frozenset[Edition]) -> _Passage:
    sentences = tuple(filter(None, map(_words, _SENTENCE.split(text))))
    return _Passage(source, path, _words(text), sentences, editions)
