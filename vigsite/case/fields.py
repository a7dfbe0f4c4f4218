"""The kinds of value a practitioner can type, and the tag that says where each may be shown.

Every scalar arrives as text (`strict_yaml.py`); the types here turn it into what it means, and
say in one sentence what was found and what was expected when they cannot.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from vigsite.case.editions import Edition
from vigsite.case.starter_files import in_plain_letters
from vigsite.case.timecode import Span, parse_span, parse_time
from vigsite.language.languages import tag_near


@dataclass(frozen=True, slots=True)
class Reach:
    """The editions whose pages a field's value may reach. Every field of the models has one."""

    editions: frozenset[Edition]
    steers: bool = False
    """Whether it decides what is shown (who may see it, which parts) without being shown."""


EVERYWHERE = Reach(frozenset(Edition))
NOT_KEEPSAKE = Reach(frozenset(one for one in Edition if not one.is_kept))
SUPERVISION_ONLY = Reach(frozenset(one for one in Edition if one.for_colleagues))
NOWHERE = Reach(frozenset())
STEERS = Reach(frozenset(), steers=True)


def refuse(message: str) -> PydanticCustomError:
    """An error whose sentence is shown to the practitioner as it is."""
    return PydanticCustomError("vigsite", "{sentence}", {"sentence": message})


_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Zs")
"""Unicode's categories of what leaves no mark on a page."""


def _typed(value: Any, expected: str) -> str:
    if not isinstance(value, str):
        kind = "a list" if isinstance(value, list) else "a group of keys"
        raise refuse(f"found {kind}; {expected}. If it is text, put it in quotes")
    return value.strip()


def _text(value: Any) -> str:
    text = _typed(value, "expected text")
    if all(unicodedata.category(character) in _UNSEEN for character in text):
        raise refuse("is empty; fill it in or take it out")
    return text


def _line(value: Any) -> str:
    return " ".join(_text(value).split())


def one_or_more(value: Any) -> Any:
    """A list, also where one entry alone was written."""
    return [value] if isinstance(value, str) else value


def _time(value: Any) -> int:
    try:
        return parse_time(_typed(value, "expected a time such as 41.2 or 1:05"))
    except ValueError as error:
        raise refuse(str(error)) from None


def _span(value: Any) -> Span:
    try:
        return parse_span(_typed(value, "expected a start and an end such as 0:41.2 - 0:48.0"))
    except ValueError as error:
        raise refuse(str(error)) from None


def _day(value: Any) -> dt.date:
    typed = _typed(value, "expected year-month-day, such as 2026-03-02")
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed):
            raise ValueError
        return dt.date.fromisoformat(typed)
    except ValueError:
        raise refuse(f"found {typed!r}; expected year-month-day, such as 2026-03-02") from None


def _flag(value: Any) -> bool:
    typed = _typed(value, "expected true or false").lower()
    if typed in ("true", "yes", "on"):
        return True
    if typed in ("false", "no", "off"):
        return False
    raise refuse(f"found {typed!r}; expected true or false")


def _whole(value: Any, low: int, high: int) -> int:
    typed = _typed(value, "expected a whole number")
    if not re.fullmatch(r"\d{1,6}", typed) or not low <= int(typed) <= high:
        raise refuse(f"found {typed!r}; expected a whole number from {low} to {high}")
    return int(typed)


def _fraction(value: Any) -> Fraction:
    typed = _typed(value, "expected a number such as 0.25").replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?|\.\d{1,6}", typed):
        raise refuse(f"found {typed!r}; expected a number such as 0.25")
    return Fraction(typed)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the upright, uncropped picture, in fractions of its width and height."""

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction


def _box(value: Any) -> Box:
    expected = "expected four fractions [x, y, width, height] such as [0.1, 0.0, 0.8, 0.8]"
    if not isinstance(value, list) or len(value) != 4:
        found = f"a list of {len(value)}" if isinstance(value, list) else repr(value)
        comma = isinstance(value, list) and len(value) == 8
        point = "; a number is written with a point, not with a comma" if comma else ""
        raise refuse(f"found {found}; {expected}{point}")
    box = Box(*(_fraction(part) for part in value))
    if box.width <= 0 or box.height <= 0:
        raise refuse(f"found a box with no area; {expected}")
    if box.x + box.width > 1 or box.y + box.height > 1:
        pixels = "; these look like pixels" if max(box.x, box.y, box.width, box.height) > 1 else ""
        raise refuse(
            "found a box that reaches outside the picture; x + width and y + height go up to 1"
            + pixels
        )
    return box


def _slug(value: Any) -> str:
    typed = _typed(value, "expected a short name such as looks-up")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,63}", typed):
        near = in_plain_letters(typed)
        several = [part.strip() for part in re.split(r"[,;/&+]|\band\b", typed.strip("()"))]
        if len(several) > 1 and all(re.fullmatch(r"[a-z][a-z0-9-]*", part) for part in several):
            listed = f"[{', '.join(several)}]"
            raise refuse(f"found {typed!r}; expected one short name, or a list: {listed}")
        such = near if re.fullmatch(r"[a-z][a-z0-9-]{0,63}", near) else "looks-up"
        raise refuse(f"found {typed!r}; expected small letters, digits and hyphens, such as {such}")
    return typed


def _seconds(value: Any) -> int:
    return round(_fraction(value) * 1000)


def _within(value: Any) -> int:
    length = _seconds(value)
    if not 0 < length <= 2000:
        raise refuse(f"found {value!r}; expected up to 2 seconds, such as 0.5")
    return length


def _slow(value: Any) -> Fraction:
    rate = _fraction(value)
    if not Fraction(1, 10) <= rate <= 1:
        raise refuse(f"found {value!r}; expected a speed from 0.1 to 1")
    return rate


def _language(value: Any) -> str:
    typed = _typed(value, "expected a language tag such as en or pt-BR")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", typed):
        near = tag_near(typed)
        guess = f"; did you mean {near}?" if near else ""
        raise refuse(f"found {typed!r}; expected a language tag such as en, cy or pt-BR{guess}")
    return typed


def _longest(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text) > limit:
            raise refuse(f"is {len(text)} characters long; at most {limit} fit")
        return text

    return AfterValidator(check)


_STRING = {"type": "string"}
_NUMBER = {"type": ["number", "string"]}

Text = Annotated[str, BeforeValidator(_text), _longest(20_000)]
"""Free text; blank lines part paragraphs. Shown as typed: no Markdown, no HTML."""
Line = Annotated[str, BeforeValidator(_line), _longest(300)]
"""Text of one line, at most 300 characters."""
FileName = Annotated[str, BeforeValidator(_text), _longest(300)]
"""The name of a file, to the letter."""
Lines = Annotated[list[Text], BeforeValidator(one_or_more)]
"""A list of texts; one text alone will do."""
Names = Annotated[list[Line], BeforeValidator(one_or_more)]
"""A list of names; one name alone will do."""
Slug = Annotated[
    str, BeforeValidator(_slug), WithJsonSchema({**_STRING, "pattern": "^[a-z][a-z0-9-]*$"})
]
"""A short name for use inside the case."""
Slugs = Annotated[list[Slug], BeforeValidator(one_or_more)]
"""Short names; one alone will do."""
Time = Annotated[
    int,
    PlainValidator(_time),
    WithJsonSchema(
        {**_NUMBER, "description": "A time in the recording: 41.2, m:ss, m:ss.mmm or h:mm:ss.mmm"}
    ),
]
"""Milliseconds from the first displayed frame of the recording."""
Range = Annotated[
    Span,
    PlainValidator(_span),
    WithJsonSchema({**_STRING, "description": "A stretch of the recording: 0:41.2 - 0:48.0"}),
]
"""A stretch of the recording, [start, end)."""
Day = Annotated[dt.date, PlainValidator(_day), WithJsonSchema({**_STRING, "format": "date"})]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": ["boolean", "string"]})]
Rating = Annotated[
    int,
    PlainValidator(lambda v: _whole(v, 0, 10)),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 10}),
]
"""A whole number 0-10, given by the parent."""
Count = Annotated[
    int,
    PlainValidator(lambda v: _whole(v, 1, 100_000)),
    WithJsonSchema({"type": "integer", "minimum": 1}),
]
Seconds = Annotated[int, PlainValidator(_seconds), WithJsonSchema(_NUMBER)]
"""A length, typed in seconds and kept in milliseconds."""
Within = Annotated[int, PlainValidator(_within), WithJsonSchema(_NUMBER)]
"""A length of up to two seconds, kept in milliseconds."""
Speed = Annotated[
    Fraction, PlainValidator(_slow), WithJsonSchema({**_NUMBER, "description": "0.1 to 1"})
]
"""Playing speed, 1 being natural."""
Area = Annotated[
    Box,
    PlainValidator(_box),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "number", "minimum": 0, "maximum": 1},
            "minItems": 4,
            "maxItems": 4,
        }
    ),
]
"""[x, y, width, height] in fractions of the upright, uncropped picture."""
Language = Annotated[str, PlainValidator(_language), WithJsonSchema(_STRING)]
"""A BCP 47 language tag."""
