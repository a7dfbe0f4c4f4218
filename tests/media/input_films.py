"""Films of every kind a family may bring, each drawn by ffmpeg, each telling its frames' numbers.

Most are counted films (`tests.helpers.counted_films`) put into another shape; colours come from `tests.media.chart`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import cast

import av

from tests.helpers.counted_films import (
    BITS,
    CELL,
    HEIGHT,
    WIDTH,
    Grey,
    pictures,
    read_number,
    run_ffmpeg,
)

QUICK = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12")
KEPT = ("-c:a", "copy")
BAR = slice(100, 340)
"""Rows of the picture of 640 x 360 in which an interlaced film's bar moves."""

STORED = {
    ("0", ""): "null",
    ("90", ""): "transpose=1",
    ("180", ""): "hflip,vflip",
    ("270", ""): "transpose=2",
    ("0", "h"): "hflip",
    ("0", "v"): "vflip",
    ("90", "h"): "transpose=3",
    ("90", "v"): "transpose=0",
    ("180", "h"): "vflip",
    ("270", "h"): "transpose=0",
}
"""How pictures lie in the file, so that turning (and mirroring) them makes them upright."""


def numbers(path: Path) -> list[int | None]:
    """The number that each frame of a film, or a picture, tells."""
    return [read_number(grey) for grey in pictures(path)]


def stored_numbers(path: Path) -> list[int | None]:
    """The number of every picture an MP4 holds, also of those its edit list hides."""
    with av.open(str(path), options={"ignore_editlist": "1"}) as opened:
        frames = [frame.to_ndarray(format="gray") for frame in opened.decode(video=0)]
    return [read_number(cast("Grey", frame)) for frame in frames]


def encoded(path: Path, base: Path, *arguments: str) -> Path:
    """A film drawn from another."""
    run_ffmpeg("-i", str(base), *arguments, str(path))
    return path


def turned(path: Path, base: Path, rotation: str, mirrored: str) -> Path:
    """A film that lies on its side, or mirrored; its display matrix puts it upright."""
    lying = path.with_name(f"lying-{path.name}")
    encoded(lying, base, "-t", "1", "-vf", STORED[rotation, mirrored], *QUICK, *KEPT)
    flip = (f"-display_{mirrored}flip:v:0",) if mirrored else ()
    run_ffmpeg(
        *("-display_rotation:v:0", rotation, *flip, "-i", str(lying), "-c", "copy", str(path))
    )
    return path


def uneven(path: Path, base: Path, kept: str, shifted: str = "PTS") -> Path:
    """A film of variable rate: the frames that `kept` chooses, at times that `shifted` computes."""
    return encoded(
        path,
        base,
        *("-vf", f"settb=1/90000,select='{kept}',setpts='{shifted}'", "-fps_mode", "passthrough"),
        *("-enc_time_base", "1:90000", *QUICK, "-bf", "2", *KEPT),
        *("-video_track_timescale", "90000"),
    )


def times_of(path: Path) -> list[float]:
    """When each frame of a film comes on screen, in seconds from the first."""
    with av.open(str(path)) as opened:
        stream = opened.streams.video[0]
        base = stream.time_base or Fraction(1)
        pts = sorted(
            packet.pts
            for packet in opened.demux(stream)
            if packet.pts is not None and packet.size and not packet.is_discard
        )
    return [float((time - pts[0]) * base) for time in pts]


def of_two_sizes(path: Path, base: Path) -> Path:
    """A film whose pictures shrink from 640 x 360 to 480 x 270 at frame 50, as Zoom's do."""
    parts = []
    for name, chosen, size in (("large", "lt(n,50)", "640:360"), ("small", "gte(n,50)", "480:270")):
        part = path.with_name(f"{path.name}-{name}.ts")
        graph = f"select='{chosen}',setpts=N/25/TB,scale={size}:flags=neighbor"
        encoded(part, base, "-an", "-vf", graph, *QUICK, "-bf", "2", "-g", "30")
        parts.append(part)
    return joined(path, *parts)


def joined(path: Path, *parts: Path) -> Path:
    """A film of several pieces, one after the other, none encoded anew."""
    said = path.with_name(f"{path.name}.txt")
    said.write_text("".join(f"file '{part}'\n" for part in parts))
    run_ffmpeg("-f", "concat", "-safe", "0", "-i", str(said), "-c", "copy", str(path))
    return path


def fields_source(seconds: int) -> tuple[str, str]:
    """Inputs and graph of 50 pictures a second: a bar that moves, a number for every second one."""
    bits = "if(eq(mod(floor(N/pow(2\\,X))\\,2)\\,1-Y)\\,235\\,16)"
    code = (
        f"nullsrc=s={BITS}x2:r=25:d={seconds},format=gray,geq=lum='{bits}',"
        f"scale={BITS * CELL}:{2 * CELL}:flags=neighbor,format=yuv420p,fps=50"
    )
    graph = (
        f"color=0x303030:s={WIDTH}x{HEIGHT}:r=50:d={seconds}[a];{code}[b];"
        f"color=white:s=40x240:r=50:d={seconds}[c];"
        f"[a][b]overlay[d];[d][c]overlay=x='20+4*n':y={BAR.start},format=yuv420p"
    )
    return f"sine=f=440:d={seconds}:r=48000", graph


INTERLACED = {
    "top.MTS": (
        "interlace=scan=tff:lowpass=0,setfield=tff",
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "12", "-g", "13"),
        *("-flags", "+ildct+ilme", "-x264-params", "tff=1", "-c:a", "ac3"),
        *("-f", "mpegts", "-mpegts_m2ts_mode", "1", "-output_ts_offset", "1.04"),
    ),
    "bottom.MTS": (
        "interlace=scan=bff:lowpass=0,setfield=bff",
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "12", "-g", "13"),
        *("-flags", "+ildct+ilme", "-x264-params", "bff=1", "-c:a", "ac3"),
        *("-f", "mpegts", "-mpegts_m2ts_mode", "1", "-output_ts_offset", "1.04"),
    ),
    "pal.mpg": (
        "scale=720:576,interlace=scan=tff:lowpass=0,setfield=tff,setsar=64/45",
        *("-c:v", "mpeg2video", "-q:v", "2", "-g", "12", "-bf", "2"),
        *("-flags", "+ildct+ilme", "-c:a", "mp2"),
    ),
    "dv.avi": (
        "scale=720:576,interlace=scan=bff:lowpass=0,setfield=bff,setsar=64/45",
        *("-c:v", "dvvideo", "-pix_fmt", "yuv420p", "-c:a", "pcm_s16le"),
    ),
}
"""Interlaced films of 25 frames, 50 fields a second: how each is woven and stored."""


def interlaced(path: Path, seconds: int = 3) -> Path:
    """A camcorder's film; each frame holds two moments, a fiftieth of a second apart."""
    weave, *stored = INTERLACED[path.name]
    sound, graph = fields_source(seconds)
    run_ffmpeg(
        *("-f", "lavfi", "-i", sound, "-filter_complex", f"{graph},{weave}[v]"),
        *("-map", "[v]", "-map", "0:a", *stored, str(path)),
    )
    return path


def circle(path: Path, size: str, sar: str, stored: tuple[str, ...]) -> Path:
    """A white circle that is round once the picture's pixels are shown as wide as they are."""
    wide, high = (int(part) for part in size.split("x"))
    upright = round(wide * Fraction(sar))
    round_one = f"lt(hypot(X-W/2\\,Y-H/2)\\,{high * 2 // 5})"
    run_ffmpeg(
        *("-f", "lavfi", "-i", f"color=black:s={upright}x{high}:r=10:d=0.5,format=gray"),
        *("-vf", f"geq=lum='if({round_one}\\,235\\,16)',scale={size},setsar={sar},format=yuv420p"),
        *("-r", "25", *stored, str(path)),
    )
    return path


def cut_from_the_middle(path: Path, base: Path, number: int) -> Path:
    """A transport stream that starts at a keyframe of another, as cameras split long films."""
    stream = path.with_name(f"whole-{path.name}")
    encoded(stream, base, "-c", "copy", "-mpegts_flags", "+pat_pmt_at_frames")
    with av.open(str(stream)) as opened:
        packets = opened.demux(opened.streams.video[0])
        keys = [p.pos for p in packets if p.is_keyframe and p.pos is not None]
    whole = stream.read_bytes()
    tables = keys[number]
    while whole[tables + 1] & 0x1F or whole[tables + 2]:  # back to the table of programmes
        tables -= 188
    path.write_bytes(whole[tables:])
    return path


def broken_off(path: Path, source: Path, share: float = 0.6) -> Path:
    """The first part of a film's bytes, as a copy that was interrupted leaves it."""
    whole = source.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    return path


def with_sound(path: Path, base: Path, sources: Iterable[str], *arguments: str) -> Path:
    """A counted film's pictures with other sound: one track for each generator."""
    inputs = [word for source in sources for word in ("-f", "lavfi", "-i", source)]
    tracks = [word for n in range(len(inputs) // 4) for word in ("-map", f"{n + 1}:a")]
    run_ffmpeg(
        *("-i", str(base), *inputs, "-map", "0:v", *tracks, "-c:v", "copy", *arguments, str(path))
    )
    return path
