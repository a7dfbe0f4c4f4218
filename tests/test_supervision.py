"""The built supervision edition names nobody, in no page, caption or file name."""

from __future__ import annotations

import base64
import html
import re
from pathlib import Path

from tests.conftest import Vigsite
from tests.helpers.families import Family

CASE, CYCLE = "case.yml", "1-tea/cycle.yml"


def everything_said(site: Path) -> str:
    """All text of all pages, what they embed, and every file's name."""
    found = []
    for path in sorted(site.rglob("*")):
        found.append(path.relative_to(site).as_posix())
        if path.suffix == ".html":
            page = path.read_text("utf-8")
            found += [
                base64.b64decode(part).decode() for part in re.findall(r"base64,([\w+/=]+)", page)
            ]
            found.append(html.unescape(page))
    return "\n".join(found)


def test_no_name_is_left_in_what_is_built(ash: Family, vigsite: Vigsite, tmp_path: Path) -> None:
    ash.change(CASE, "called: Ash and Dad", "called: Will Obi and Dad")
    ash.change(CASE, "{called: Ash, role", "{called: Will Obi, role")
    ash.change(
        CASE, 'question: "How can meals be calmer?"', 'question: "How can Will\'s meals be calmer?"'
    )
    ash.change(CYCLE, "setting: Tea at home", "setting: Obi's kitchen")
    ash.change(CYCLE, "title: Ash looks up", "title: Wi\u200bll Obi looks up")
    ash.change(
        CYCLE, "caption: Ash looks, and you look back.", "caption: DAD will wait, and Will waits."
    )
    ash.change(CYCLE, '["I waited."]', '["I said: WILL!", "Dad’s turn."]')
    ash.change(CYCLE, 'notes: "Ash leads here."', 'notes: "Will-led; dad follows."')
    ash.change(
        CYCLE,
        "    goals: [meals]",
        '    captions: [{from: 0:01.1, to: 0:01.9, text: "Look, Obi!"}]\n    goals: [meals]',
    )
    ash.change(CYCLE, "decision: another cycle", "decision: Will and Dad want another.")
    ash.change("closing.yml", 'message: "Thank you."', 'message: "Thank you, Will Obi."')
    done = vigsite("build", ash.directory, "--edition", "supervision", "--draft")
    assert done.status == 0, done.err
    said = everything_said(tmp_path / "sites/ash/supervision")
    assert "Will-led" not in said
    assert [
        name
        for name in ("Will", "WILL", "Obi", "Dad", "DAD", "Ash")
        if re.search(rf"\b{name}\b", said)
    ] == []
    assert "Elm looks up" in said
    assert "Elm-led; dad follows." in said
    assert "The parent will wait, and Elm waits." in said
    assert "Look, Elm!" in said
    assert "supervision: Will is also a word, so it was replaced only where it begins" in done.out


def test_a_name_that_a_pseudonym_or_address_gives_away_is_refused(
    ash: Family, vigsite: Vigsite, tmp_path: Path
) -> None:
    ash.change(CASE, "contact: sam@example.org", "contact: ash.and.dad@example.org")
    done = vigsite("build", ash.directory, "--edition", "supervision", "--draft")
    assert done.status == 1
    assert (
        "The supervision edition would still name 'Ash', perhaps in a pseudonym or contact"
        in done.err
    )
    assert not (tmp_path / "sites/ash/supervision").exists()
