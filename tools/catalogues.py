"""Keeps the catalogues of vigsite/locales: what pages say, in every language, by babel.

python tools/catalogues.py             extract, update and compile, in this order
python tools/catalogues.py extract     the words of the code into vigsite.pot
python tools/catalogues.py update      new words of vigsite.pot into each vigsite.po, still empty
python tools/catalogues.py compile     each vigsite.po into the vigsite.mo that pages are made from
python tools/catalogues.py start TAG   an empty catalogue for another language
python tools/catalogues.py --check     writes nothing; exits with 1 when any of this is due

Files hold no dates and no line numbers, so that they change only when words do. Header fields
that babel does not know (X-Checked-By-Native-Speaker) are kept as they stand.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "vigsite" / "locales"
TEMPLATE = LOCALES / "vigsite.pot"
SOURCES = tuple(
    f"vigsite/{room}/**/*.{kind}"
    for room in ("pages", "keepsake", "site", "hosting")
    for kind in ("py", "j2")
)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
COMMENTS = ["For translators:"]
JINJA = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
FIRST_ENTRY = re.compile(r'msgid ""\nmsgstr ""\n((?:".*"\n)+)')

HEAD = """\
# {name}: what the pages of vigsite say. How to translate and check: CONTRIBUTING.md.
msgid ""
msgstr ""
{fields}
"""
FIELDS = """\
Project-Id-Version: vigsite
Language: {tag}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit
Plural-Forms: {plurals}
X-Checked-By-Native-Speaker: no
"""
OF_A_LANGUAGE = ("Language", "Plural-Forms", "X-Checked")


@dataclass(frozen=True)
class Compiled:
    """What `write_mo` takes of a catalogue: all that is translated, and the header as it stands."""

    header: str
    catalogue: Catalog
    charset: str = "utf-8"

    def __iter__(self) -> Iterator[Message]:
        yield Message("", self.header)
        for message in self.catalogue:
            forms = message.string if message.pluralizable else (message.string,)
            if message.id and all(forms):
                yield message


def extracted() -> Catalog:
    """Every word that the code marks, in the order of files and lines."""
    catalogue = Catalog(charset="utf-8")
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            method, options = (babel_extract, JINJA) if path.suffix == ".j2" else ("python", {})
            with path.open("rb") as file:
                found = extract(method, file, KEYWORDS, COMMENTS, options, strip_comment_tags=True)
                place = [(path.relative_to(ROOT).as_posix(), None)]
                for _line, text, comments, context in found:
                    catalogue.add(text, None, place, auto_comments=comments, context=context)
    return catalogue


def as_text(catalogue: Catalog, head: str) -> str:
    """A .po or .pot file."""
    out = BytesIO()
    write_po(out, catalogue, width=100, omit_header=True, include_lineno=False)
    return f"{head.rstrip()}\n\n{out.getvalue().decode('utf-8').strip()}\n"


def template_text() -> str:
    """vigsite.pot, as the code has it now."""
    fields = [line for line in FIELDS.splitlines() if not line.startswith(OF_A_LANGUAGE)]
    return as_text(extracted(), HEAD.format(name="English", fields=quoted("\n".join(fields))))


def quoted(fields: str) -> str:
    """Header fields as lines of a .po file."""
    return "\n".join(f'"{line}\\n"' for line in fields.splitlines())


def read(path: Path) -> Catalog:
    """A .po or .pot file. Raises babel's PoFileError when it cannot be read."""
    with path.open("rb") as file:
        return read_po(file, charset="utf-8", abort_invalid=True)


def head_of(text: str) -> str:
    """A .po file's first comment and header, as they stand."""
    return text.partition("\n\n")[0]


def fields_of(text: str) -> str:
    """The header of a .po file as gettext reads it."""
    found = FIRST_ENTRY.search(text)
    if found is None:
        raise SystemExit("a .po file has no header")
    return "".join(line[1:-1].replace("\\n", "\n") for line in found[1].splitlines())


def updated_text(path: Path) -> str:
    """A language's .po with the template's words; what is gone stands at its end, as `#~`."""
    catalogue = read(path)
    catalogue.update(read(TEMPLATE), no_fuzzy_matching=True, update_header_comment=False)
    return as_text(catalogue, head_of(path.read_text("utf-8")))


def compiled_bytes(path: Path) -> bytes:
    """A language's .mo."""
    out = BytesIO()
    write_mo(out, Compiled(fields_of(path.read_text("utf-8")), read(path)))
    return out.getvalue()


def start(tag: str) -> Path:
    """An empty catalogue for another language."""
    locale = Locale.parse(tag, sep="-")
    path = LOCALES / str(locale) / "LC_MESSAGES" / "vigsite.po"
    if path.exists():
        raise SystemExit(f"{path} is there already")
    fields = FIELDS.format(tag=tag, plurals=f"{get_plural(locale).plural_forms.rstrip(';')};")
    name = locale.get_display_name("en") or tag
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_text(read(TEMPLATE), HEAD.format(name=name, fields=quoted(fields))), "utf-8")
    return path


def due(step: str, check: bool) -> list[str]:
    """Does one step, or only says what it would write."""
    found = []

    def put(path: Path, content: bytes) -> None:
        if not path.is_file() or path.read_bytes() != content:
            found.append(path.relative_to(ROOT).as_posix())
            if not check:
                path.write_bytes(content)

    if step == "extract":
        put(TEMPLATE, template_text().encode())
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/vigsite.po")):
        if step == "update":
            put(path, updated_text(path).encode())
        if step == "compile":
            put(path.with_suffix(".mo"), compiled_bytes(path))
    return found


def main() -> int:
    steps = ("extract", "update", "compile")
    parser = argparse.ArgumentParser(description="Keeps the catalogues of vigsite/locales.")
    parser.add_argument("do", nargs="?", choices=(*steps, "start"))
    parser.add_argument("tag", nargs="?", help="for start: a language tag such as de or pt-BR")
    parser.add_argument("--check", action="store_true", help="write nothing, say what is due")
    asked = parser.parse_args()
    if asked.do == "start":
        if not asked.tag:
            parser.error("start needs a language tag")
        print(f"started {start(asked.tag).relative_to(ROOT)}")
        return 0
    wanted = [asked.do] if asked.do else steps
    found = [path for step in wanted for path in due(step, asked.check)]
    for path in found:
        print(f"{path} is not up to date" if asked.check else f"wrote {path}")
    if asked.check and found:
        print("run: python tools/catalogues.py")
    return 1 if asked.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
