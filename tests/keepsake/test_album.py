"""The album holds what the keepsake says and nothing else, on paper that anybody can read."""

from __future__ import annotations

import datetime as dt
import getpass
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import typst
import yaml

from tests.conftest import ROOT, need
from tests.helpers.families import Family
from tests.keepsake.albums import Album, bare, demo, picture, shown_of, with_moments
from vigsite.errors import TypesettingError
from vigsite.keepsake import typeset
from vigsite.keepsake.album.album import make_album
from vigsite.keepsake.album.paper import PaperName
from vigsite.keepsake.edition import Kept
from vigsite.keepsake.typeset import FONTS
from vigsite.pages.shown import Rating, Shown

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte"
LINE = "The very first time that all of us sat down at one table and nobody had to hurry. "
TYPED = [
    '#import "x": *',
    "#panic() $x^2$ 5$",
    "C:\\new \\u{41} \\",
    "<label> @ref [x] {y}",
    "*bold* _it_ `raw` = no",
    "// not a comment /* at all */",
    "- a \"quote\" 'and' -- --- ...",
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def english(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Album:
    return album(kept, tmp_path_factory.mktemp("english"))


def album(kept: Kept, place: Path, paper: PaperName = "a4") -> Album:
    make_album(kept, paper, place / "album.pdf", place / "work")
    return Album(place / "album.pdf")


def poppler() -> None:
    need("pdftotext (poppler-utils)", shutil.which("pdftotext") is not None)


def said(shown: Shown) -> list[str]:
    """Every text of a keepsake that people read."""
    found = [shown.title, shown.practitioner, shown.contact]
    for goal in shown.goals:
        found += [goal.question, *(outcome.question for outcome in goal.outcomes)]
    for cycle in shown.cycles:
        found.append(cycle.setting)
        if cycle.review:
            review = cycle.review
            found += [*review.parent_said, *review.strengths, *review.next, review.decision]
        for moment in cycle.moments:
            heard = moment.clip.subtitles if moment.clip else ()
            found += [moment.title, moment.caption, *moment.parent_said, *moment.principles]
            found += [line.text for line in heard]
    if closing := shown.closing:
        found += [*closing.learned, *closing.carry_on, *closing.next_steps]
        found += [closing.top_up, closing.message]
    return [text for text in found if text]


def test_it_is_tagged_and_knows_its_language_and_title(english: Album) -> None:
    with english.pdf as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == "Rowan and Mum"
        assert "<pdfuaid:part>1</pdfuaid:part>" in str(pdf.open_metadata())
    tags = english.tags()
    assert {"Title", "H1", "H2", "H3", "L", "LI", "Figure", "P", "BlockQuote"} <= set(tags)


def test_every_picture_has_its_words(english: Album, kept: Kept) -> None:
    figures = english.figures()
    assert len(figures) == len(english.placed()) == 11
    assert "" not in figures
    assert set(figures) >= {moment.title for _, moment in kept.shown.moments if moment.clip}
    assert "A spoonful for you: picture 2 of 3" in figures


def test_every_font_is_inside_and_ours(english: Album) -> None:
    with english.pdf as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
        described = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        names = {str(each.FontName).partition("+")[2].partition("-")[0] for each in described}
        assert names == {"Fraunces", "NunitoSans"}
        assert all("/FontFile2" in each or "/FontFile3" in each for each in described)


def test_the_same_keepsake_gives_the_same_bytes_and_no_trace(
    english: Album, kept: Kept, tmp_path: Path
) -> None:
    moved = tmp_path / "a stick"
    shutil.copytree(kept.site, moved)
    again = album(Kept(kept.shown, moved), tmp_path / "other" / "place")
    assert again.file.read_bytes() == english.file.read_bytes()
    with again.pdf as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Creator"}
    plain = again.plain()
    for trace in (
        str(tmp_path),
        str(kept.site),
        "CreationDate",
        "ModDate",
        "ModifyDate",
        f"/{getpass.getuser()}/",
        "1970",
    ):
        assert trace.encode() not in plain, trace
    assert list((tmp_path / "other/place/work").iterdir()) == []


def test_the_order_of_a_disk_changes_nothing(
    english: Album, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backwards = sorted((str(folder) for folder in FONTS.iterdir()), reverse=True)
    fonts = typst.Fonts(False, False, backwards)
    monkeypatch.setattr(typeset, "_fonts", lambda system: fonts)
    assert album(kept, tmp_path).file.read_bytes() == english.file.read_bytes()


def test_all_that_the_keepsake_says_is_there(english: Album, kept: Kept) -> None:
    poppler()
    text = english.bare
    assert [words for words in said(kept.shown) if bare(words) not in text] == []


def test_nothing_else_of_the_case_is_there(english: Album) -> None:
    poppler()
    hidden = ["Okafor", "Acacia", "Room for three", "person", "How it felt to you"]
    for file in (ROOT / "cases" / "rowan").glob("*/cycle.yml"):
        cycle = yaml.safe_load(file.read_text("utf-8"))
        hidden.append(cycle["review"].get("private", ""))
        for moment in cycle["moments"]:
            hidden += [moment.get("private", ""), moment.get("analysis", {}).get("notes", "")]
            hidden += moment.get("prompts", [])
    text, plain = english.bare, english.plain()
    hidden = [words for words in hidden if words]
    assert len(hidden) > 20
    assert [words for words in hidden if bare(words) in text or words.encode() in plain] == []


def test_ratings_are_there_when_the_family_chose_so(kept: Kept, tmp_path: Path) -> None:
    poppler()
    day = dt.date(2026, 3, 1)
    rated = replace(kept.shown.goals[0], ratings=(Rating(None, day, 3), Rating(1, day, 6)))
    made = album(replace(kept, shown=replace(kept.shown, goals=(rated,))), tmp_path)
    assert "Start: 3 · Film 1: 6" in made.text()


def test_what_people_type_comes_out_as_typed(kept: Kept, tmp_path: Path) -> None:
    poppler()
    moment = replace(
        kept.shown.moments[0][1], title=TYPED[0], caption=TYPED[1], parent_said=tuple(TYPED)
    )
    shown = replace(with_moments(kept.shown, moment), title=TYPED[3])
    made = album(replace(kept, shown=shown), tmp_path)
    text = made.bare
    assert [words for words in TYPED if bare(words) not in text] == []
    assert made.figures()[1] == TYPED[0]


@pytest.mark.parametrize(
    ("paper", "across", "down"), [("a4", 297, 210), ("a5", 210, 148)], ids=["a4", "a5"]
)
def test_pictures_are_as_fine_as_the_film_allows(
    paper: PaperName, across: int, down: int, kept: Kept, tmp_path: Path
) -> None:
    """A large still comes down to what paper can use; a small one is shown no larger than fair."""
    sizes = {"large": (3840, 2160), "full": (1920, 1080), "small": (640, 480)}
    first = replace(kept.shown.moments[0][1], parent_said=("Oh.",))
    moments = [
        replace(first, title=name, pictures=(picture(name, *size, kept.site),))
        for name, size in sizes.items()
    ]
    made = album(replace(kept, shown=with_moments(kept.shown, *moments)), tmp_path, paper)
    with made.pdf as pdf:
        box = [float(value) / 72 * 25.4 for value in pdf.pages[0].MediaBox]
        assert box[2:] == pytest.approx([across, down], abs=0.1)
    found = {page: (width, dpi) for page, width, _, dpi in made.placed() if page > 1}
    (large, fine), (full, fair), (small, least) = found.values()
    assert (large, full, small) == (3840, 1920, 640)
    assert fine >= 300
    assert fair >= 150
    assert least == pytest.approx(150, abs=1)


def test_a_picture_finer_than_paper_is_not_carried(kept: Kept, tmp_path: Path) -> None:
    still = picture("strip", 3840, 2160, kept.site)
    moment = replace(kept.shown.moments[0][1], pictures=(still,) * 8)
    made = album(replace(kept, shown=with_moments(kept.shown, moment)), tmp_path, "a5")
    strip = [(width, dpi) for page, width, _, dpi in made.placed() if page > 1]
    assert {width for width, _ in strip} == {960}
    assert all(dpi >= 300 for _, dpi in strip)


def test_a_spread_a_moment_and_the_last_page_a_back(english: Album, kept: Kept) -> None:
    pages = [page for page, *_ in english.placed()]
    assert pages[0] == 1
    assert all(page % 2 == 0 for page in pages[1:])
    assert len(set(pages[1:])) == len(kept.shown.moments)
    assert english.pages % 2 == 0


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_it_turns_its_pages_the_way_it_is_read(
    language: str, kept: Kept, english: Album, tmp_path: Path
) -> None:
    poppler()
    made = album(replace(kept, shown=replace(kept.shown, language=language)), tmp_path)
    with made.pdf as pdf, english.pdf as left_to_right:
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert left_to_right.Root.ViewerPreferences.Direction == "/L2R"
    numbers = {}
    for name, each in (("mirrored", made), ("english", english)):
        page = each.text("-bbox", "-f", "4", "-l", "4")
        numbers[name] = float(re.findall(r'xMin="([\d.]+)"[^>]*>4</word>', page)[0])
    assert numbers["english"] < 100
    assert numbers["mirrored"] > 700


def test_arabic_can_be_read_out_of_it(kept: Kept, tmp_path: Path) -> None:
    poppler()
    words = "كنت أظن أنني جالسة فقط"
    moment = replace(kept.shown.moments[0][1], parent_said=(words,))
    shown = replace(with_moments(kept.shown, moment), language="ar")
    made = album(replace(kept, shown=shown), tmp_path)
    assert bare(words) in made.bare


@pytest.mark.parametrize("paper", ["a4", "a5"])
@pytest.mark.parametrize("upright", [False, True], ids=["across", "upright"])
def test_very_long_words_and_texts_flow(
    paper: PaperName, upright: bool, kept: Kept, tmp_path: Path
) -> None:
    poppler()
    size = (1080, 1920) if upright else (1920, 1080)
    still = picture("upright" if upright else "across", *size, kept.site)
    first = replace(
        kept.shown.moments[0][1], pictures=(still,), caption=LINE * 30, title=WORD + LINE * 3
    )
    moments = [
        replace(first, parent_said=(LINE * 12, WORD * 2)),
        replace(first, parent_said=(), caption="", title=f"{WORD} {LINE[:20]}"),
        replace(first, parent_said=(LINE,), caption=LINE, title="Many", pictures=(still,) * 11),
    ]
    shown = with_moments(kept.shown, *moments)
    assert shown.closing is not None
    assert shown.cycles[0].review is not None
    review = replace(
        shown.cycles[0].review, parent_said=(), strengths=(LINE * 4,) * 9, decision=LINE * 40
    )
    shown = replace(
        shown,
        title=f"{WORD}, {LINE}",
        goals=(replace(shown.goals[0], question=LINE * 3),) * 7,
        cycles=(replace(shown.cycles[0], setting=WORD + LINE, review=review),),
        closing=replace(shown.closing, learned=(LINE * 3, WORD * 2) * 7, message=LINE * 60),
    )
    made = album(replace(kept, shown=shown), tmp_path, paper)
    with made.pdf as pdf:
        box = pdf.pages[0].MediaBox
        assert (float(box[3]) > float(box[2])) == upright
    assert made.outside(margin=28) == []
    assert made.outside(margin=90) != []
    text = re.sub(r"\n\d+\n+\f", "", made.text())
    assert bare(text).count(bare(LINE)) >= 20


def test_paragraphs_and_ends_of_line_stay(kept: Kept, tmp_path: Path) -> None:
    poppler()
    assert kept.shown.closing is not None
    closing = replace(kept.shown.closing, message="Dear both,\n\nthank you.\nJo")
    made = album(replace(kept, shown=replace(kept.shown, closing=closing)), tmp_path)
    lines = [line.strip() for line in made.text("-layout").splitlines()]
    at = lines.index("Dear both,")
    assert [line for line in lines[at : at + 5] if line][:3] == ["Dear both,", "thank you.", "Jo"]


def test_an_address_can_be_copied(kept: Kept, tmp_path: Path) -> None:
    poppler()
    contact = "parenting.team.of.the.whole.county@children.example.org"
    shown = replace(kept.shown, contact=contact)
    assert contact in album(replace(kept, shown=shown), tmp_path).text()


def test_forty_moments_and_one(kept: Kept, tmp_path: Path) -> None:
    moment = kept.shown.moments[0][1]
    forty = album(replace(kept, shown=with_moments(kept.shown, *[moment] * 40)), tmp_path / "forty")
    assert len({page for page, *_ in forty.placed()}) == 41
    alone = replace(with_moments(kept.shown, moment), goals=(), closing=None)
    alone = replace(alone, cycles=(replace(alone.cycles[0], review=None),))
    assert album(replace(kept, shown=alone), tmp_path / "one").pages == 6


def test_no_moment_at_all_and_no_clip(kept: Kept, tmp_path: Path) -> None:
    """`keepsake: {parts: stills}` leaves posters of clips; withdrawn moments leave their review."""
    poppler()
    none = album(replace(kept, shown=with_moments(kept.shown)), tmp_path / "none")
    assert none.placed() == []
    assert "I can see he was waiting for me." in " ".join(none.text().split())
    still = replace(kept.shown.moments[0][1], clip=None)
    made = album(replace(kept, shown=with_moments(kept.shown, still)), tmp_path / "still")
    assert len(made.placed()) == 2


def test_a_picture_that_is_gone_gets_a_sentence(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match=r"lacks cycle-1-moment-1-.*\.jpg"):
        make_album(Kept(kept.shown, tmp_path), "a4", tmp_path / "album.pdf", tmp_path / "work")
    assert not (tmp_path / "album.pdf").exists()


def test_a_real_keepsake_keeps_every_byte_of_its_stills(ash: Family, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "vigsite", "build", str(ash.directory), "--draft"]
    command += ["--edition", "keepsake", "--out", str(tmp_path / "sites")]
    subprocess.run(command, check=True, capture_output=True)
    (tmp_path / "known").mkdir()
    shown = shown_of(ash.directory, tmp_path / "known")
    site = tmp_path / "sites" / "ash" / "keepsake"
    made = album(Kept(shown, site), tmp_path, "a5")
    raw = made.file.read_bytes()
    stills = [(site / moment.pictures[0].largest.uri).read_bytes() for _, moment in shown.moments]
    assert len(stills) == 2
    assert all(still in raw for still in stills)
