"""A secret is found however it is written down: whatever a browser or a zip could undo."""

from __future__ import annotations

import pytest

from tests.audit.planted import IN_TEXT
from vigsite.audit.finding import SITE
from vigsite.audit.one_file import Look
from vigsite.audit.search.search import Secrets
from vigsite.withheld.spellings import cut_up, named

SECRETS = {
    "Featherstone": named("Featherstone", "never_show"),
    "Zoë Ngũgĩ": named("Zoë Ngũgĩ", "never_show"),
    "12 Acacia Avenue": named("12 Acacia Avenue", "never_show"),
    "Ask K. about her new job": cut_up("Ask K. about her new job", "private"),
    "نور الهدى": named("نور الهدى", "never_show"),
}
LOOKS = {secret: Look(Secrets(tuple(parts)), SITE) for secret, parts in SECRETS.items()}
WHOLE_FILES = {"deflate", "UTF-16"}
BEFORE, BEHIND = b"<html><body><h1>A title</h1><p>Words before</p>", b"<p>and behind.</p></html>"


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("how", IN_TEXT)
def test_a_secret_is_found(how: str, secret: str) -> None:
    hidden = IN_TEXT[how](secret)
    page = hidden if how in WHOLE_FILES else BEFORE + hidden + BEHIND
    found = list(LOOKS[secret].search.words("page.html", "", page))
    assert found
    assert all(finding.file == "page.html" for finding in found)


@pytest.mark.parametrize("how", IN_TEXT)
def test_another_text_written_in_the_same_way_is_no_alarm(how: str) -> None:
    hidden = IN_TEXT[how]("A feather on the stone steps of Acacia House, said Zoe")
    page = hidden if how in WHOLE_FILES else BEFORE + hidden + BEHIND
    for secret in ("Featherstone", "Zoë Ngũgĩ", "Ask K. about her new job"):
        mine = Look(Secrets((SECRETS[secret][0],)), SITE)
        assert not list(mine.search.words("page.html", "", page))


def test_the_line_is_told() -> None:
    page = b"<p>one\n<p>two\n<p>Feather<b>stone</b>\n<p>four"
    (found,) = LOOKS["Featherstone"].search.words("page.html", "", page)
    assert found.place == "line 3"


def test_the_way_of_writing_is_told() -> None:
    (found,) = LOOKS["Featherstone"].search.words(
        "page.html", "", IN_TEXT["base64 of gzip"]("Featherstone")
    )
    assert "(gzip in base64)" in found.what
    assert "from never_show" in found.what
