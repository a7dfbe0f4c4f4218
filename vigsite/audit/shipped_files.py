"""The files that every site of this version comes with, known by their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from vigsite.resources import bare_code, resource_root


@dataclass(frozen=True, slots=True)
class Own:
    """What the theme ships; by default nothing."""

    hashes: frozenset[str] = frozenset()
    """SHA-256 of every file."""
    pieces: tuple[str, ...] = ()
    """Styles and scripts without their comments, as they are joined; the longest first."""

    def rest(self, code: str) -> str:
        """The lines of a style or script that are none of ours."""
        lines = {line.strip() for piece in self.pieces for line in piece.split("\n")}
        return "\n".join(line for line in code.split("\n") if line.strip() not in lines)

    def knows(self, raw: bytes) -> bool:
        """Whether a file is one of ours, or is joined of ours and nothing else."""
        if hashlib.sha256(raw).hexdigest() in self.hashes:
            return True
        left = raw.decode("utf-8", "replace")
        while left and self.pieces:
            piece = next((p for p in self.pieces if left == p or left.startswith(f"{p}\n")), None)
            if piece is None:
                return False
            left = left[len(piece) + 1 :]
        return bool(raw) and not left


@lru_cache(maxsize=1)
def shipped() -> Own:
    """What this version comes with."""
    assets = resource_root() / "theme" / "assets"
    files = [file for file in assets.rglob("*") if file.is_file()]
    code = [file for file in files if file.suffix in (".css", ".js")]
    pieces = {bare_code(file.read_text("utf-8")) for file in code} - {""}
    hashes = frozenset(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    return Own(hashes, tuple(sorted(pieces, key=len, reverse=True)))
