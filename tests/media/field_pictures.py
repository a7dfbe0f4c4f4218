"""Writes H.264 in field pictures, as many camcorders do and no encoder at hand: each half picture
is a picture of its own, and a packet of its own in a transport stream.

Nothing is compressed (I_PCM), so a slice is a header and the samples. Names and order of what is
written are those of ITU-T H.264, 7.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from tests.helpers.counted_films import BITS

WIDTH, HEIGHT = 320, 128
CELL = WIDTH // BITS
GOP = 12
"""Pictures from one that all can be decoded from to the next."""
_FRAME_NUM_BITS, _POC_BITS = 4, 8
_SAMPLES = {True: ("000011010", b"\x0d\x00"), False: ("1000011111", b"\x87\xc0")}
"""Before samples (I_PCM), in an I and in a P slice: as bits, and as bytes up to a whole one."""


class _Bits:
    """Bits as text, in the descriptors of the standard."""

    def __init__(self) -> None:
        self.text = ""

    def u(self, value: int, bits: int = 1) -> _Bits:
        """An unsigned number of so many bits."""
        self.text += f"{value:0{bits}b}"
        return self

    def ue(self, *values: int) -> _Bits:
        """Numbers in Exp-Golomb code; `se(0)` is the same."""
        for value in values:
            self.text += "0" * ((value + 1).bit_length() - 1) + f"{value + 1:b}"
        return self

    def whole(self, fill: str = "0") -> bytes:
        """All of it, filled up to a whole byte."""
        text = self.text + fill
        text += "0" * (-len(text) % 8)
        return int(text, 2).to_bytes(len(text) // 8, "big")


def _unit(kind: int, importance: int, payload: bytes) -> bytes:
    """A NAL unit: nothing in it may look like the start of another."""
    safe, zeros = bytearray(), 0
    for byte in payload:
        if zeros >= 2 and byte <= 3:
            safe.append(3)
            zeros = 0
        safe.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return b"\0\0\0\1" + bytes([importance << 5 | kind]) + bytes(safe)


def _parameter_sets(rate: int) -> bytes:
    sequence = (
        _Bits().u(77, 8).u(0, 8).u(30, 8).ue(0, _FRAME_NUM_BITS - 4, 0, _POC_BITS - 4, 1).u(0)
    )
    sequence.ue(WIDTH // 16 - 1, HEIGHT // 32 - 1)
    sequence.u(0).u(0)  # frame_mbs_only_flag, mb_adaptive_frame_field_flag
    sequence.u(1).u(0).u(
        1
    )  # direct_8x8_inference_flag, frame_cropping_flag, vui_parameters_present
    sequence.u(0, 4).u(1).u(1, 32).u(2 * rate, 32).u(1)  # timing_info: ticks of a field
    sequence.u(0, 3).u(1).u(1).ue(0, 0, 10, 10, 0, 1)  # bitstream_restriction: shown as they come
    picture = _Bits().ue(0, 0).u(0, 2).ue(0, 0, 0).u(0, 3).ue(0, 0, 0).u(1).u(0, 2)
    return _unit(7, 3, sequence.whole("1")) + _unit(8, 3, picture.whole("1"))


def _slice(number: int, lines: Any, *, bottom: bool) -> bytes:
    """One field as a slice of samples."""
    first_of_all = number % GOP == 0 and not bottom
    header = (
        _Bits()
        .ue(0, 7 if first_of_all else 5, 0)
        .u(number % GOP % (1 << _FRAME_NUM_BITS), _FRAME_NUM_BITS)
    )
    header.u(1).u(int(bottom))  # field_pic_flag, bottom_field_flag
    if first_of_all:
        header.ue(number // GOP % 2)  # idr_pic_id
    header.u((2 * (number % GOP) + bottom) % (1 << _POC_BITS), _POC_BITS)
    if not first_of_all:
        header.u(0, 2)  # num_ref_idx_active_override_flag, ref_pic_list_modification_flag_l0
    header.u(0, 2 if first_of_all else 1)  # dec_ref_pic_marking
    header.ue(0, 1)  # slice_qp_delta, disable_deblocking_filter_idc
    bits, between = _SAMPLES[first_of_all]
    header.text += bits
    high, wide = lines.shape[0] // 16, WIDTH // 16
    blocks = lines.reshape(high, 16, wide, 16).transpose(0, 2, 1, 3).reshape(-1, 256)
    grey = bytes([128]) * 128
    samples = between.join(block.tobytes() + grey for block in blocks)
    return _unit(5 if first_of_all else 1, 2, header.whole("") + samples + b"\x80")


def _drawn(number: int, *, bottom: bool) -> Any:
    """The whole picture at the instant of a field: its number, below it a bar that moves."""
    picture = np.full((HEIGHT, WIDTH), 60, np.uint8)
    for bit in range(BITS):
        is_set = number >> bit & 1
        for row, lit in ((0, is_set), (1, not is_set)):
            place = slice(row * CELL, (row + 1) * CELL), slice(bit * CELL, (bit + 1) * CELL)
            picture[place] = 235 if lit else 16
    left = 10 + 4 * (2 * number + bottom)
    picture[2 * CELL + 4 :, left : left + 30] = 235
    return picture


def _fields(frames: int, rate: int) -> Iterator[bytes]:
    """The half pictures of a film, upper lines first."""
    for number in range(frames):
        for bottom in (False, True):
            lines = _drawn(number, bottom=bottom)[int(bottom) :: 2]
            sets = _parameter_sets(rate) if number % GOP == 0 and not bottom else b""
            delimiter = _unit(9, 0, b"\x10")
            yield delimiter + sets + _slice(number, lines, bottom=bottom)


def field_film(path: Path, frames: int, rate: int = 25) -> Path:
    """A film in field pictures, a packet each; the container goes by the file's name."""
    raw = path.with_suffix(".h264")
    raw.write_bytes(b"".join(_fields(frames, rate)))
    with av.open(str(raw), format="h264") as reading, av.open(str(path), "w") as writing:
        stream = writing.add_stream_from_template(reading.streams.video[0])
        base = Fraction(1, 90_000)
        for number, packet in enumerate(p for p in reading.demux(video=0) if p.size):
            packet.stream, packet.time_base = stream, base
            packet.pts = packet.dts = number * 90_000 // (2 * rate)
            packet.duration = 90_000 // (2 * rate)
            writing.mux(packet)
    return path
