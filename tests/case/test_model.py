"""The models: each field says where it may be shown; keys are closed; schemas can be made."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from vigsite.case.case_file import Written
from vigsite.case.fields import NOWHERE, Reach
from vigsite.case.framework import Framework, Level
from vigsite.case.schema import FILES, field_docs, schema_of


def all_models() -> Iterator[type[BaseModel]]:
    waiting: list[type[BaseModel]] = list(Written.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting.extend(model.__subclasses__())
        if model not in (Framework, Level):
            yield model


FIELDS = [(model, name) for model in all_models() for name in model.model_fields]


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda v: getattr(v, "__name__", v))
def test_every_field_says_where_it_may_be_shown_and_what_it_is(
    model: type[BaseModel], name: str
) -> None:
    reach = [tag for tag in model.model_fields[name].metadata if isinstance(tag, Reach)]
    assert len(reach) == 1
    assert field_docs(model)[name]


def test_private_fields_are_shown_nowhere() -> None:
    private = [
        (m, n) for m, n in FIELDS if n in ("private", "never_show", "retention", "limits", "id")
    ]
    assert len(private) == 6
    assert all(NOWHERE in m.model_fields[n].metadata for m, n in private)


@pytest.mark.parametrize("name", FILES)
def test_schemas_are_closed_and_described(name: str) -> None:
    schema = json.loads(json.dumps(schema_of(FILES[name])))
    for part in [schema, *schema.get("$defs", {}).values()]:
        if part.get("type") == "object" and "properties" in part:
            assert part["additionalProperties"] is False
            assert all("description" in prop for prop in part["properties"].values())
