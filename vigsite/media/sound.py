"""What is done to sound: one gain for a whole recording, both ears, soft ends, muted stretches.

A recording is measured once, as a whole (ITU-R BS.1770, by ffmpeg's `ebur128`). Levelling each
clip by itself would make a whisper as loud as a laugh, and a running level would pump.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from vigsite.media.recording import FORMATS, Recording

TARGET_LUFS = -16.0
"""Loudness of a whole recording: what podcasts aim at for phones and laptops (AES TD1008)."""
PEAK_DB = -1.5
"""No sample gets louder than this, so that AAC does not clip."""
MOST_GAIN_DB = 20.0
"""A silent room stays a silent room."""
MOST_LIMITED_DB = 12.0
"""How far a clatter may reach above the peak before the limiter; more would be heard."""
DEAD_DB = 40.0
"""A side this much quieter than the other is a microphone that was not there."""
_DUAL_MONO_DB = 10 * math.log10(2)
RATE = 48_000
FADE_S = Fraction(8, 1000)
"""Long enough that no end clicks, too short to be noticed."""
_TICK = Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class Hearing:
    """How the sound of one recording is brought to its level."""

    gain_db: float = 0.0
    ears: Literal["both", "left", "right"] = "both"
    """The side that is heard in both ears."""
    limited: bool = False
    """Whether single peaks would be too loud."""


PLAIN_SOUND = Hearing()


def measuring(recording: Recording, source: str) -> list[str]:
    """Arguments with which ffmpeg measures a recording's whole sound; it says so on stderr."""
    levels = "astats=measure_perchannel=RMS_level+Peak_level:measure_overall=none"
    return [
        *("-nostdin", "-hide_banner", "-v", "info", "-nostats", "-progress", "pipe:1"),
        *("-format_whitelist", FORMATS, "-protocol_whitelist", "file", "-vn", "-sn", "-dn"),
        *("-i", source, "-map", f"0:{recording.audio}"),
        *("-af", f"aformat=channel_layouts=stereo,{levels},ebur128=framelog=quiet"),
        *("-f", "null", "-"),
    ]


def heard(said: str) -> Hearing:
    """What ffmpeg said about a recording's sound, as what is to be done about it."""
    loudness = re.findall(r"^\s*I:\s+(\S+) LUFS", said, re.MULTILINE)
    levels = [_decibel(value) for value in re.findall(r"RMS level dB: (\S+)", said)]
    peaks = [_decibel(value) for value in re.findall(r"Peak level dB: (\S+)", said)]
    if not loudness or len(levels) != 2 or _decibel(loudness[-1]) <= -70:
        return PLAIN_SOUND
    left, right = levels
    ears: Literal["both", "left", "right"] = "both"
    measured = _decibel(loudness[-1])
    if abs(left - right) > DEAD_DB:
        ears = "left" if left > right else "right"
        measured += _DUAL_MONO_DB
    peak = max(peaks)
    gain = min(TARGET_LUFS - measured, MOST_GAIN_DB, PEAK_DB - peak + MOST_LIMITED_DB)
    return Hearing(round(gain, 1), ears, peak + gain > PEAK_DB)


def _decibel(text: str) -> float:
    """A level as ffmpeg writes it; silence (`-inf`, `nan`) is very quiet."""
    try:
        value = float(text)
    except ValueError:
        return -200.0
    return max(value, -200.0) if math.isfinite(value) else -200.0


def levelled(sound: Any, hearing: Hearing) -> Any:
    """Both ears, at the level of the whole recording."""
    sound = sound.filter("aformat", channel_layouts="stereo")
    if hearing.ears != "both":
        side = 0 if hearing.ears == "left" else 1
        sound = sound.filter("channelmap", f"{side}-FL|{side}-FR", "stereo")
    if hearing.gain_db:
        sound = sound.filter("volume", f"{hearing.gain_db}dB")
    if hearing.limited:
        limit = f"{10 ** (PEAK_DB / 20):.4f}"
        sound = sound.filter(
            "alimiter", limit=limit, attack=5, release=50, level="false", latency="true"
        )
    return sound


def muted(sound: Any, mutes: Sequence[tuple[Fraction, Fraction]]) -> Any:
    """Silence in every stretch, given in seconds; fades lie outside of it.

    The filter decides once a frame: frames of 1 ms keep it to the mark.
    """
    if not mutes:
        return sound
    fade = float(FADE_S)
    parts = [
        f"(clip(({float(start - _TICK):.6f}-t)/{fade},0,1)+clip((t-{float(end):.6f})/{fade},0,1))"
        for start, end in mutes
    ]
    sound = sound.filter("asetnsamples", n=RATE // 1000, p=0)
    return sound.filter("volume", "*".join(parts), eval="frame")


def soft_ends(sound: Any, length_s: Fraction) -> Any:
    """No click where it starts and ends."""
    fade = min(FADE_S, length_s / 4)
    sound = sound.filter("afade", t="in", d=f"{float(fade):.6f}")
    start = f"{float(length_s - fade):.6f}"
    return sound.filter("afade", t="out", st=start, d=f"{float(fade):.6f}")
