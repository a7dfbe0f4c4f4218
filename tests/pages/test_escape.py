"""Notes are plain text: nothing in them is ever read as markup, and nothing is lost."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigsite.pages.escape import one_line, paragraphs, quote

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](x){onload=alert(1)}",
    "{: onclick=alert(1) }",
    "# not a heading",
    "1. not a list",
    "- not a list",
    "> not a quote",
    "    not code",
    "``` not code",
    "| not | a | table |",
    "a\n---\nb",
    "a\n===\nb",
    "<https://example.org>",
    "[ref]: https://example.org",
    "*[HTML]: not an abbreviation",
    "&lt;b&gt; &amp; &#60;",
    "\\*stars\\*",
    "__strong__ *em* ~~gone~~ ==marked== $math$",
    "{{ page }} {% raw %} {# no #}",
    "<!-- hidden --> <div markdown=1>",
    "</section><script src=//evil></script>",
    "quote \" and ' apostrophe",
    "\u202eevil\u202c \u200bzero width",
    "👩‍👧 e\u0301 ﬁ",
]


def render(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


def seen(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def tags(page: str) -> set[str]:
    return set(re.findall(r"<\s*/?\s*([a-zA-Z!]+)", page))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_typed(text: str) -> None:
    for page in (render(paragraphs(text)), render(f"- {one_line(text)}"), render(quote(text))):
        assert tags(page) <= {"p", "br", "ul", "li", "blockquote"}
        assert seen(page) == " ".join(text.split())


PRINTABLE = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\u0085"),
    max_size=80,
)


@given(PRINTABLE)
def test_any_text_comes_back_as_typed(text: str) -> None:
    page = render(f"## {one_line(text)} {{ #place }}") if one_line(text) else ""
    assert tags(page) <= {"h"} | {"h2"} | {"h"}
    assert seen(page) == " ".join(text.split())


@given(PRINTABLE)
def test_any_text_stays_inside_an_attribute(text: str) -> None:
    found = re.fullmatch(r'<img alt="([^"]*)">', f'<img alt="{one_line(text)}">')
    assert found is not None
    assert " ".join(html.unescape(found[1]).split()) == " ".join(text.split())
    assert "<" not in found[1]


def test_paragraphs_and_lines_are_kept() -> None:
    page = render(paragraphs("One.\nTwo.\n\nThree."))
    assert page == "<p>One.<br />\nTwo.</p>\n<p>Three.</p>"
    said = render(quote("One.\nTwo.\n\nThree."))
    assert said == ("<blockquote>\n<p>One.<br />\nTwo.</p>\n<p>Three.</p>\n</blockquote>")


def test_the_space_before_a_french_colon_stays() -> None:
    assert one_line("Vous avez  dit\u00a0:\toui") == "Vous avez dit\u00a0: oui"
