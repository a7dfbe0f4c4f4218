"""The film put together from its pieces: the pictures as they are, the sound encoded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from vigsite.errors import MediaError
from vigsite.keepsake.film.segments import Format
from vigsite.keepsake.film.soundtrack import Sounding, check, lay
from vigsite.keepsake.film.storyboard import RATE
from vigsite.keepsake.film.workshop import Run
from vigsite.media.engines.verify import verify
from vigsite.media.recipes.recipe import Clip, Recipe

FILM = "film.mp4"
_LIST, _VOICES = "pieces.txt", "voices.wav"


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a film is put together from."""

    pieces: Sequence[Path]
    """Of the picture, in order; a card's as often as it has seconds."""
    sounds: Sequence[tuple[Sounding, Path]]
    music: Path | None
    frames: int
    form: Format


def join(parts: Parts, folder: Path, run: Run) -> None:
    """Puts a film together in a folder, and looks whether it is whole."""
    listed, voices = folder / _LIST, folder / _VOICES
    headers = {_header(path) for path in set(parts.pieces)}
    if len(headers) != 1:
        raise MediaError(
            "The film's pieces do not fit together. Run `vigsite cache CASE --prune`, then this "
            "again."
        )
    listed.write_text(_listing(parts.pieces), "utf-8")  # cached
    lay(parts.sounds, parts.frames, voices)
    check(voices, parts.frames)
    said = run(arguments(parts.music), folder)
    listed.unlink()  # cached
    voices.unlink()  # cached
    size, rate = (parts.form.width, parts.form.height), Fraction(RATE)
    clip = Clip(FILM, *size, parts.frames, True, rate, True, 0, Fraction(1))
    verify(Recipe((), (), clip), folder, "the film", said)
    _check_sound(folder / FILM, parts.frames)


def _listing(pieces: Sequence[Path]) -> str:
    """What ffmpeg's concat demuxer reads; in quotes, everything but the quote stands for itself."""
    quoted = [path.resolve().as_posix().replace("'", r"'\''") for path in pieces]
    return "\n".join(["ffconcat version 1.0", *(f"file '{path}'" for path in quoted), ""])


def arguments(music: Path | None) -> list[str]:
    """Arguments that join the listed pieces and the sound; music lies under the voices."""
    mixed = ["-map", "1:a"]
    if music is not None:
        mix = "[1:a][2:a]amix=inputs=2:duration=first:normalize=0,alimiter=limit=0.9:level=false[a]"
        mixed = ["-filter_complex", mix, "-map", "[a]"]
    return [
        *("-nostdin", "-hide_banner", "-v", "error", "-n", "-xerror"),
        *("-abort_on", "empty_output", "-progress", "pipe:1", "-nostats"),
        *("-f", "concat", "-safe", "0", "-protocol_whitelist", "file", "-i", _LIST),
        *("-i", _VOICES, *(("-i", str(music.absolute())) if music else ())),
        *("-map", "0:v", *mixed, "-c:v", "copy", "-c:a", "aac", "-b:a", "160k", "-ac", "2"),
        *("-ar", "48000", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"),
        *("-flags:v", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart"),
        *("-f", "mp4", FILM),
    ]


def _header(piece: Path) -> bytes:
    """What a decoder has to know before the first picture."""
    import av

    with av.open(str(piece), container_options={"format_whitelist": "mov"}) as opened:
        return opened.streams.video[0].codec_context.extradata or b""


def _check_sound(film: Path, frames: int) -> None:
    """Raises MediaError when sound and picture do not last equally long, to a frame."""
    import av

    with av.open(str(film), container_options={"format_whitelist": "mov"}) as opened:
        stream = opened.streams.audio[0] if opened.streams.audio else None
        lasts = Fraction(0)
        if stream is not None and stream.duration and stream.time_base:
            lasts = stream.duration * stream.time_base
    if abs(lasts - Fraction(frames, RATE)) > Fraction(1, RATE):
        raise MediaError(
            f"The film's sound lasts {float(lasts):.2f} seconds and its picture "
            f"{frames / RATE:.2f}. Run it again; if that does not help, see `vigsite doctor`."
        )
