"""A zip: its members one after the other, and all that hides around them.

The zip may be hostile: nothing is written, members are read with limits, and names are only names.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pyzipper

from vigsite.audit.finding import Finding
from vigsite.errors import InputError

MOST_MEMBERS = 20_000
MOST_BYTES = 8_000_000_000
"""All members together."""
MOST_AT_ONCE = 2_000_000_000
_SWELLS = 200
"""Times its packed size: nothing honest in a pack does."""
_EXTRAS = {0x0001, 0x9901}
"""ZIP64 and AES, which carry numbers only."""
_TIMELESS = {(1980, 1, 1, 0, 0, 0), (2000, 1, 1, 12, 0, 0)}
"""Dates that tell nothing: a zip's first day, and the one that packs bear."""
_SEAL = re.compile(rb"(?:sha256:[0-9a-f]{64})?")
"""The only comment a pack has: the hash of all that stands before it."""
_DRIVE = re.compile(r"^[A-Za-z]:")
_AGAIN = "Pack the case again."
UNREADABLE = (
    BadZipFile,
    pyzipper.BadZipFile,
    zlib.error,
    OSError,
    NotImplementedError,
    EOFError,
    ValueError,
    struct.error,
)


class Archive:
    """An opened zip."""

    def __init__(self, name: str, source: Path | bytes, passphrase: str | None = None) -> None:
        """Raises InputError when it cannot be opened, or the passphrase is missing or wrong."""
        self.name = name
        self._source = source
        try:
            self._zip = pyzipper.AESZipFile(
                io.BytesIO(source) if isinstance(source, bytes) else source
            )
            self._members = self._zip.infolist()
        except UNREADABLE:
            raise InputError(
                f"{name} cannot be read as a zip; expected one that is whole."
            ) from None
        self.locked = any(member.flag_bits & 1 for member in self._members)
        if self.locked and passphrase is None:
            raise InputError(f"{name} is locked; give its passphrase with --passphrase-stdin.")
        if passphrase is not None:
            self._zip.setpassword(passphrase.encode())
            self._try_passphrase()

    def _try_passphrase(self) -> None:
        first = next((m for m in self._members if m.flag_bits & 1 and m.file_size), None)
        if first is None:
            return
        try:
            with self._zip.open(first) as opened:
                opened.read(1)
        except RuntimeError:
            raise InputError(f"The passphrase does not open {self.name}.") from None
        except UNREADABLE:
            return

    def findings(self) -> list[Finding]:
        """All that is wrong with the zip itself."""
        found = list(self._names())
        if not _SEAL.fullmatch(self._zip.comment):
            found.append(Finding(self.name, "comment", "carries a comment", _AGAIN))
        if sum(member.file_size for member in self._members) > MOST_BYTES:
            what = f"unpacks to more than {MOST_BYTES // 10**9} GB"
            found.append(Finding(self.name, "", what, "Do not unpack it."))
        if len(self._members) > MOST_MEMBERS:
            what = f"holds more than {MOST_MEMBERS} files"
            found.append(Finding(self.name, "", what, "Do not unpack it."))
        try:
            found += self._layout()
        except UNREADABLE:
            found.append(Finding(self.name, "", "is damaged", _AGAIN))
        return found

    def _names(self) -> Iterator[Finding]:
        seen: set[str] = set()
        dated, loaded = [], []
        for member in self._members[:MOST_MEMBERS]:
            name = member.orig_filename
            yield from _place(name)
            if (folded := name.casefold()) in seen:
                yield Finding(name, "name", "is there twice", "Do not unpack it.")
            seen.add(folded)
            mode = member.external_attr >> 16
            if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_IFMT(mode) == 0):
                yield Finding(name, "", "is a link or device", "Do not unpack it.")
            if member.comment:
                yield Finding(name, "comment", "carries a comment", _AGAIN)
            if set(_extra_kinds(member.extra)) - _EXTRAS:
                loaded.append(name)
            if member.flag_bits & 1 and 0x9901 not in _extra_kinds(member.extra):
                yield Finding(name, "", "is locked in a way that is easily broken", _AGAIN)
            if self.locked and member.file_size and not member.flag_bits & 1:
                yield Finding(name, "", "is not locked, though the others are", _AGAIN)
            if _swells(member):
                yield Finding(name, "", "unpacks to far more than it should", "Do not unpack it.")
            if tuple(member.date_time) not in _TIMELESS:
                dated.append(name)
        if loaded:
            what = f"carries times, owners or more beside its files ({len(loaded)} of them)"
            yield Finding(self.name, "extra fields", what, _AGAIN)
        if dated:
            what = f"tells when it was packed ({len(dated)} of its files bear a date)"
            yield Finding(self.name, "dates", what, _AGAIN)

    def _layout(self) -> Iterator[Finding]:
        """Bytes before, between and behind the members, and names that are told twice."""
        source = self._source
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as raw:
            at = 0
            for member in sorted(self._members, key=lambda member: member.header_offset):
                if member.header_offset != at:
                    yield Finding(self.name, f"byte {at}", "holds bytes between its files", _AGAIN)
                raw.seek(member.header_offset)
                head = raw.read(30)
                if len(head) < 30 or head[:4] != b"PK\3\4":
                    yield Finding(member.orig_filename, "header", "is damaged", _AGAIN)
                    return
                flags, name_size, extra_size = head[6], *struct.unpack("<HH", head[26:30])
                name, extra = raw.read(name_size), raw.read(extra_size)
                told = name.decode("utf-8" if member.flag_bits & 0x800 else "cp437", "replace")
                if told != member.orig_filename:
                    yield Finding(member.orig_filename, "header", f"is also named {told!r}", _AGAIN)
                kinds = set(_extra_kinds(member.extra))
                if set(_extra_kinds(extra)) - _EXTRAS - kinds:
                    what = "carries more than its content"
                    yield Finding(member.orig_filename, "header", what, _AGAIN)
                at = member.header_offset + 30 + name_size + extra_size + member.compress_size
                if flags & 8:
                    raw.seek(at)
                    signed = raw.read(4) == b"PK\7\10"
                    wide = 0x0001 in _extra_kinds(extra) or member.file_size > 0xFFFFFFFE
                    at += (4 if signed else 0) + (20 if wide else 12)
            if at != self._zip.start_dir:
                yield Finding(self.name, f"byte {at}", "holds bytes between its files", _AGAIN)
            raw.seek(self._zip.start_dir)
            rest = raw.read(60_000_000)
            end = rest.rfind(b"PK\5\6")
            listed = sum(_listed(member) for member in self._members)
            behind = rest[listed:end]
            if behind and not (behind[:4] == b"PK\6\6" and len(behind) == 76):
                yield Finding(self.name, "list", "holds bytes beside its list of files", _AGAIN)
            if len(rest) - end != 22 + len(self._zip.comment):
                yield Finding(self.name, "end", "goes on behind its end", _AGAIN)

    def said(self) -> Iterator[tuple[str, str, bytes]]:
        """Member, place and bytes of everything in words around the members."""
        yield self.name, "comment", self._zip.comment
        for member in self._members[:MOST_MEMBERS]:
            yield member.orig_filename, "comment", member.comment
            yield member.orig_filename, "extra field", member.extra

    def members(self) -> Iterator[tuple[str, bytes | None]]:
        """Name and content of each file; None where it cannot be read, or is too large to be."""
        left = MOST_BYTES
        for member in self._members[:MOST_MEMBERS]:
            if member.is_dir():
                continue
            if member.file_size > min(left, MOST_AT_ONCE) or _swells(member):
                yield member.orig_filename, None
                continue
            left -= member.file_size
            try:
                with self._zip.open(member) as opened:
                    yield member.orig_filename, opened.read(member.file_size + 1)
            except (RuntimeError, *UNREADABLE):
                yield member.orig_filename, None

    def folders(self) -> list[str]:
        """Names of members that are folders."""
        return [member.orig_filename for member in self._members if member.is_dir()]

    def close(self) -> None:
        """Lets go of the file."""
        self._zip.close()


def is_locked(file: Path) -> bool:
    """Whether a zip asks for a passphrase; False for what is no zip."""
    try:
        with ZipFile(file) as archive:
            return any(member.flag_bits & 1 for member in archive.infolist())
    except UNREADABLE:
        return False


def _place(name: str) -> Iterator[Finding]:
    """A name that leads elsewhere when it is unpacked, at least by some programs."""
    parts = name.rstrip("/").replace("\\", "/").split("/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in parts or "\\" in name:
        what = "would be unpacked outside of its folder, or differently elsewhere"
        yield Finding(name, "name", what, "Do not unpack it.")
    if "\0" in name or "" in parts or "." in parts:
        yield Finding(name, "name", "has a name that programs read differently", _AGAIN)


def _swells(member: pyzipper.zipfile.ZipInfo) -> bool:
    return bool(member.file_size > 10_000_000 and member.file_size > _SWELLS * member.compress_size)


def _listed(member: pyzipper.zipfile.ZipInfo) -> int:
    """Bytes that a member takes in the list at the end."""
    encoding = "utf-8" if member.flag_bits & 0x800 else "cp437"
    name = member.orig_filename.encode(encoding, "replace")
    return 46 + len(name) + len(member.extra) + len(member.comment)


def _extra_kinds(extra: bytes) -> list[int]:
    kinds, at = [], 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        kinds.append(kind)
        at += 4 + size
    return kinds if at == len(extra) else [*kinds, 0xFFFF]
