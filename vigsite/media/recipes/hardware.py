"""Encoders that are part of a machine, and how each is asked for a constant quality.

They are used on request only: they differ from machine to machine, so that bytes do too.
"""

from __future__ import annotations

from typing import Any

ENCODERS = (
    "h264_videotoolbox",
    "h264_nvenc",
    "h264_qsv",
    "h264_amf",
    "h264_mf",
)
"""In the order they are tried. Named here are those that take pictures from usual memory."""


def hardware_options(encoder: str, crf: int) -> dict[str, Any]:
    """Options that come near to x264's quality `crf`. Source: each encoder's `ffmpeg -h`."""
    options: dict[str, dict[str, Any]] = {
        "h264_videotoolbox": {"q:v": 105 - 2 * crf, "allow_sw": 0},
        "h264_nvenc": {"preset": "p5", "rc": "vbr", "cq": crf + 2, "b:v": 0},
        "h264_qsv": {"global_quality": crf + 1},
        "h264_amf": {"rc": "cqp", "qp_i": crf, "qp_p": crf + 2},
        "h264_mf": {"rate_control": "quality", "quality": 110 - 2 * crf, "hw_encoding": 1},
    }
    return options[encoder]
