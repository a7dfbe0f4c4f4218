"""The catalogues are whole, are what the code asks for, and reach the pages."""

from __future__ import annotations

import datetime as dt
import gettext
import html
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.conftest import ROOT, Vigsite
from tests.helpers.families import Family
from vigsite.building.examine import examine
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.load import load_case
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import FULL
from vigsite.pages import words as words_module
from vigsite.pages.markdown import write_pages
from vigsite.pages.projection import project
from vigsite.pages.shown import Shown
from vigsite.pages.words import CATALOGUES, missing_words, untranslated, words_for
from vigsite.site.mkdocs import build_html

LANGUAGES = ["ar", "cy", "es", "fr", "pl", "ro", "so", "uk", "ur"]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")
ON = dt.date(2026, 10, 1)


def po(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "vigsite.po"


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def entries(path: Path) -> list[Message]:
    return [message for message in read(path) if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    found = message.string or ""
    return (found,) if isinstance(found, str) else tuple(found)


def test_the_languages_are_those_that_were_promised() -> None:
    assert sorted(path.name for path in CATALOGUES.iterdir() if path.is_dir()) == LANGUAGES


def test_template_catalogues_and_compiled_ones_agree_with_the_code() -> None:
    done = subprocess.run(
        [sys.executable, "tools/catalogues.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_check_finds_what_is_due(tmp_path: Path) -> None:
    """A word changed in code, template, catalogue or compiled file, one at a time."""
    for folder in ("vigsite", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    changes = {
        "vigsite/pages/templates/keep.md.j2": ('_("Clip")', '_("Film clip")'),
        "vigsite/locales/vigsite.pot": ('msgid "Clip"', 'msgid "Clips"'),
        "vigsite/locales/cy/LC_MESSAGES/vigsite.po": ('msgstr "Clip"', 'msgstr "Clipiau"'),
    }
    for file, (old, new) in changes.items():
        before = (tmp_path / file).read_text("utf-8")
        assert old in before
        (tmp_path / file).write_text(before.replace(old, new), "utf-8")
        done = subprocess.run(
            [sys.executable, tmp_path / "tools/catalogues.py", "--check"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, file
        assert "is not up to date" in done.stdout
        (tmp_path / file).write_text(before, "utf-8")


def test_another_language_is_started_empty_and_unchecked(tmp_path: Path) -> None:
    for folder in ("vigsite", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    tool = [sys.executable, str(tmp_path / "tools/catalogues.py")]
    subprocess.run([*tool, "start", "pt-BR"], check=True, capture_output=True)
    started = tmp_path / "vigsite/locales/pt_BR/LC_MESSAGES/vigsite.po"
    assert "X-Checked-By-Native-Speaker: no" in started.read_text("utf-8")
    assert {form for message in entries(started) for form in forms(message)} == {""}
    subprocess.run(tool, check=True, capture_output=True)
    assert started.with_suffix(".mo").is_file()
    subprocess.run([*tool, "--check"], check=True, capture_output=True)


@pytest.mark.parametrize("language", LANGUAGES)
class TestEveryCatalogue:
    def test_it_is_complete(self, language: str) -> None:
        assert [ids(m)[0] for m in entries(po(language)) if not all(forms(m)) or m.fuzzy] == []
        assert untranslated(language) == []

    def test_it_says_whether_a_native_speaker_has_checked_it(self, language: str) -> None:
        header = words_for(language).translations.info()
        assert re.match("(yes|no)\\b", header["x-checked-by-native-speaker"])
        assert ("native speaker" in missing_words(language)) != words_for(language).checked

    def test_placeholders_are_the_same(self, language: str) -> None:
        """A form that is for one number alone, such as Arabic's for two, may leave the number out."""
        rule = gettext.c2py(plural_expression(language))
        for message in entries(po(language)):
            wanted = set(PLACEHOLDER.findall(ids(message)[-1]))
            for number, form in enumerate(forms(message)):
                alone = len(forms(message)) > 1 and [rule(n) for n in range(200)].count(number) == 1
                free = {"%(num)d"} if alone else set()
                there = set(PLACEHOLDER.findall(form))
                assert wanted - free <= there <= wanted, form

    def test_no_string_brings_markup_or_loses_its_end(self, language: str) -> None:
        for message in entries(po(language)):
            for form in forms(message):
                assert not re.search(r"[<>&`\\]|\s{2}|^\s|\s$", form), form
                for ends in (".\u06d4", "?؟", ":"):
                    assert (ids(message)[0][-1] in ends) == (form[-1] in ends), form

    def test_numbers_have_the_forms_that_cldr_says(self, language: str) -> None:
        cldr, rule = Locale.parse(language).plural_form, gettext.c2py(plural_expression(language))
        pairs = {(cldr(n), rule(n)) for n in range(1001)}
        assert len(pairs) == len({category for category, _ in pairs}) == plural_count(language)
        assert {form for _, form in pairs} == set(range(plural_count(language)))
        for message in entries(po(language)):
            assert isinstance(message.id, str) or len(forms(message)) == plural_count(language)


def header(language: str) -> str:
    return dict(words_for(language).translations.info())["plural-forms"]


def plural_count(language: str) -> int:
    return int(re.findall(r"nplurals=(\d+)", header(language))[0])


def plural_expression(language: str) -> str:
    return str(re.findall(r"plural=([^;]+);", header(language))[0])


def test_arabic_has_six_forms_polish_three_and_welsh_six() -> None:
    assert [plural_count(language) for language in ("ar", "pl", "uk", "cy")] == [6, 3, 3, 6]
    polish = words_for("pl").translations
    said = [polish.ngettext("%(num)d moment", "%(num)d moments", n) for n in (1, 2, 5, 22)]
    assert [text % {"num": 0} for text in said] == ["0 chwila", "0 chwile", "0 chwil", "0 chwile"]


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ("en", "9 September 2026"),
        ("en-US", "September 9, 2026"),
        ("cy", "9 Medi 2026"),
        ("pl", "9 września 2026"),
        ("ro", "9 septembrie 2026"),
        ("uk", "9 вересня 2026 р."),
        ("ar", "9 سبتمبر 2026"),
        ("ur", "9 ستمبر، 2026"),
        ("so", "Sebtembar 9, 2026"),
        ("fr-CA", "9 septembre 2026"),
        ("es", "9 de septiembre de 2026"),
    ],
)
def test_dates_are_written_as_people_write_them(tag: str, day: str) -> None:
    assert words_for(tag).day(dt.date(2026, 9, 9)).replace("\u202f", " ") == day


@pytest.mark.parametrize("tag", ["fr-CA", "FR", "es-MX", "ar-EG", "ur-IN", "en-GB", "en", "en-IN"])
def test_a_region_speaks_its_language(tag: str) -> None:
    words, plain = words_for(tag), words_for(tag.partition("-")[0])
    assert words.translated
    assert words.translations.gettext("Home") == plain.translations.gettext("Home")
    assert words.direction == plain.direction
    assert untranslated(tag) == []


def test_english_needs_nothing_said() -> None:
    assert missing_words("en") == missing_words("en-GB") == ""


def test_an_unknown_language_says_so() -> None:
    assert missing_words("xx") == "no words in 'xx' yet: headings and buttons are English"
    assert len(untranslated("xx")) == len(entries(CATALOGUES / "vigsite.pot"))


def test_what_a_catalogue_lacks_is_english_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    shutil.copytree(CATALOGUES, tmp_path / "locales")
    words_for.cache_clear()
    request.addfinalizer(words_for.cache_clear)
    monkeypatch.setattr(words_module, "CATALOGUES", tmp_path / "locales")
    catalogue = read(po("cy"))
    for text in ("Home", "Clip"):
        del catalogue[text]
    with (tmp_path / "locales/cy/LC_MESSAGES/vigsite.mo").open("wb") as file:
        write_mo(file, catalogue)
    words = words_for("cy")
    assert words.translations.gettext("Home") == "Home"
    assert words.translations.gettext("Picture") == "Llun"
    assert sorted(untranslated("cy")) == ["Clip", "Home"]
    assert "2 texts of the pages are not in 'cy' yet and stay English" in missing_words("cy")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[Edition, Shown]:
    library = Library(tmp_path_factory.mktemp("known"), tmp_path_factory.mktemp("tmp"))
    examined = examine(load_case(ROOT / "cases" / "rowan"), library, FULL, "9")
    assert examined.case is not None
    return {e: project(examined.case, admit(examined.case, e, ON), examined.plan) for e in Edition}


@pytest.mark.parametrize(
    ("language", "edition"),
    [*((each, Edition.REVIEW) for each in LANGUAGES), ("ar", Edition.KEEPSAKE)],
)
def test_the_demo_family_has_pages_in_every_language(
    demo: dict[Edition, Shown], language: str, edition: Edition, tmp_path: Path
) -> None:
    shown = replace(demo[edition], language=language)
    words = words_for(language)
    docs, site = tmp_path / "docs", tmp_path / "site"
    docs.mkdir()
    build_html(shown, words, write_pages(shown), docs, site)
    direction = "rtl" if language in ("ar", "ur") else "ltr"
    said = {}
    for file in site.glob("*.html"):
        text = file.read_text("utf-8")
        said[file.stem] = " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())
        assert f'<html lang="{language}" dir="{direction}"' in text, file.name
    _ = words.translations.gettext
    headings = {
        "index": ["Your films", "What you wanted to find out", "Pages"],
        "about": ["Who made them", "If you change your mind", "About these pages"],
        "cycle-1": ["Strengths we saw", "What comes next", "Previous page", "Skip to the page"],
        "next": ["Where else you can use it"],
        "keep": ["Clip", "To keep"],
    }
    if edition is Edition.REVIEW:
        headings |= {"deck": ["Blank screen", "What was said"], "goals": ["How it felt to you"]}
        deck = re.findall(r'data-words="([^"]+)"', (site / "deck.html").read_text("utf-8"))
        assert _("Moment {number} of {count}") in json.loads(html.unescape(deck[0])).values()
    for page, texts in headings.items():
        for text in texts:
            assert " ".join(_(text).split()) in said[page], (page, text)
    quoted = re.findall(r"<blockquote>\s*<p([^>]*)>", (site / "seen.html").read_text("utf-8"))
    foreign = {"ar": ' dir="auto" lang="und-Latn"', "uk": ' lang="und-Latn"'}
    foreign["ur"] = foreign["ar"]
    assert set(quoted) == {foreign.get(language, "")}


def test_a_build_says_what_its_words_are_worth(ash: Family, vigsite: Vigsite) -> None:
    ash.change("case.yml", "goals:", "language: pl\ngoals:")
    for command in (["check"], ["build", "--draft"]):
        done = vigsite(*command, ash.directory)
        assert done.status == 0, done.err
        assert done.out.count("no native speaker has checked the words in 'pl' yet") == 1
        assert "English" not in done.out
