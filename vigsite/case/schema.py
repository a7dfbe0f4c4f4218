"""JSON Schemas of the files a practitioner writes, so that editors complete and check them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any

from pydantic import BaseModel

from vigsite.case.case_file import CaseFile, ClosingFile, Written
from vigsite.case.cycle_file import CycleFile

FILES: dict[str, type[Written]] = {"case": CaseFile, "cycle": CycleFile, "closing": ClosingFile}


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a model, its descriptions taken from the docstrings below the fields."""
    found = model.model_json_schema(by_alias=True)
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    for part, definition in [(model.__name__, found), *found.get("$defs", {}).items()]:
        described = models().get(part)
        if described is None:
            continue
        docs = field_docs(described)
        for name, info in described.model_fields.items():
            prop = definition.get("properties", {}).get(info.alias or name)
            if prop is not None and name in docs:
                prop["description"] = docs[name]
    return found


def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """The docstring under each field of a model and its parents, in one line."""
    docs: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if not (issubclass(part, Written) and part is not Written):
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(part))).body[0]
        assert isinstance(body, ast.ClassDef)
        for here, below in zip(body.body, body.body[1:], strict=False):
            if isinstance(here, ast.AnnAssign) and isinstance(here.target, ast.Name):
                text = getattr(getattr(below, "value", None), "value", None)
                if isinstance(below, ast.Expr) and isinstance(text, str):
                    docs[here.target.id] = " ".join(text.split())
    return docs


def models() -> dict[str, type[BaseModel]]:
    """Return every model of what a practitioner or vigsite writes into a case, by name."""
    found: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = list(Written.__subclasses__())
    while waiting:
        model = waiting.pop()
        found[model.__name__] = model
        waiting.extend(model.__subclasses__())
    return found
