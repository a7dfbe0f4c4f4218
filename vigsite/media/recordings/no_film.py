"""What a file is that does not open as a film, and what somebody can do about it."""

from __future__ import annotations

from pathlib import Path

COPY_AGAIN = "copy it again from the camera or phone"
_PHOTOS = (
    *((0, b"\xff\xd8\xff"), (0, b"\x89PNG"), (4, b"ftyphei"), (4, b"ftypmif1")),
    (4, b"ftypavif"),
)
_OTHERS = {
    b"GIF8": "a GIF",
    b"\x06\x0e\x2b\x34": "an MXF film",
    b"PK\x03\x04": "a zip file",
    b"%PDF": "a PDF",
}
_FILMS = (
    *((4, b"ftyp"), (4, b"moov"), (4, b"mdat"), (0, b"\x1a\x45\xdf\xa3"), (0, b"RIFF")),
    *((0, b"\x30\x26\xb2\x75"), (0, b"\x00\x00\x01\xba"), (0, b"FLV")),
)
"""How files begin: where, and with which bytes."""


def what_it_is(path: Path) -> str:
    """Return what to say of a file that does not open, by the bytes that it begins with."""
    try:
        with path.open("rb") as file:
            begins = file.read(16)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if any(begins.startswith(sign, at) for at, sign in _PHOTOS):
        return "is a photo; if it moves, save its film on the phone as a video and use that"
    for sign, what in _OTHERS.items():
        if begins.startswith(sign):
            return f"is {what}, which vigsite does not open; save it as MP4 and use that"
    if any(begins.startswith(sign, at) for at, sign in _FILMS):
        return f"begins like a film, but cannot be read; {COPY_AGAIN}"
    return "is no film vigsite can open; if a program plays it, save it there as MP4"
