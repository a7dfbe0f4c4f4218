"""What lies packed inside bytes: gzip, deflate, bzip2, xz, zip members, text chunks of PNG."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Protocol

MOST = 4_000_000
"""Bytes of one packed stream that are looked at."""
_ZLIB_HEADS = b"|".join(
    re.escape(bytes([first, second]))
    for first in range(0x08, 0x79, 0x10)
    for second in range(256)
    if (first * 256 + second) % 31 == 0 and not second & 0x20
)
_ARCHIVES = (
    rb"\x1f\x8b\x08|BZh[1-9]1AY&SY|\xfd7zXZ\x00|PK\x03\x04|\x89PNG\r\n\x1a\n|\x5d\x00\x00..\x00"
)
_HEADS = re.compile(_ARCHIVES + rb"|" + _ZLIB_HEADS, re.S)
_LIKELY_HEADS = re.compile(_ARCHIVES + rb"|\x78[\x01\x5e\x9c\xda]", re.S)
_PNG = b"\x89PNG\r\n\x1a\n"


class _Decompressor(Protocol):
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def unpacked(raw: bytes) -> Iterator[tuple[str, bytes, int]]:
    """Kind, content and place of each packed stream in `raw`; nothing of what is no stream."""
    heads = _HEADS if len(raw) < 1_000_000 else _LIKELY_HEADS
    last = -1
    for head in heads.finditer(raw):
        at = head.start()
        if head[0] == b"PK\x03\x04":
            if at > last:
                last = len(raw)
                yield from ((kind, piece, at) for kind, piece in _zip(raw[at:]))
        elif head[0] == _PNG:
            yield from ((kind, piece, at) for kind, piece in png_texts(raw[at:]))
        else:
            kind, stream = _stream(head[0])
            if piece := _inflated(stream, raw, at):
                yield kind, piece, at
    if piece := inflated_whole(raw):
        yield "deflate", piece, 0


def inflated_whole(raw: bytes) -> bytes:
    """What a deflate stream without any header holds; empty for what is none, up to its end."""
    return _inflated(zlib.decompressobj(-15), raw, 0, whole=True) if len(raw) >= 5 else b""


def _stream(head: bytes) -> tuple[str, _Decompressor]:
    if head.startswith(b"\x1f\x8b"):
        return "gzip", zlib.decompressobj(31)
    if head.startswith(b"BZh"):
        return "bzip2", bz2.BZ2Decompressor()
    if head.startswith((b"\xfd7zXZ", b"\x5d\x00\x00")):
        return "xz", lzma.LZMADecompressor(memlimit=100_000_000)
    return "zlib", zlib.decompressobj()


def _inflated(stream: _Decompressor, raw: bytes, at: int, *, whole: bool = False) -> bytes:
    """What can be unpacked, up to an error; with `whole` only if the stream has an end."""
    parts: list[bytes] = []
    size, step = 0, 64
    try:
        while at < len(raw) and size < MOST:
            part = stream.decompress(raw[at : at + step], MOST - size)
            parts.append(part)
            size += len(part)
            at += step
            step = 65_536
            if getattr(stream, "eof", False):
                break
    except (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError):
        if whole:
            return b""
    if whole and not getattr(stream, "eof", False):
        return b""
    return b"".join(parts) if size >= 3 else b""


def _zip(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Names, comments and contents of a zip that lies inside something."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield "zip", archive.comment
            for member in archive.infolist()[:1000]:
                said = member.filename.encode() + b"\n" + member.comment + b"\n" + member.extra
                yield "zip", said
                with archive.open(member) as opened:
                    yield "zip", opened.read(MOST)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error):
        return


def png_texts(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The text chunks of a PNG, unpacked, and any other chunk that is no picture."""
    for kind, body, _at in png_chunks(raw):
        if kind in (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"):
            continue
        key, _, rest = body.partition(b"\0")
        yield "PNG", key + b"\n" + rest
        packed = rest[1:]
        if kind == b"iTXt":
            packed = rest[2:].split(b"\0", 2)[-1]
        if kind in (b"zTXt", b"iTXt", b"iCCP") and (
            piece := _inflated(zlib.decompressobj(), packed, 0)
        ):
            yield "PNG", piece


def png_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Kind, content and place of each chunk of a PNG."""
    at = len(_PNG)
    while at + 12 <= len(raw):
        size, kind = struct.unpack_from(">I4s", raw, at)
        yield kind, raw[at + 8 : at + 8 + size], at
        if kind == b"IEND":
            return
        at += 12 + size
