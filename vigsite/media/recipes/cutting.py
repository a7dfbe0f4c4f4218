"""How a cut comes out of a film: where it is opened, which frames pass, when, and its sound."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import ffmpeg

from vigsite.media.recipes.picture import Look, decimal
from vigsite.media.recipes.sound import OF_FIELD, RATE, levelled, muted, soft_ends
from vigsite.media.recordings.recording import FORMATS, UNPACKING, Cut, Recording

_MARGIN_US = 100_000
"""Read beyond the cut: the frames are counted, this only must not end them early."""


def opened(source: str, recording: Recording, cut: Cut, *, rough: bool) -> Any:
    """The film as ffmpeg is to read it for a cut; `rough` decodes without polish."""
    begin = recording.opened_us(cut)
    options: dict[str, Any] = {
        "format_whitelist": FORMATS,
        "protocol_whitelist": "file",
        "noautorotate": None,  # `shaped` makes pictures upright, in films and in stills
        "reinit_filter": 0,  # a film that changes its size midway must not start counting again
        "t": _seconds(cut.start_us - begin + cut.late_us + cut.length_us + _MARGIN_US),
    }
    if recording.stored.margins is not None:
        options["apply_cropping"] = "codec"  # `shaped` cuts away what the container says
    if begin > 0:
        options["ss"] = _seconds(begin)
    if recording.packed:
        options["bsf:v"] = UNPACKING
    if rough:
        options |= {"skip_loop_filter": "all", "threads": 1}
    return ffmpeg.input(source, **options)


def cut_out(film: Any, recording: Recording, cut: Cut) -> Any:
    """The frames of a cut and no other, the first one at 0: bounded by number and by time."""
    lower, upper = recording.trimmed_us(cut.first, cut.first + cut.frames)
    mark = recording.mark_us(cut)
    bounds = {"end": _seconds(mark + upper - recording.frame_us[cut.first])}
    if mark:
        bounds["start"] = _seconds(max(0, mark + lower - recording.frame_us[cut.first]))
    picture = film[str(recording.video)].filter("trim", **bounds)
    picture = picture.filter("trim", end_frame=cut.frames)
    return picture.filter("setpts", f"PTS-round({_seconds(mark)}/TB)")  # it would cut off the rest


def _seconds(microseconds: int) -> str:
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"


def timed(picture: Any, cut: Cut, rate: Fraction, speed: Fraction, *, by_number: bool) -> Any:
    """A constant rate: every frame by its number, so that a missing one is noticed, or by time."""
    if by_number:
        picture = picture.filter("settb", f"{rate.denominator}/{rate.numerator}")
        return picture.filter("setpts", "N").filter("fps", f"{rate.numerator}/{rate.denominator}")
    picture = picture.filter("settb", "AVTB")  # a coarse clock has no place for every time
    if speed != 1 or cut.late_us:
        late = _seconds(cut.late_us)
        picture = picture.filter("setpts", f"(PTS-{late}/TB)/({decimal(speed)})")
    held = decimal(Fraction(cut.length_us, 1_000_000) / speed)
    picture = picture.filter("tpad", stop_mode="clone", stop_duration=held)
    picture = picture.filter("fps", f"{rate.numerator}/{rate.denominator}", start_time=0)
    return picture.filter("trim", end=held)


def sound_of(sound: Any, recording: Recording, cut: Cut, look: Look) -> Any:
    """The cut's sound, as long as its picture; silence where the film has none."""
    if recording.ambisonic:
        sound = sound.filter("pan", args=OF_FIELD)
    if begin_us := recording.mark_us(cut) + cut.late_us:
        mark = _seconds(begin_us)
        sound = sound.filter("atrim", start=mark).filter("asetpts", f"PTS-{mark}/TB")
    # Gaps are filled with silence from 10 ms on; shorter ones would be closed up and add up.
    sound = sound.filter("aresample", RATE, **{"async": 1, "first_pts": 0, "min_hard_comp": "0.01"})
    sound = levelled(sound, look.hearing).filter("apad")
    sound = sound.filter("atrim", end=_seconds(cut.length_us))
    if look.speed != 1:
        sound = sound.filter("atempo", decimal(look.speed))
    sound = muted(sound, [(start / look.speed, end / look.speed) for start, end in look.mutes])
    return soft_ends(sound, Fraction(cut.length_us, 1_000_000) / look.speed)
