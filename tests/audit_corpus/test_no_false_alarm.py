"""The audit does not fight the practitioner: no ordinary word, wherever it stands in the notes,
is taken for a leak because our own pages, files or formats hold it. And each is found elsewhere.

All outputs are made once for each form and language; then each word is a moment's id, a goal, a
case, a computer account and a name in `never_show`, all at once.
"""

from __future__ import annotations

import html
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from string import ascii_lowercase

import pytest
from babel.messages.mofile import read_mo

from tests.cli.test_pack import in_a_terminal
from tests.conftest import ROOT
from tests.helpers.audited_site import secrets_in
from tests.helpers.command_line import run_command
from tests.helpers.counted_films import Counted
from tests.helpers.covering_sample import FULL
from tests.helpers.families import Family, family
from tests.helpers.prepared_cases import World
from vigsite.audit.audit import audit_folder, audit_page, audit_zip
from vigsite.audit.finding import ONE_PAGE, PACK, SHARE, SITE, Finding, Rules
from vigsite.audit.formats.pdf import read_paper
from vigsite.audit.search.matcher import Secret, plain_words
from vigsite.audit.search.search import Search, Secrets
from vigsite.case.editions import Edition

OFTEN = ("en",)
"""Languages that are tried without `--soak`, packs in every form included."""
RARELY = ("ar", "cy", "es", "fr", "pl", "ro", "so", "uk", "ur")
LANGUAGES = [*OFTEN, *(pytest.param(language, marks=FULL) for language in RARELY)]
LETTERS = re.compile(r"[^\W\d_]{4,}")


def catalogue_words() -> set[str]:
    found: set[str] = set()
    for file in (ROOT / "vigsite/locales").glob("*/LC_MESSAGES/*.mo"):
        with file.open("rb") as opened:
            for message in read_mo(opened):
                for text in [message.id, message.string]:
                    for part in [text] if isinstance(text, str) else list(text or ()):
                        found.update(LETTERS.findall(re.sub(r"%\(\w+\)[sd]|\{\w+\}", " ", part)))
    return found


COMMON = (Path(__file__).parent / "common_words.txt").read_text("utf-8").split()
ONCE_REFUSED = [
    "connect",
    "ready",
    "once",
    "near",
    "live",
    "circle",
    "form",
    "base",
    "line",
    "wide",
    "text",
    "three",
    "hearth",
    "wait",
]
"""Words that were taken for leaks."""
GOALS = [*ascii_lowercase, "me", "us", "goal", "question-1"]
"""Short names of goals; beside a rating they are sought in everything that can be decoded."""
WORDS = sorted({*(word for word in COMMON if len(word) >= 4), *ONCE_REFUSED, *catalogue_words()})


@dataclass(frozen=True)
class Output:
    """Something that was made, and how it is audited."""

    name: str
    place: Path
    edition: Edition
    rules: Rules

    def findings(self, secrets: Secrets) -> list[Finding]:
        if self.place.suffix == ".html":
            return audit_page(self.place, self.place.name, secrets, self.rules)
        if self.place.is_dir():
            return audit_folder(self.place, secrets, self.rules)
        return audit_zip(self.place, secrets, self.rules)


@dataclass(frozen=True)
class Made:
    """One family in one language."""

    world: World
    outputs: tuple[Output, ...]


def pack_names(folder: Path) -> tuple[Path, Path, Path]:
    """The pack as a folder, as a zip and as one page, whatever the language calls them."""
    (page,), (packed,) = folder.glob("*.html"), folder.glob("*.zip")
    return packed.with_suffix(""), packed, page


@pytest.fixture(scope="session")
def made(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]
) -> Callable[[str], Made]:
    known: dict[str, Made] = {}

    def in_language(language: str) -> Made:
        if language in known:
            return known[language]
        world = World(tmp_path_factory.mktemp(f"in-{language}") / "world")
        ash: Family = family(world.family.directory, films("25").path)
        ash.change(
            "case.yml", "vigsite: 1\n", f"vigsite: 1\nlanguage: {language}\npalette: hearth\n"
        )
        done = world.run("build", "cases/ash", "--draft", "--edition", "all", "--share")
        assert done.status == 0, done.err
        sites = world.root / "sites/ash"
        found = [Output(one, sites / one, Edition(one), SITE) for one in Edition]
        found.append(Output("share", sites / "share", Edition.REVIEW, SHARE))
        for form in ("--zip", "--single-file"):
            done = world.run("pack", "cases/ash", "--draft", form)
            assert done.status == 0, done.err
        command = [sys.executable, "-m", "vigsite", "pack", "cases/ash", "--draft", "--encrypt"]
        in_a_terminal(command, world.root)
        (note,) = (world.root / "packs/ash/locked").glob("*.html")
        found.append(Output("note", note, Edition.KEEPSAKE, ONE_PAGE))
        folder, packed, page = pack_names(world.root / "packs/ash")
        pack = replace(PACK, start="site/index.html")
        for name, place, rules in (("folder", folder, pack), ("zip", packed, pack),
                                   ("one page", page, ONE_PAGE)):  # fmt: skip
            found.append(Output(name, place, Edition.KEEPSAKE, rules))
        known[language] = Made(world, tuple(found))
        return known[language]

    return in_language


def with_words(secrets: Secrets) -> Secrets:
    """What must not occur, and every ordinary word that the edition does not say itself."""
    said = "|".join(map(plain_words, secrets.said))
    words = [word for word in WORDS if plain_words(word) not in said]
    assert len(words) > len(WORDS) * 0.9
    added = [Secret(word, "an ordinary word") for word in words]
    added += [Secret(word, "never_show", name=True) for word in words if f"{word}s" not in said]
    goals = [f"{goal} {value}" for goal in GOALS for value in range(11)]
    added += [Secret(goal, "a rating") for goal in goals if plain_words(goal) not in said]
    return replace(secrets, secrets=(*secrets.secrets, *added))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_ordinary_word_is_a_false_alarm(made: Callable[[str], Made], language: str) -> None:
    family = made(language)
    for output in family.outputs:
        secrets = secrets_in(family.world.family.directory, output.edition)
        assert output.findings(secrets) == [], output.name
        assert output.findings(with_words(secrets)) == [], output.name


BUILT = [*ONCE_REFUSED, *[word for word in COMMON if len(word) >= 4 and word.isalpha()][::66]][:40]
"""Ids of moments in one case that is really built and packed."""


def test_a_case_whose_ids_are_ordinary_words_is_built_and_packed(
    tmp_path: Path, films: Callable[[str], Counted]
) -> None:
    """Also with short goals, a name that is a palette's, and a computer account called connect."""
    world = World(tmp_path / "world")
    ash = family(world.family.directory, films("25").path)
    stills = [
        f"  - {{id: {word}, still: 0:02.5, shows: [ash, dad], title: A smile, goals: [m, near]}}\n"
        for word in BUILT
    ]
    stills.insert(0, "  - {id: look-2, still: 0:02.5, shows: [ash, dad], title: A long look}\n")
    ash.change("1-tea/cycle.yml", "review:\n", f"{''.join(stills)}review:\n")
    ash.change("1-tea/cycle.yml", "ratings: {meals: 5}", "ratings: {m: 5, near: 4}")
    ash.change("1-tea/cycle.yml", "goals: [meals]", "goals: [m]")
    question = '{question: "How can meals be calmer?", since: 2026-01-05, baseline: 3}'
    ash.change("case.yml", "  meals: ", f"  near: {question}\n  m: ")
    ash.change("case.yml", "never_show: [", "never_show: [Hearth, ")
    run = partial(run_command, cwd=world.root, variables={"LOGNAME": "connect"})
    for command in (("build", "--edition", "all", "--share"), ("pack", "--zip"), ("pack", "--single-file")):  # fmt: skip
        done = run((*command, "cases/ash", "--draft"))
        assert done.status == 0, done.err
    in_a_terminal(
        [sys.executable, "-m", "vigsite", "pack", "cases/ash", "--draft", "--encrypt"], world.root
    )


def test_there_are_enough_words() -> None:
    assert len(BUILT) == len(set(BUILT)) == 40
    assert len(COMMON) == 2000
    assert len(WORDS) > 3000


@pytest.fixture(scope="module")
def search(made: Callable[[str], Made]) -> Search:
    directory = made("en").world.family.directory
    return Search(with_words(secrets_in(directory, Edition.KEEPSAKE)))


def planted(search: Search) -> Iterator[str]:
    yield from (one.text for one in search.secrets.secrets if one.origin == "an ordinary word")


def found_in(findings: Iterator[Finding]) -> set[str]:
    return {
        plain_words(match[1])
        for one in findings
        if (match := re.search(r"holds '(.+?)'", one.what))
    }


PLACES: dict[str, Callable[[str], str]] = {
    "a sentence": lambda word: f"<p>so {html.escape(word)}, and</p>",
    "an attribute": lambda word: f'<img alt="so {html.escape(word)}, and">',
    "a class of somebody": lambda word: f'<p class="x-{html.escape(word)}">x</p>',
    "a remark": lambda word: f"<!-- {html.escape(word)}, and -->",
}


@pytest.mark.parametrize("place", PLACES)
def test_each_word_is_found_at_a_place_that_is_not_ours(
    made: Callable[[str], Made], search: Search, place: str, tmp_path: Path
) -> None:
    """In a page of ours, one word a line."""
    directory = made("en").world.root / "sites/ash/keepsake"
    page = (directory / "about.html").read_text("utf-8")
    words = list(planted(search))
    missed = []
    for start in range(0, len(words), 400):
        some = words[start : start + 400]
        spoiled = tmp_path / "site"
        spoiled.mkdir(exist_ok=True)
        lines = "\n".join(PLACES[place](word) for word in some)
        (spoiled / "about.html").write_text(page.replace("</main>", f"{lines}\n</main>"), "utf-8")
        seen = found_in(
            iter(audit_page(spoiled / "about.html", "about.html", search.secrets, SITE))
        )
        missed += [word for word in some if plain_words(word) not in seen]
    assert missed == []


def test_each_word_is_found_in_a_files_name_and_a_zips_entry(
    search: Search, tmp_path: Path
) -> None:
    words = list(planted(search))
    for address in ("media/{}.jpg", "so {} and.txt", "letters/{}/x.jpg"):
        missed = [
            word
            for word in words
            if plain_words(word) not in found_in(search.name(address.format(word)))
        ]
        assert missed == [], address
    packed = tmp_path / "To keep.zip"
    with zipfile.ZipFile(packed, "w") as opened:
        for word in words[::10]:
            opened.writestr(f"site/media/so {word}.jpg", b"")
    seen = found_in(iter(audit_zip(packed, search.secrets, replace(PACK, start="site/index.html"))))
    assert [word for word in words[::10] if plain_words(word) not in seen] == []


def test_each_word_is_found_in_a_paper(made: Callable[[str], Made], search: Search) -> None:
    """In its title and in a string beside our own."""
    folder, _, _ = pack_names(made("en").world.root / "packs/ash")
    (album,) = folder.glob("*.pdf")
    assert read_paper("a.pdf", album.read_bytes()).findings == []
    texts = search.texts
    missed = [
        word for word in planted(search)
        if word not in texts.rest_of_paper(f"Wait once more.\nso {word}, and\n1")
    ]  # fmt: skip
    assert missed == []
