"""The texts of a file of the case, each with its place and the editions that may show it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from vigsite.case.editions import Edition
from vigsite.case.faults import KeyPath
from vigsite.case.fields import Reach


def texts_of(
    written: BaseModel, path: KeyPath = ()
) -> Iterator[tuple[KeyPath, str, frozenset[Edition]]]:
    """Yield every text below a model, in the order of its fields; what only steers is left out."""
    for name, info in type(written).model_fields.items():
        reach = next((tag for tag in info.metadata if isinstance(tag, Reach)), None)
        value, place = getattr(written, name), (*path, info.alias or name)
        for part, where in _parts(value, place):
            if isinstance(part, BaseModel):
                yield from texts_of(part, where)
            elif reach is not None and not reach.steers:
                yield where, part, reach.editions


def _parts(value: object, path: KeyPath) -> Iterator[tuple[BaseModel | str, KeyPath]]:
    if isinstance(value, str | BaseModel):
        yield value, path
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _parts(entry, (*path, number))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _parts(entry, (*path, key))
