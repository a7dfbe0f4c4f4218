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
from itertools import product

from vigsite.case.case import Cycle
from vigsite.case.case_file import CaseFile, ClosingFile
from vigsite.case.editions import Edition
from vigsite.case.faults import Fault, KeyPath, Report, Source
from vigsite.case.texts import texts_of
from vigsite.language.function_words import function_words
from vigsite.language.name_matching import SPACELESS, fold, spans_of

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_CHARACTER = re.compile(r"[^\W_]")
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
    text: str
    spans: tuple[tuple[int, int], ...]
    """Where its words stand."""
    words: tuple[str, ...]
    """As they are compared."""
    editions: frozenset[Edition]
    """Those that may show it."""

    @property
    def at(self) -> Fault:
        return self.source.at(self.path, "")

    @property
    def sentences(self) -> Iterator[range]:
        """The places of the words of each."""
        first = 0
        for found in [*_SENTENCE.finditer(self.text), None]:
            end = found.start() if found else len(self.text)
            last = first + sum(start < end for start, _ in self.spans[first:])
            if last > first:
                yield range(first, last)
            first = last

    def words_at(self, places: range) -> tuple[str, ...]:
        """Some of its words, as they are compared."""
        return self.words[places.start : places.stop]

    def written_at(self, places: range) -> str:
        """Some of its words, as they are written."""
        start, end = self.spans[places.start][0], self.spans[places.stop - 1][1]
        return " ".join(self.text[start:end].split())


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
    silent = function_words(written.language) | set(_WORD.findall(fold(" ".join(called))))
    known = _Index(notes, silent)
    shown = [*_passages(written, source), *(one for cycle in cycles for one in _shown(cycle))]
    if closing is not None:
        shown += _passages(closing, closing_source)
    found = [(text, *told) for text in shown if (told := known.told_in(text))]
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
            for run in map(note.words_at, _runs(note.words)):
                if self._says(run):
                    self._runs[run].append(note)
            for sentence in map(note.words_at, note.sentences):
                middle = len(sentence) // 2
                if len(sentence) >= _RUN and self._says(sentence):
                    self._halves[sentence[:middle]].append((note, sentence, True))
                    self._halves[sentence[middle:]].append((note, sentence, False))
        self._lengths = sorted({len(half) for half in self._halves})
        self._wholes: dict[tuple[str, ...], list[_Passage]] = defaultdict(list)
        for note in notes:
            for sentence in map(note.words_at, note.sentences if _PROSE & {*note.path} else ()):
                if len(sentence) >= _SENTENCE_WORDS and self._says(sentence, 1):
                    self._wholes[sentence].append(note)

    def told_in(self, text: _Passage) -> tuple[_Passage, str] | None:
        """Return the note that a text tells again, the longest stretch of it, as it is written."""
        told = [
            (note, places)
            for note, places in [*self._runs_in(text), *self._sentences_in(text)]
            if text.editions - note.editions
        ]
        if not told:
            return None
        note, places = max(told, key=lambda one: len(one[1]))
        return note, text.written_at(places)

    def _runs_in(self, text: _Passage) -> Iterator[tuple[_Passage, range]]:
        for places in _runs(text.words):
            for note in self._runs.get(text.words_at(places), ()):
                yield note, places
        for places in text.sentences:
            for note in self._wholes.get(text.words_at(places), ()):
                yield note, places

    def _sentences_in(self, text: _Passage) -> Iterator[tuple[_Passage, range]]:
        """Sentences of notes with one word changed."""
        for start, length in product(range(len(text.words)), self._lengths):
            half = range(start, start + length)
            for note, sentence, first in self._halves.get(text.words_at(half), ()):
                places = _one_word_apart(text.words, half, sentence, first)
                if self._says({*text.words_at(places)} & {*sentence}):
                    yield note, places

    def _says(self, words: Collection[str], least: int = _SAYING) -> bool:
        """Whether enough of the words say something by themselves."""
        return len(set(words) - self._silent) >= least


def _one_word_apart(
    words: tuple[str, ...], half: range, sentence: tuple[str, ...], first: bool
) -> range:
    """Return the places of words, around a half of a sentence, that differ from it in one at most.

    `first` tells which half stands there. Empty when nothing is so near.
    """
    for length in (len(sentence), len(sentence) - 1, len(sentence) + 1):
        low = half.start if first else half.stop - length
        near = words[low : low + length] if low >= 0 else ()
        if len(near) == length and _differ_by_one(near, sentence):
            return range(low, low + length)
    return range(0)


def _differ_by_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    same = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    left = shorter - same
    ending = next((n for n in range(left) if one[-1 - n] != other[-1 - n]), left)
    return max(len(one), len(other)) - same - ending <= 1


def _runs(words: tuple[str, ...]) -> Iterator[range]:
    length = _SPACELESS_RUN if words and SPACELESS.match(words[0]) else _RUN
    for start in range(len(words) - length + 1):
        yield range(start, start + length)


def _word_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where words stand; single characters where words stand without spaces."""
    return tuple(spans_of(text, _CHARACTER if SPACELESS.search(text) else _WORD))


def _notes(cycle: Cycle) -> Iterator[_Passage]:
    """The texts of a cycle that neither review nor keepsake may show."""
    for path, text, editions in texts_of(cycle.written):
        if all(edition.for_colleagues for edition in editions):
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
    spans = _word_spans(text)
    words = tuple(fold(text[start:end]) for start, end in spans)
    return _Passage(source, path, text, spans, words, editions)
