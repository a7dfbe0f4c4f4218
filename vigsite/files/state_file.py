"""The one reader and writer of JSON files that remember something that cannot be made again.

Only a file that is missing counts as empty. A file that is damaged, of another kind, made by a
newer version or unreadable is an error that says what to do: whoever took it for empty would say
that nothing is left of what still lies somewhere. Caches, which can be made again, stay out.
"""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from vigsite.errors import VigsiteError
from vigsite.files.atomic import could_not, write_whole

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


class StateFault(VigsiteError):
    """A file that remembers something is there and cannot be used."""


@dataclass(frozen=True, slots=True)
class StateFile(Generic[T]):
    """A JSON object with a version, read as one dataclass. Unknown keys are ignored."""

    path: Path
    kind: type[T]
    """The dataclass that it holds."""
    version: int
    """The newest version that this code understands."""
    remedy: str
    """What a person does when the file cannot be used; a sentence or more."""
    key: str = "vigsite"
    """The key whose value is the version."""
    whole_since: int | None = None
    """The version since which a field that is missing is a fault, not an empty one; a field that
    came later has its own in its metadata (`since`)."""

    def read(self) -> T | None:
        """Return what the file holds; None only when there is no file.

        Raises StateFault when it is there and cannot be used.
        """
        raw = self.raw()
        if raw is None:
            return None
        try:
            found = json.loads(raw)
        except ValueError as error:
            raise self.fault("it is damaged") from error
        return self.parsed(found)

    def parsed(self, found: object) -> T:
        """Return the dataclass for a parsed JSON document. Raises StateFault."""
        from pydantic import ValidationError

        version = found.get(self.key) if isinstance(found, dict) else None
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise self.fault(f"it has no {self.key!r} with the number of a version")
        if version > self.version:
            raise StateFault(
                f"{self.path} was made by a newer vigsite (version {version} of this file; this "
                f"one knows {self.version}). Update vigsite here, then run this again."
            )
        if isinstance(found, dict) and self.whole_since and version >= self.whole_since:
            for field in dataclasses.fields(self.kind):  # type: ignore[arg-type]  # it is a dataclass
                if field.name not in found and field.metadata.get("since", 0) <= version:
                    raise self.fault(f"{field.name!r} is missing")
        try:
            return _adapter(self.kind).validate_python(found)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "the whole file"
            raise self.fault(f"{place}: {first['msg']}") from error

    def write(self, value: T) -> None:
        """Write it whole, for its owner alone. Raises VigsiteError."""
        document = {self.key: self.version, **_adapter(self.kind).dump_python(value, mode="json")}
        text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
        write_whole(self.path, text, 0o600)

    def fault(self, why: str) -> StateFault:
        """Return the error that says why the file cannot be used, and what to do."""
        return StateFault(f"{self.path} cannot be used: {why}. {self.remedy}")

    def raw(self) -> bytes | None:
        """Return the file's bytes; None when nothing is there, not even a link."""
        if not os.path.lexists(self.path):
            return None
        if self.path.is_symlink() or not self.path.is_file():
            raise self.fault("it is not a regular file")
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StateFault(f"{could_not('read', self.path, error)} {self.remedy}") from error


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    """Return pydantic's reader of a dataclass; made once."""
    if kind not in _ADAPTERS:
        from pydantic import TypeAdapter

        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}
