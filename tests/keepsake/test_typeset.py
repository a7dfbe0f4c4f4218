"""Words come out as typed, in our own fonts, the same bytes every time; nothing in them is obeyed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest
import typst
from PIL import Image, ImageChops

from tests.conftest import ROOT, need
from vigsite.errors import TypesettingError
from vigsite.keepsake import typeset
from vigsite.keepsake.typeset import (
    FONTS,
    Sheet,
    Speech,
    missing_letters,
    typeset_pdf,
    typeset_pictures,
)
from vigsite.pages.words import CATALOGUES, words_for

SAMPLES = {
    "en": "“You waited”, she said – and Rowan looked up… 3½ minutes",
    "cy": "Ŵy yn y tŷ: llŷn, dŵr, môr, ẁ ẃ ẅ",
    "so": "Waad sugtay, Rowan-na kor buu u eegay",
    "ro": "Știai că așteptai? Țară, față, câine, în, ăla",
    "pl": "Zażółć gęślą jaźń, ŁÓDŹ",
    "uk": "Ґанок, їжак, євшан, м’яч, об'єм",
    "fr": "« Ça alors ! » L’œuvre où Noël naïf",
    "es": "¿Qué? ¡El niño pingüino!",
    "ar": "انتظرتَ، فنظرَ إليك رُوان؟ ١٢٣",
    "ur": "آپ نے انتظار کیا، ٹھیک ہے؟ ڑ ں ے ۔ ژ گھ",
    "fa": "گفت‌وگو، پژواک",
    "el": "Περίμενες",
    "vi": "Bạn đã chờ đợi",
    "emoji": "❤ 😊 👶",
}  # fmt: skip
TYPED = '#import "x" #panic() $x^2$ \\ \\u{41} <label> @ref *bold* _it_ `raw` // no = #let a'


def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Puts a template of this test among the real ones."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "house.typ").write_bytes((typeset.TEMPLATES / "house.typ").read_bytes())
    head = '#import "house.typ": *\n#set document(title: "T", date: none)\n#show: house\n'
    (folder / "card.typ").write_text(head + body, "utf-8")
    monkeypatch.setattr(typeset, "TEMPLATES", folder)


def sheet(text: str, language: str = "en", **pictures: Path) -> Sheet:
    speech = Speech.of(words_for(language))
    return Sheet("card", speech, {"text": speech.say(text)}, pictures)


@pytest.mark.parametrize("language", SAMPLES)
def test_our_fonts_have_every_letter(language: str) -> None:
    assert missing_letters([SAMPLES[language]]) == ""


@pytest.mark.parametrize("catalogue", sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po")), ids=str)
def test_our_fonts_have_every_letter_of_every_catalogue(catalogue: Path) -> None:
    assert missing_letters([catalogue.read_text("utf-8")]) == ""


def test_letters_that_no_font_of_ours_has_are_named() -> None:
    assert missing_letters(["Hello বা", "ab"]) == "বা"


def test_a_letter_that_no_font_at_all_has_gets_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card(tmp_path, monkeypatch, "#say(given.text)")
    with pytest.raises(
        TypesettingError, match="No font on this computer has these letters: \U0001e4d0"
    ):
        typeset_pdf(sheet("a\U0001e4d0"), tmp_path / "work")


def test_letters_that_ours_lack_come_from_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hebrew = "שלום לך"
    need("a font with Hebrew letters", missing_letters([hebrew], system=True) == "")
    assert missing_letters([hebrew]) != ""
    card(tmp_path, monkeypatch, "#say(given.text)")
    assert typeset_pdf(sheet(hebrew), tmp_path / "work").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("tag", "language", "region", "direction"),
    [
        ("en", "en", "GB", "ltr"),
        ("es-419", "es", "", "ltr"),
        ("pt-BR", "pt", "BR", "ltr"),
        ("zh-Hant", "zh", "", "ltr"),
        ("ckb", "ckb", "", "rtl"),
        ("ps", "ps", "", "rtl"),
        ("nonsense", "en", "GB", "ltr"),
    ],
)
def test_every_language_of_a_case_can_be_set(
    tag: str,
    language: str,
    region: str,
    direction: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speech = Speech.of(words_for(tag))
    assert (speech.language, speech.region, speech.direction) == (language, region, direction)
    card(tmp_path, monkeypatch, "#say(given.text)")
    with pikepdf.open(io.BytesIO(typeset_pdf(sheet("ok", tag), tmp_path / "work"))) as pdf:
        assert str(pdf.Root.Lang) == (f"{language}-{region}" if region else language)


def test_the_families_are_those_that_templates_name() -> None:
    there = typst.Fonts(False, False, [str(FONTS)]).families()
    house = (typeset.TEMPLATES / "house.typ").read_text("utf-8")
    assert all(f'"{family}"' in house for family in there)
    assert len(there) == 6


def test_fonts_stay_small_and_each_has_its_licence() -> None:
    files = list(FONTS.rglob("*.ttf"))
    assert sum(file.stat().st_size for file in files) < 4_000_000
    assert all(
        "SIL Open Font License" in (file.parent / "LICENSE.txt").read_text("utf-8")
        for file in files
    )


def test_what_people_type_is_never_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set from data and from a literal of the template, the picture is the same."""
    literal = json.dumps(TYPED)
    card(tmp_path, monkeypatch, f"#if given.same {{ text({literal}) }} else {{ say(given.text) }}")
    pages = [
        typeset_pictures(
            Sheet("card", Speech.of(words_for("en")), {"same": same, **sheet(TYPED).given}),
            tmp_path / "work",
        )
        for same in (True, False)
    ]
    assert pages[0] == pages[1]
    assert drawn(pages[0][0])


def test_the_same_words_give_the_same_bytes_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card(tmp_path, monkeypatch, '#say(given.text)\n#image("1.jpg", alt: "A")')
    picture = tmp_path / "p.jpg"
    Image.new("RGB", (60, 40), "teal").save(picture)
    made = [
        typeset_pdf(Sheet("card", s.speech, s.given, {"1.jpg": picture}), tmp_path / place)
        for place in ("one", "another/deeper")
        for s in [sheet("Żółw مرحبا ❤")]
    ]
    assert made[0] == made[1]
    assert str(tmp_path).encode() not in made[0]
    assert picture.read_bytes() in made[0], "a JPEG passes through untouched"
    assert list((tmp_path / "one").iterdir()) == [], "the private folder is gone"


def test_one_point_is_one_pixel_and_every_page_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card(tmp_path, monkeypatch, "#set page(width: 192pt, height: 108pt)\nA\n#pagebreak()\nB")
    pages = typeset_pictures(sheet("x"), tmp_path / "work")
    assert [Image.open(io.BytesIO(page)).size for page in pages] == [(192, 108)] * 2


@pytest.mark.parametrize("function", ["say", "paragraphs"])
@pytest.mark.parametrize(
    ("page", "text", "right"),
    [
        ("en", "Hello", False),
        ("ar", "مرحبا", True),
        ("ur", "خوش آمدید", True),
        ("en", "مرحبا بك", True),
        ("ar", "Hello", False),
    ],
)
def test_a_paragraph_starts_where_its_own_language_does(
    function: str,
    page: str,
    text: str,
    right: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = f"#set page(width: 400pt, height: 60pt, margin: 10pt)\n#{function}(given.text)"
    card(tmp_path, monkeypatch, body)
    (made,) = typeset_pictures(sheet(text, page), tmp_path / "work")
    left, _, end, _ = drawn(made)
    assert (end > 380) == right
    assert (left < 20) != right


def drawn(png: bytes) -> tuple[int, int, int, int]:
    """The box of all that is not white."""
    image = Image.open(io.BytesIO(png)).convert("L")
    box = ImageChops.invert(image).point(lambda grey: 255 if grey > 40 else 0).getbbox()
    assert box is not None
    return box


def test_a_fault_of_a_template_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card(tmp_path, monkeypatch, "#nosuch")
    with pytest.raises(TypesettingError, match=r"card\.typ could not be set: unknown variable"):
        typeset_pdf(sheet("x"), tmp_path / "work")


def test_no_template_reads_outside_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card(tmp_path, monkeypatch, f'#read("{"../" * 20}etc/hostname")')
    with pytest.raises(TypesettingError, match="escape the project root"):
        typeset_pdf(sheet("x"), tmp_path / "work")


def test_the_fonts_come_through_the_lock() -> None:
    lock = json.loads((ROOT / "tools/vendor.lock.json").read_text("utf-8"))
    listed = {
        f"{package['folder']}/{name}" for package in lock["packages"] for name in package["files"]
    }
    assert {file.relative_to(ROOT).as_posix() for file in FONTS.rglob("*.ttf")} <= listed
