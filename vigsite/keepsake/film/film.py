"""Our film: the keepsake's moments as one film for the television, made from the site alone.

It is cut from the site's own clips and stills, never from the recordings: what is in it was
covered, cropped, muted and agreed to already, and nothing that was left out can come back.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vigsite.files.atomic import could_not, workspace
from vigsite.files.identity import sha256
from vigsite.keepsake.colours import light_colours
from vigsite.keepsake.edition import Kept
from vigsite.keepsake.film import concatenation, soundtrack
from vigsite.keepsake.film.cards import card_sheet, subtitle_sheet
from vigsite.keepsake.film.forget_withdrawn import MADE_OF
from vigsite.keepsake.film.segments import NAME, Piece, Stage, pieces
from vigsite.keepsake.film.storyboard import RATE, Card, Run, Scene, Still, length, storyboard
from vigsite.keepsake.film.workshop import Run as RunProgram
from vigsite.keepsake.film.workshop import Studio, Work
from vigsite.keepsake.typeset import Sheet, Speech, typeset_pictures
from vigsite.media.cache import Cache
from vigsite.media.engines.verify import verify
from vigsite.media.recipes.options import with_inputs
from vigsite.media.recipes.sound import Hearing, Measured, measured
from vigsite.media.recordings.music import FORMATS as MUSIC_FORMATS
from vigsite.pages.words import words_for
from vigsite.resources import code_fingerprint, installed_libraries


@dataclass(frozen=True, slots=True)
class Film:
    """The finished film, in the cache."""

    mp4: Path
    poster: Path
    """One of the site's JPEGs that stands for it."""
    length_ms: int


def make_film(kept: Kept, studio: Studio) -> Film | None:
    """The film of a keepsake; of what was made before, everything that still fits is used again.

    None when the case leaves every moment out of it.
    Raises MediaError or TypesettingError when it cannot be made, Cancelled when it was stopped.
    Nothing but the cache is changed.
    """
    if not kept.shown.film:
        return None
    words = words_for(kept.shown.language)
    scenes = storyboard(kept.shown, words)
    hashes = {uri: sha256(kept.site / uri) for scene in scenes for uri in scene.uris}
    key = _key(kept, scenes, hashes, studio)
    folder = studio.cache.find(key, [concatenation.FILM, MADE_OF])
    if folder is None:
        try:
            folder = _Making(kept, scenes, hashes, studio, Speech.of(words)).film(key)
        except OSError as error:
            raise could_not("write", studio.cache.folder, error) from error
    if studio.told is not None:
        studio.told(1.0)
    return Film(folder / concatenation.FILM, _poster(scenes, kept), length(scenes) * 1000 // RATE)


def _poster(scenes: Sequence[Scene], kept: Kept) -> Path:
    """A chosen still, else a clip's first picture: the one beside its words."""
    found = [
        (not isinstance(before, Still), number, card.uris[0])
        for number, (before, card) in enumerate(itertools.pairwise(scenes))
        if isinstance(card, Card) and card.uris
    ]
    return kept.site / min(found)[2]


def _key(kept: Kept, scenes: Sequence[Scene], hashes: Mapping[str, str], studio: Studio) -> str:
    """Hash over everything the film is made from."""
    look = (kept.shown.language, kept.shown.palette, studio.form)
    said = repr((look, scenes, sorted(hashes.items()), kept.music_hash()))
    parts = [code_fingerprint(), installed_libraries(), studio.version, said]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Making:
    """One film while it is made."""

    kept: Kept
    scenes: Sequence[Scene]
    hashes: Mapping[str, str]
    """SHA-256 of the site's files that are shown, by address."""
    studio: Studio
    speech: Speech

    def film(self, key: str) -> Path:
        """Makes what is missing, puts it together, and forgets what no scene needs any more."""
        with workspace(self.studio.scratch) as place:
            cut = pieces(self.scenes, self._stage(place))
            pictures = [self._picture(piece) for piece in cut]
            heard = soundtrack.soundings(self.scenes)
            sounds = [self._sound(one) for one in heard]
            music = [self._music()] if self.kept.music else []
            works = [*pictures, *sounds, *music]
            frames = length(self.scenes)
            folders = self.studio.make(works, more=frames // 10)
            files = {work.key: folders[work.key] / work.name for work in works}
            parts = concatenation.Parts(
                [
                    files[work.key]
                    for work, piece in zip(pictures, cut, strict=True)
                    for _ in range(piece.times)
                ],
                [(one, files[work.key]) for one, work in zip(heard, sounds, strict=True)],
                files[music[0].key] if music else None,
                frames,
                self.studio.form,
            )
            made_of = frozenset(self.hashes.values())
            make = partial(concatenation.join, parts)
            whole = Work(key, concatenation.FILM, "the film", made_of, frames // 10, make)
            folder = self.studio.one(whole)
        self.studio.cache.prune({key, *files})
        return folder

    def _stage(self, place: Path) -> Stage:
        """All cards and subtitles, set."""
        cards: dict[Card, Path] = {}
        strips: dict[Run, tuple[Path, ...]] = {}
        palette, site = self.kept.shown.palette, self.kept.site
        for number, scene in enumerate(self.scenes):
            if isinstance(scene, Card):
                sheet = card_sheet(scene, self.speech, palette, site)
                cards[scene] = _set(sheet, place, f"{number}")
            elif isinstance(scene, Run):
                strips[scene] = tuple(
                    _set(subtitle_sheet(line, self.speech), place, f"{number}-{on}")
                    for on, _off, line in scene.lines
                )
        return Stage(self.studio.form, light_colours(palette)["paper"], site, cards, strips)

    def _picture(self, piece: Piece) -> Work:
        clip = piece.recipe.clip
        assert clip is not None
        inputs = ",".join(sha256(path) for path in piece.inputs)
        key = Cache.key(inputs, piece.recipe.arguments, self.studio.version)
        made_of = frozenset(self.hashes[uri] for uri in piece.uris)
        make = partial(_make_piece, piece)
        return Work(key, NAME, piece.what, made_of, clip.frames, make)

    def _sound(self, one: soundtrack.Sounding) -> Work:
        sha = self.hashes[one.uri]
        key = Cache.key(sha, soundtrack.procedure(one.frames), self.studio.version)
        make = partial(_make_sound, self.kept.site / one.uri, one.frames)
        what = "the sound of a clip in the film"
        return Work(key, soundtrack.NAME, what, frozenset({sha}), one.frames // 10, make)

    def _music(self) -> Work:
        plan = soundtrack.music(soundtrack.UNMEASURED, self.scenes)
        key = Cache.key(self.kept.music_hash(), plan, self.studio.version)
        make = partial(_make_music, self.kept, self.scenes)
        return Work(key, soundtrack.NAME, "the music of the film", frozenset(), 100, make)


def _set(sheet: Sheet, place: Path, name: str) -> Path:
    file = place / f"{name}.png"
    file.write_bytes(typeset_pictures(sheet, place)[0])  # cached
    return file


def _make_piece(piece: Piece, folder: Path, run: RunProgram) -> None:
    said = run(piece.arguments, folder)
    verify(piece.recipe, folder, piece.what, said)


def _make_sound(clip: Path, frames: int, folder: Path, run: RunProgram) -> None:
    """Levels a clip's sound; once more, where the limiter took too much of it."""
    made = folder / soundtrack.NAME
    was = _measured(clip, folder, run)
    hearing: Hearing | None = soundtrack.first_try(was)
    for _ in range(soundtrack.MOST_TRIES):
        if hearing is None:
            break
        made.unlink(missing_ok=True)  # cached
        run(with_inputs(soundtrack.levelling(hearing, frames), [clip]), folder)
        hearing = soundtrack.next_try(hearing, was, _measured(made, folder, run))
    soundtrack.check(made, frames)


def _make_music(kept: Kept, scenes: Sequence[Scene], folder: Path, run: RunProgram) -> None:
    assert kept.music is not None
    found = _measured(kept.music, folder, run, MUSIC_FORMATS)
    run(with_inputs(soundtrack.music(found, scenes), [kept.music]), folder)
    kept.music_hash()  # ffmpeg opened it by its name
    soundtrack.check(folder / soundtrack.NAME, length(scenes))


def _measured(
    file: Path, folder: Path, run: RunProgram, formats: str = soundtrack.WAVE_TOO
) -> Measured:
    return measured(run(with_inputs(soundtrack.measuring(formats), [file]), folder))
