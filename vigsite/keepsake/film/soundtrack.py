"""The film's sound: each clip at one level, laid to the sample; music softly under it, if any.

Clips of a site are levelled by their recording; one after the other in a film, a whisper would
follow a laugh. So here each clip is brought to the level by itself, within limits: a quiet room
stays quiet.
"""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg

from vigsite.errors import MediaError
from vigsite.keepsake.film.storyboard import RATE, Run, Scene, begins, length
from vigsite.media.recipes import sound
from vigsite.media.recipes.options import command
from vigsite.media.recipes.sound import PEAK_DB, TARGET_LUFS, Hearing, Measured
from vigsite.media.recordings.music import FORMATS as MUSIC_FORMATS
from vigsite.media.recordings.recording import FORMATS

NAME = "sound.wav"
SAMPLES = sound.RATE // RATE
"""Samples of a frame."""
MOST_RAISED_DB = 12.0
"""How much louder a clip is made than in the site; beyond, the room itself would be heard."""
SILENT_LUFS = -45.0
"""In a clip this quiet nobody speaks: it stays as it is."""
NEAR_DB = 0.3
"""How near to the level is near enough."""
MOST_TRIES = 3
_SOFT_S = 0.03
"""A clip's sound comes and goes within this."""
MUSIC_LUFS = -27.0
"""Music where nobody speaks."""
UNMEASURED = Measured(MUSIC_LUFS, (0.0, 0.0))
_UNDER = 0.15
"""What is left of it under a clip: 16 dB less."""
_GIVES_WAY_S = 1.0
_MUSIC_ENDS_S = 3.0
WAVE_TOO = f"{FORMATS},wav"
_BYTES = 4
"""Of a sample for both ears."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """A clip that is heard, and where."""

    uri: str
    first: int
    """Frame of the film from which it is heard."""
    frames: int


def soundings(scenes: Sequence[Scene]) -> list[Sounding]:
    """Every clip that has sound, in order."""
    return [
        Sounding(scene.clip.uri, first, scene.shown)
        for scene, first in zip(scenes, begins(scenes), strict=True)
        if isinstance(scene, Run) and scene.clip.sound
    ]


def measuring(formats: str = WAVE_TOO) -> list[str]:
    """Arguments that measure a file's first sound."""
    return sound.measuring("IN0", "0:a:0", formats)


def procedure(frames: int) -> tuple[str, ...]:
    """What is done to a clip's sound, apart from what depends on how it was measured."""
    numbers = (TARGET_LUFS, PEAK_DB, MOST_RAISED_DB, SILENT_LUFS, NEAR_DB, MOST_TRIES)
    return (*levelling(Hearing(), frames), *map(str, numbers))


def first_try(found: Measured) -> Hearing:
    """What brings a clip to the level, as far as it may be raised."""
    if found.loudness < SILENT_LUFS:
        return Hearing()
    gain = min(TARGET_LUFS - found.loudness, MOST_RAISED_DB)
    return Hearing(round(gain, 1), limited=max(found.peaks) + gain > PEAK_DB)


def next_try(tried: Hearing, was: Measured, came: Measured) -> Hearing | None:
    """A correction after the limiter took some of it away; None when that was near enough."""
    missing = TARGET_LUFS - came.loudness
    gain = min(round(tried.gain_db + missing, 1), MOST_RAISED_DB)
    if was.loudness < SILENT_LUFS or abs(missing) <= NEAR_DB or gain == tried.gain_db:
        return None
    return Hearing(gain, limited=max(was.peaks) + gain > PEAK_DB)


def levelling(hearing: Hearing, frames: int) -> tuple[str, ...]:
    """Arguments that bring a clip's sound to a level and to an exact length."""
    heard = ffmpeg.input("IN0", format_whitelist=FORMATS, protocol_whitelist="file").audio
    heard = heard.filter("aresample", sound.RATE, **{"async": 1, "first_pts": 0})
    heard = _cut(sound.levelled(heard, hearing), frames)
    heard = heard.filter("afade", t="in", d=_SOFT_S)
    heard = heard.filter("afade", t="out", st=max(0.0, frames / RATE - _SOFT_S), d=_SOFT_S)
    return command(ffmpeg.output(heard, NAME, **_WAVE))


def music(found: Measured, scenes: Sequence[Scene]) -> tuple[str, ...]:
    """Arguments that make of a piece of music, as often as needed, what lies under the whole film.

    It gives way to each clip that is heard, while that one's cross-fade goes on.
    """
    frames = length(scenes)
    looped = {"stream_loop": -1, "format_whitelist": MUSIC_FORMATS, "protocol_whitelist": "file"}
    gain = MUSIC_LUFS - found.loudness if found.loudness > -70 else 0.0
    played = ffmpeg.input("IN0", **looped).audio.filter("aresample", sound.RATE)
    played = _cut(sound.levelled(played, Hearing(round(gain, 1))), frames)
    gaps = [
        f"clip(min(t-{one.first / RATE - _GIVES_WAY_S:.3f}"
        f",{(one.first + one.frames) / RATE + _GIVES_WAY_S:.3f}-t)/{_GIVES_WAY_S},0,1)"
        for one in soundings(scenes)
    ]
    if gaps:
        played = played.filter("asetnsamples", n=sound.RATE // 200, p=0)
        level = f"1-{1 - _UNDER}*min(1,{'+'.join(gaps)})"
        played = played.filter("volume", level, eval="frame")
    played = played.filter("afade", t="in", d=1)
    begin = max(0.0, frames / RATE - _MUSIC_ENDS_S)
    played = played.filter("afade", t="out", st=begin, d=_MUSIC_ENDS_S)
    return command(ffmpeg.output(played, NAME, **_WAVE))


def lay(sounds: Sequence[tuple[Sounding, Path]], frames: int, into: Path) -> None:
    """Writes the sound of the whole film: silence, and each clip from its own frame on."""
    with wave.open(str(into), "wb") as film:  # cached
        film.setnchannels(2)
        film.setsampwidth(2)
        film.setframerate(sound.RATE)
        at = 0
        for sounding, path in sounds:
            film.writeframesraw(bytes((sounding.first - at) * SAMPLES * _BYTES))
            with wave.open(str(path), "rb") as piece:
                film.writeframesraw(piece.readframes(sounding.frames * SAMPLES))
            at = sounding.first + sounding.frames
        film.writeframesraw(bytes((frames - at) * SAMPLES * _BYTES))


def check(path: Path, frames: int) -> None:
    """Raises MediaError when a piece of sound does not last exactly so many frames."""
    with wave.open(str(path), "rb") as opened:
        found = opened.getnframes()
    if found != frames * SAMPLES:
        raise MediaError(
            f"The film's sound came out {found / sound.RATE:.2f} seconds long instead of "
            f"{frames / RATE:.2f}. Run it again; if that does not help, see `vigsite doctor`."
        )


_WAVE: dict[str, Any] = {
    **{"c:a": "pcm_s16le", "ac": 2, "ar": sound.RATE, "f": "wav", "map_metadata": -1},
    **{"flags:a": "+bitexact", "fflags": "+bitexact", "vn": None},
}


def _cut(heard: Any, frames: int) -> Any:
    """Exactly as many samples as belong to so many frames."""
    count = frames * SAMPLES
    heard = heard.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
    return heard.filter("apad", whole_len=count).filter("atrim", end_sample=count)
