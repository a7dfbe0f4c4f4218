"""Words of another language on a page keep their direction, and are not read in the wrong voice."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigsite.pages.direction import Setting, script_of, settled

ENGLISH, ARABIC = Setting("ltr", "Latn"), Setting("rtl", "Arab")
JAPANESE, UKRAINIAN = Setting("ltr", "Jpan"), Setting("ltr", "Cyrl")
LTR, RTL = "I never knew that.", "لم أكن أعرف ذلك."


@pytest.mark.parametrize(
    ("page", "text", "attributes"),
    [
        (ENGLISH, LTR, ""),
        (ARABIC, RTL, ""),
        (ENGLISH, RTL, ' dir="auto" lang="und-Arab"'),
        (ARABIC, LTR, ' dir="auto" lang="und-Latn"'),
        (ENGLISH, "“أهلاً”, said Nan", ' dir="auto"'),
        (ENGLISH, "Я чекала.", ' lang="und-Cyrl"'),
        (UKRAINIAN, "Я чекала.", ""),
        (ENGLISH, "待っていた", ' lang="und-Jpan"'),
        (JAPANESE, "東京", ""),
        (ARABIC, "+44 7700 900123", ' dir="auto"'),
        (ENGLISH, "+44 7700 900123", ""),
        (ENGLISH, "♥ 10/10", ""),
        (ENGLISH, "", ""),
        (ENGLISH, "\u202eevil\u202c", ' dir="auto"'),
    ],
)
def test_only_what_does_not_fit_its_page_is_marked(
    page: Setting, text: str, attributes: str
) -> None:
    assert page.attributes(text) == attributes


def render(text: str) -> str:
    return markdown.markdown(text, extensions=["attr_list", "md_in_html"])


def test_every_paragraph_of_a_quotation_has_its_own_direction() -> None:
    assert render(ENGLISH.quote(f"{RTL}\n\n{RTL}\n{RTL}")) == (
        f'<blockquote>\n<p dir="auto" lang="und-Arab">{RTL}</p>\n'
        f'<p dir="auto" lang="und-Arab">{RTL}<br />\n{RTL}</p>\n</blockquote>'
    )
    assert render(ARABIC.paragraphs(LTR)) == f'<p dir="auto" lang="und-Latn">{LTR}</p>'


def test_a_heading_and_an_entry_have_theirs() -> None:
    heading = render(f"## {ENGLISH.heading('أهلا')}")
    assert heading == '<h2 dir="auto" lang="und-Arab">أهلا</h2>'
    entry = render(f"- {ARABIC.inline('Ash & Dad')}")
    assert '<li><bdi lang="und-Latn">Ash &amp; Dad</bdi></li>' in entry
    assert ENGLISH.heading("Ash") == ENGLISH.inline("Ash") == "Ash"


def test_a_name_inside_a_sentence_is_kept_apart() -> None:
    assert ARABIC.within("Jo") == "\u2068Jo\u2069"
    assert ARABIC.within("+44 7700 900123") == "\u2068+44 7700 900123\u2069"
    assert ENGLISH.within("Jo") == "Jo"
    assert ARABIC.within("سلمى") == "سلمى"


@given(st.text(max_size=40))
def test_any_text_has_attributes_that_end_where_they_should(text: str) -> None:
    for page in (ENGLISH, ARABIC):
        assert page.attributes(text).count('"') in (0, 2, 4)
        assert script_of(text).isalpha() or script_of(text) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("\u202eevil", "\u202eevil\u202c"),
        ("\u2069\u202c out", " out"),
        ("\u2067\u202ea\u2069 b", "\u2067\u202ea\u2069 b"),
        ("\u2067a\u202c b", "\u2067a b\u2069"),
        ("\u202aa\u202eb\u202c c", "\u202aa\u202eb\u202c c\u202c"),
        ("\u202ea\nb", "\u202ea\u202c\nb"),
        ("a\u200eb\u200f", "a\u200eb\u200f"),
    ],
)
def test_marks_of_direction_end_where_their_text_ends(typed: str, said: str) -> None:
    assert settled(typed) == said


@given(st.text("ab\n \u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f", max_size=20))
def test_settling_changes_nothing_that_is_seen(text: str) -> None:
    marks = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
    said = settled(text)
    assert said.translate(marks) == text.translate(marks)
    assert settled(said) == said
    for line in said.split("\n"):
        for openers, closer in (
            ("\u202a\u202b\u202d\u202e", "\u202c"),
            ("\u2066\u2067\u2068", "\u2069"),
        ):
            if closer == "\u2069":
                assert sum(line.count(opener) for opener in openers) == line.count(closer)
            else:
                assert sum(line.count(opener) for opener in openers) >= line.count(closer)
