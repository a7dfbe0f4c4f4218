"""Soft synthesized sound: a room tone, wordless voices, water, cups, paper."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable

import numpy as np
from script import Story

RATE = 48_000
Wave = np.ndarray

PITCH = {"mum": 205.0, "rowan": 330.0, "sister": 285.0, "neighbour": 128.0}
LEVEL = {"mum": 0.8, "rowan": 0.75, "sister": 0.65, "neighbour": 0.42}
SHAPES = {  # where a mouth shape is loud: two formants and their strength
    "m": (250, 900, 0.12),
    "oo": (330, 800, 0.3),
    "a": (760, 1250, 0.6),
    "e": (480, 1850, 0.4),
    "o": (480, 900, 0.5),
}


def seed_of(*parts: object) -> int:
    """The same number for the same words, on every run."""
    return zlib.crc32("|".join(map(str, parts)).encode())


def syllables(kind: str, lasts: float) -> list[tuple[float, float]]:
    """Start and length of each syllable."""
    if kind in ("hum", "ooh", "coo", "gasp", "moo"):
        return [(0.0, lasts)]
    pace = {"talk": 0.24, "babble": 0.27, "giggle": 0.19}[kind]
    count = max(1, int(lasts / pace))
    return [(i * pace, pace * (0.86 if i % 4 != 3 else 0.6)) for i in range(count)]


def mouth(kind: str, time: float, lasts: float) -> float:
    """How far the mouth is open while speaking, 0 to 1."""
    wide = {
        "hum": 0.0,
        "ooh": 0.42,
        "coo": 0.42,
        "gasp": 0.6,
        "talk": 0.34,
        "babble": 0.42,
        "giggle": 0.46,
        "moo": 0.4,
    }[kind]
    for start, length in syllables(kind, lasts):
        if start <= time < start + length:
            return wide * float(math.sin(math.pi * (time - start) / length) ** 0.8)
    return 0.12 if kind == "giggle" else 0.0


def smooth_noise(count: int, width: int, rng: np.random.Generator) -> Wave:
    """Noise without its sharp edges: a moving average, twice, scaled to 1."""
    noise = rng.standard_normal(count + 2 * width)
    for _ in range(2):
        total = np.cumsum(noise)
        noise = total[width:] - total[:-width]
    noise = noise[:count]
    return np.asarray(noise / (np.std(noise) + 1e-9))


def envelope(count: int, rise: float, fall: float) -> Wave:
    """A gentle swell and end, in shares of the whole."""
    at = np.linspace(0.0, 1.0, count)
    up, down = np.clip(at / rise, 0, 1), np.clip((1 - at) / fall, 0, 1)
    return np.asarray(np.sin(up * np.pi / 2) ** 2 * np.sin(down * np.pi / 2) ** 2)


def sing(pitch: Wave, shape: str, breath: float, rng: np.random.Generator) -> Wave:
    """A voice on a pitch line with one mouth shape."""
    low, high, bright = SHAPES[shape]
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = np.zeros(len(pitch))
    for k in range(1, 13):
        tone = float(np.mean(pitch)) * k
        gain = (
            math.exp(-(((tone - low) / 230) ** 2))
            + bright * math.exp(-(((tone - high) / 330) ** 2))
            + 0.14
        ) / k**0.55
        if tone < 3600:
            voice += gain * np.sin(k * phase)
    return voice + breath * smooth_noise(len(pitch), 9, rng)


def voice(who: str, kind: str, lasts: float, seed: int) -> Wave:
    """One wordless utterance."""
    rng, base = np.random.default_rng(seed), PITCH[who]
    out = np.zeros(int(lasts * RATE) + RATE // 5)
    parts = syllables(kind, lasts)
    for i, (start, length) in enumerate(parts):
        count = int(length * RATE)
        at = np.linspace(0.0, 1.0, count)
        bend = {
            "hum": 0.06 * np.sin(at * 2.4 * np.pi),
            "ooh": 0.16 * np.sin(at * np.pi),
            "coo": 0.22 * at,
            "gasp": 0.3 * np.sin(at * np.pi * 0.8),
            "moo": -0.16 * at,
        }.get(kind, 0.05 * np.sin(at * np.pi))
        tune = 0.0
        if kind == "talk":
            tune = 0.12 * math.sin(1.7 * i + seed % 7) - 0.1 * i / len(parts)
        elif kind == "babble":
            tune = 0.08 * (i % 2) + 0.05 * math.sin(i + seed % 5)
        elif kind == "giggle":
            tune = 0.34 - 0.05 * i
        pitch = base * (1 + bend + tune) * (1 + 0.008 * np.sin(2 * np.pi * 5.2 * at * length))
        choice = {
            "hum": "m",
            "ooh": "oo",
            "coo": "oo",
            "gasp": "a",
            "giggle": "a",
            "moo": "oo",
            "babble": "ae"[i % 2],
        }.get(kind, ("a", "o", "e", "m", "oo")[int(rng.integers(5))])
        sound = sing(pitch, choice, 0.05 if kind == "giggle" else 0.02, rng)
        sound *= envelope(count, 0.22, 0.5 if kind != "hum" else 0.4)
        place = int(start * RATE)
        out[place : place + count] += sound * (0.7 if kind in ("giggle", "gasp") else 1.0)
    return out * LEVEL[who]


# ---------------------------------------------------------------- things


def struck(tones: tuple[float, ...], fade: float, lasts: float) -> Wave:
    """Something that rings when touched."""
    at = np.arange(int(lasts * RATE)) / RATE
    ring = sum(
        np.sin(2 * np.pi * tone * at) * np.exp(-at * fade * (1 + 0.4 * i)) / (i + 1)
        for i, tone in enumerate(tones)
    )
    return np.asarray(ring) * np.minimum(1, at / 0.002)


def swish(lasts: float, width: int, rng: np.random.Generator, rough: float = 0.0) -> Wave:
    """Paper, cloth or water moving by."""
    count = int(lasts * RATE)
    out = smooth_noise(count, width, rng) * envelope(count, 0.3, 0.6)
    if rough:
        out *= 1 + rough * smooth_noise(count, 900, rng)
    return np.asarray(out * 0.3)


def splash(rng: np.random.Generator) -> Wave:
    """Water thrown up, and its drops."""
    out = np.zeros(int(1.6 * RATE))
    burst = swish(1.1, 14, rng) * 1.2
    out[: len(burst)] += burst
    for _ in range(18):
        drop, start = drip(rng) * 0.5, int(rng.uniform(0.15, 1.2) * RATE)
        out[start : start + len(drop)] += drop[: len(out) - start]
    return out


def drip(rng: np.random.Generator) -> Wave:
    """One drop: a short tone that slides up."""
    at = np.arange(int(0.12 * RATE)) / RATE
    tone = rng.uniform(520, 900) * (1 + 3.2 * at)
    return np.sin(2 * np.pi * np.cumsum(tone) / RATE) * np.exp(-at * 42) * np.minimum(1, at / 0.004)


def bird(rng: np.random.Generator) -> Wave:
    """A far bird at the window."""
    out = np.zeros(RATE)
    for start in (0.0, 0.16, 0.4):
        at = np.arange(int(0.12 * RATE)) / RATE
        tone = 2300 + rng.uniform(-150, 150) + 400 * np.sin(at * 60)
        call = np.sin(2 * np.pi * np.cumsum(tone) / RATE) * envelope(len(at), 0.3, 0.5)
        out[int(start * RATE) : int(start * RATE) + len(at)] += call
    return out * 0.1


SOUNDS: dict[str, Callable[[np.random.Generator], Wave]] = {
    "clink": lambda rng: struck((1710, 3350), 26, 0.35) * 0.13,
    "cup": lambda rng: struck((190, 620, 1480), 30, 0.35) * 0.4,
    "step": lambda rng: struck((82, 140), 34, 0.25) * 0.45,
    "rustle": lambda rng: swish(0.6, 7, rng, 0.5) * 0.45,
    "page": lambda rng: swish(0.7, 8, rng, 0.35) * 0.6,
    "zip": lambda rng: swish(0.9, 6, rng) * 0.4,
    "splash": splash,
    "drip": lambda rng: drip(rng) * 0.4,
    "bird": bird,
}


def room_tone(tone: str, count: int) -> Wave:
    """The quiet of a room: air, and water or a clock."""
    rng = np.random.default_rng(seed_of("tone", tone))
    out = smooth_noise(count, 160, rng) * 0.022 + smooth_noise(count, 30, rng) * 0.006
    if tone == "bath":
        lap = 0.6 + 0.4 * np.sin(2 * np.pi * np.arange(count) / RATE / 3.1)
        out += smooth_noise(count, 40, rng) * 0.016 * lap
    if tone == "evening":
        for second in range(int(count / RATE)):
            tick = struck((1250, 2100), 90, 0.05) * 0.028
            out[second * RATE : second * RATE + len(tick)] += tick
    return out


def soundtrack(story: Story) -> Wave:
    """The whole sound of a film, 16 bit, peaking at -14 dBFS."""
    count = int(story.seconds * RATE)
    out = np.zeros(count + 4 * RATE)
    for beat in story.beats:
        for spoken in beat.voices:
            seed = seed_of(story.file, beat.at, spoken.who, spoken.kind)
            part = voice(spoken.who, spoken.kind, spoken.lasts, seed)
            start = int((beat.at + spoken.after) * RATE)
            out[start : start + len(part)] += part * 0.4
        for kind, after in beat.sounds:
            part = SOUNDS[kind](np.random.default_rng(seed_of(story.file, beat.at, kind, after)))
            start = int((beat.at + after) * RATE)
            out[start : start + len(part)] += part
    echo = np.zeros_like(out)
    for delay, gain in ((0.023, 0.22), (0.041, 0.15), (0.067, 0.1)):
        shift = int(delay * RATE)
        echo[shift:] += out[:-shift] * gain
    dry = np.tanh((out + echo)[:count] * 0.7)
    mix = dry + room_tone(story.tone, count)
    edge = np.minimum(1.0, np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.4 * RATE))
    mix *= edge
    return np.asarray(mix / np.max(np.abs(mix)) * 0.2 * 32767).round().astype("<i2")
