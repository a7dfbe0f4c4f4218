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

from vigsite.media.recordings.recording import FORMATS

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
OF_FIELD = "mono|c0=c0"
"""What ffmpeg's `pan` takes of ambisonic sound: its first channel is what a single microphone in
the middle would hear (W); ffmpeg makes no stereo of it."""
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


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a recording's whole sound."""

    loudness: float
    """Integrated, in LUFS; -70 and below means that there is nothing to hear."""
    peaks: tuple[float, float]
    """Loudest sample of the left and the right, in decibels below full scale."""


def measuring(
    source: str, stream: str, formats: str = FORMATS, *, ambisonic: bool = False
) -> list[str]:
    """Arguments with which ffmpeg measures a whole stream of sound; it says so on stderr."""
    field = f"pan={OF_FIELD}," if ambisonic else ""
    return [
        *("-nostdin", "-hide_banner", "-v", "info", "-nostats", "-progress", "pipe:1"),
        *("-format_whitelist", formats, "-protocol_whitelist", "file", "-vn", "-sn", "-dn"),
        *("-i", source, "-map", stream),
        *("-af", f"{field}aformat=channel_layouts=stereo,ebur128=peak=sample", "-f", "null", "-"),
    ]


def measured(said: str) -> Measured:
    """What ffmpeg said when it measured: a line every tenth of a second, then a summary."""
    loudness = re.findall(r"^\s*I:\s+(\S+) LUFS", said, re.MULTILINE)
    peaks = re.findall(r"SPK:\s*(\S+)\s+(\S+)\s+dBFS", said)
    left, right = peaks[-1] if peaks else ("-inf", "-inf")
    return Measured(
        _decibel(loudness[-1]) if loudness else -200.0, (_decibel(left), _decibel(right))
    )


def heard(found: Measured) -> Hearing:
    """What is to be done about a recording's sound."""
    if found.loudness <= -70:
        return PLAIN_SOUND
    left, right = found.peaks
    ears: Literal["both", "left", "right"] = "both"
    loudness, peak = found.loudness, max(left, right)
    if abs(left - right) > DEAD_DB:
        ears = "left" if left > right else "right"
        loudness += _DUAL_MONO_DB
    gain = min(TARGET_LUFS - loudness, MOST_GAIN_DB, PEAK_DB - peak + MOST_LIMITED_DB)
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
        side = "c0" if hearing.ears == "left" else "c1"
        # Not `channelmap`: its two sides share their samples, and a gain on each counts twice.
        sound = sound.filter("pan", args=f"stereo|c0={side}|c1={side}")
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
