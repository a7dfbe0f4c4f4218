"""From a tree of text to a model: every error becomes one sentence with file, line and key.

A list item or mapping that is faulty is set aside and the rest validated again, so that one
mistyped word does not hide the faults after it.
"""

from __future__ import annotations

import copy
import difflib
import types
import typing
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from vigsite.case.faults import KeyPath, Report, Source

_BULLETS = ("-", "•", "–", "—", "·", "*", "▪", "●", "○", "‣", "−")
M = TypeVar("M", bound=BaseModel)


def validate(
    model: type[M], tree: dict[str, Any], source: Source, report: Report
) -> tuple[M | None, Source]:
    """The model in `tree`, with the source to look places up in.

    Faults go to `report`. What is faulty is set aside, so the model may be partial whenever the
    report has faults; it is None when a part that cannot be missing is faulty.
    """
    try:
        return model.model_validate(tree), source
    except ValidationError as errors:
        found = errors.errors(include_url=False)
    doomed: list[KeyPath] = []
    for error in found:
        path = _real_path(tree, error)
        report.fault(source, path, _sentence(model, error, path))
        if error["type"] != "missing":
            doomed.append(path)
        elif len(path) > 1:
            doomed.append(path[:-1])
    kept, moved = _without(tree, [_item_of(path) for path in doomed])
    try:
        return model.model_validate(kept), replace(source, original=moved)
    except ValidationError:
        return None, source


def _real_path(tree: Any, error: ErrorDetails) -> KeyPath:
    """The error's place in the tree; pydantic also names union branches, which are no keys."""
    path: list[str | int] = []
    for number, part in enumerate(error["loc"]):
        last = number == len(error["loc"]) - 1
        if _has(tree, part):
            tree = tree[part]
        elif not (last and isinstance(tree, dict) and error["type"] == "missing"):
            continue
        path.append(part)
    return tuple(path)


def _has(tree: Any, part: str | int) -> bool:
    if isinstance(tree, list):
        return isinstance(part, int) and part < len(tree)
    return isinstance(tree, dict) and part in tree


def _item_of(path: KeyPath) -> KeyPath:
    """What to set aside for a faulty value: the innermost list item or named entry around it."""
    for length in range(len(path), 0, -1):
        if isinstance(path[length - 1], int):
            return path[:length]
    return path


def _without(tree: Any, doomed: list[KeyPath]) -> tuple[Any, dict[KeyPath, KeyPath]]:
    kept = copy.deepcopy(tree)
    moved: dict[KeyPath, KeyPath] = {}
    dropped_by_list: dict[KeyPath, set[int]] = {}
    for path in sorted(set(doomed), key=len, reverse=True):
        place = kept
        for part in path[:-1]:
            place = place[part]
        if isinstance(place, dict):
            place.pop(path[-1], None)
        elif path and isinstance(path[-1], int):
            dropped_by_list.setdefault(path[:-1], set()).add(path[-1])
    for path, dropped in sorted(dropped_by_list.items(), key=lambda entry: -len(entry[0])):
        place = kept
        for part in path:
            place = place[part]
        staying = [number for number in range(len(place)) if number not in dropped]
        place[:] = [place[number] for number in staying]
        for new, old in enumerate(staying):
            if new != old:
                moved[(*path, new)] = (*path, old)
    return kept, moved


def _sentence(model: type[BaseModel], error: ErrorDetails, path: KeyPath) -> str:
    found, message = error["input"], error["msg"]
    match error["type"]:
        case "vigsite":
            sentence = message
        case "missing":
            sentence = "is missing; add it"
        case "extra_forbidden":
            sentence = _unknown_key(model, path)
        case "enum" | "literal_error":
            expected = str(error.get("ctx", {})["expected"]).replace("'", "")
            sentence = f"found {_shown(found)}; expected {expected}{_did_you_mean(found, expected)}"
            if isinstance(found, str) and "," in found:
                listed = ", ".join(part.strip() for part in found.split(","))
                sentence = f"found {found!r}; expected one of {expected}, or a list: [{listed}]"
        case "too_short":
            sentence = "is empty; give at least one"
        case "list_type":
            listed = f", such as [{found}]" if isinstance(found, str) and "," in found else ""
            sentence = f"found {_shown(found)}; expected a list{listed}"
            if isinstance(found, dict):
                sentence = "found keys; expected a list, where each entry begins with - and a space"
        case "dict_type" | "model_type":
            sentence = f"found {_shown(found)}; expected keys with values, each on its own line"
        case _:
            sentence = f"found {_shown(found)}; {message[:1].lower()}{message[1:]}"
    return sentence


def _shown(found: Any) -> str:
    if isinstance(found, list | dict):
        kind = "list" if isinstance(found, list) else "group of keys"
        return f"a {kind} (if it is text, put it in quotes)"
    return repr(found)


def _unknown_key(model: type[BaseModel], path: KeyPath) -> str:
    known = keys_at(model, path[:-1])
    typed = str(path[-1])
    guess = did_you_mean(typed, known)
    if typed[:1] in _BULLETS:
        return f"begins with {typed[0]}; begin an entry of a list with - and a space, a key without"
    return f"is not a key vigsite knows here; {guess or 'expected one of ' + ', '.join(known)}"


def _did_you_mean(found: Any, expected: str) -> str:
    choices = expected.replace(" or ", ", ").split(", ")
    guess = did_you_mean(found, choices) if isinstance(found, str) else ""
    return f"; {guess}" if guess else ""


def did_you_mean(typed: str, known: typing.Iterable[str]) -> str:
    """`did you mean X?`, or nothing when nothing is near."""
    near = difflib.get_close_matches(typed, list(known), n=1)
    return f"did you mean {near[0]}?" if near else ""


def keys_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys a mapping at `path` may have."""
    place: Any = model
    for part in path:
        place = _step(place, part)
    found = _models_in(place)
    return [info.alias or name for inner in found for name, info in inner.model_fields.items()]


def _step(annotation: Any, part: str | int) -> Any:
    for inner in _models_in(annotation):
        for name, info in inner.model_fields.items():
            if part == (info.alias or name):
                return info.annotation
    for option in options(annotation):
        arguments = typing.get_args(option)
        if typing.get_origin(option) is list and isinstance(part, int):
            return arguments[0]
        if typing.get_origin(option) is dict:
            return arguments[1]
    return None


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    return [
        option
        for option in options(annotation)
        if isinstance(option, type) and issubclass(option, BaseModel)
    ]


def options(annotation: Any) -> list[Any]:
    """The alternatives of an annotation, with Annotated and unions taken apart."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return options(typing.get_args(annotation)[0])
    if origin is typing.Union or origin is types.UnionType:
        return [option for part in typing.get_args(annotation) for option in options(part)]
    return [annotation]
