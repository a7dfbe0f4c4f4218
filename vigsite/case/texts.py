"""The texts of a file of the case, each with its place and the editions that may show it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from vigsite.case.editions import Edition
from vigsite.case.faults import KeyPath
from vigsite.case.fields import Reach


def texts_of(
    written: BaseModel, path: KeyPath = ()
) -> Iterator[tuple[KeyPath, str, frozenset[Edition]]]:
    """Yield every text below a model, in the order of its fields; what only steers is left out."""
    for where, text, info in fields_of(written, path):
        reach = next((tag for tag in info.metadata if isinstance(tag, Reach)), None)
        if reach is not None and not reach.steers:
            yield where, text, reach.editions


def fields_of(written: BaseModel, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str, FieldInfo]]:
    """Yield every text below a model, in the order of its fields, each with its field."""
    for name, info in type(written).model_fields.items():
        for part, where in _parts(getattr(written, name), (*path, info.alias or name)):
            if isinstance(part, BaseModel):
                yield from fields_of(part, where)
            else:
                yield where, part, info


def _parts(value: object, path: KeyPath) -> Iterator[tuple[BaseModel | str, KeyPath]]:
    if isinstance(value, str | BaseModel):
        yield value, path
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _parts(entry, (*path, number))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _parts(entry, (*path, key))
