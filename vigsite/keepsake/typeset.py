"""Words and pictures set on paper or on cards: the only module that knows typst.

A template of `templates/` is set in a private folder that holds the template, `house.typ`, the
pictures and `given.json`, and nothing else; typst reads no file outside it. What a family's words
say is data in that JSON and never becomes part of a template, so nothing in it is obeyed. The
fonts are ours (`fonts/`), so that every machine sets the same; the system's are asked only for
letters that ours lack. No date and no path gets into a result: the same input gives the same bytes.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from vigsite.errors import TypesettingError
from vigsite.files.atomic import could_not, workspace
from vigsite.pages.direction import Setting, direction_of

if TYPE_CHECKING:
    import typst

    from vigsite.pages.words import Words

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
_LETTER = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_ALPHABET = b"""#set document(title: "Letters", date: none)
#set page(height: auto)
// typst names what is missing only where families are named
#let _arabic = ("Amiri", "Noto Nastaliq Urdu")
#set text(font: ("Literata", "Nunito Sans", .._arabic, "Noto Emoji"))
#for text in json(bytes(sys.inputs.texts)) { par(text) }
"""


@dataclass(frozen=True, slots=True)
class Speech:
    """How a sheet speaks."""

    language: str
    """ISO 639: `en`."""
    region: str
    """ISO 3166, two letters; empty when the language's own will do."""
    script: str
    """ISO 15924: `Latn`."""
    direction: str
    """ltr or rtl."""

    @classmethod
    def of(cls, words: Words) -> Speech:
        """That of an edition's words."""
        region = words.locale.territory or ""
        return cls(
            words.locale.language,
            region if re.fullmatch("[A-Z]{2}", region) else "",
            words.setting.script,
            words.direction,
        )

    def say(self, text: str) -> dict[str, str]:
        """A text for a template's `say`: with its direction and script where they are not ours."""
        setting = Setting(self.direction, self.script)
        turned = direction_of(text) if setting.turns(text) else ""
        return {"text": text, "direction": turned, "script": setting.other_script(text)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be set."""

    template: str
    """A file of `templates/`, without its ending: `album`."""
    speech: Speech
    given: Mapping[str, Any]
    """What its template reads as `given`: words by `Speech.say`, numbers, names; all as JSON."""
    pictures: Mapping[str, Path] = field(default_factory=dict)
    """Name in the template (`1.jpg`) and the file."""


def typeset_pdf(sheet: Sheet, work: Path) -> bytes:
    """A tagged PDF, PDF/UA-1; the private folder is made and deleted below `work`.

    Raises `TypesettingError` when the template is at fault, or a letter is in no font at all.
    """
    return _set(sheet, work, "pdf", 0)[0]


def typeset_pictures(sheet: Sheet, work: Path, ppi: float = 72) -> list[bytes]:
    """A PNG for each page; at 72 ppi, one pt of the template is one pixel.

    A letter that is in no font at all becomes an empty box: ask `missing_letters` beforehand.
    """
    return _set(sheet, work, "png", ppi)


def missing_letters(texts: Iterable[str], system: bool = False) -> str:
    """The letters of some texts that no font of ours has, or of this system either."""
    import typst

    inputs = {"texts": json.dumps(sorted(set(texts)), ensure_ascii=False)}
    fonts = _fonts(system)
    try:
        typst.compile(
            _ALPHABET, font_paths=fonts, sys_inputs=inputs, format="pdf", pdf_standards=["ua-1"]
        )
    except typst.TypstError as error:
        found = _letters(error)
        if not found:
            raise TypesettingError(f"These words could not be set: {error.message}.") from error
        return found
    return ""


def _set(sheet: Sheet, work: Path, kind: Literal["pdf", "png"], ppi: float) -> list[bytes]:
    import typst

    given = json.dumps({**sheet.given, "speech": asdict(sheet.speech)}, ensure_ascii=False)
    with workspace(work) as place:
        main = place / f"{sheet.template}.typ"
        try:
            for template in TEMPLATES.glob("*.typ"):
                shutil.copyfile(template, place / template.name)  # scratch
            for name, picture in sheet.pictures.items():
                shutil.copyfile(picture, place / name)  # scratch
            (place / "given.json").write_text(given, "utf-8")  # scratch
        except OSError as error:
            raise could_not("write", place, error) from error
        try:
            made: Any = typst.compile(
                str(main),
                root=str(place),
                font_paths=_fonts(system=bool(missing_letters([given]))),
                format=kind,
                ppi=ppi or None,
                pdf_standards=["ua-1"] if kind == "pdf" else [],
                timestamp=0,
            )
        except typst.TypstError as error:
            raise _failed(sheet, error) from error
    return made if isinstance(made, list) else [made]


def _failed(sheet: Sheet, error: typst.TypstError) -> TypesettingError:
    if letters := _letters(error):
        return TypesettingError(
            f"No font on this computer has these letters: {letters}. "
            "Install a font that has them, or write those words otherwise, and run it again."
        )
    return TypesettingError(f"{sheet.template}.typ could not be set: {error.message}.")


def _letters(error: typst.TypstError) -> str:
    """The letters that typst says it has no font for, in its order, each once."""
    found = "".join(_LETTER.findall(error.diagnostic))
    plain = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)
    return "".join(dict.fromkeys(plain))


@lru_cache(maxsize=2)
def _fonts(system: bool) -> typst.Fonts:
    import typst

    return typst.Fonts(
        include_system_fonts=system, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
