"""Sites of families that a designer forgets, in several languages, give no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.helpers.audited_site import build, secrets_in
from tests.helpers.extreme_cases import EXTREMES
from vigsite.audit.audit import audit_folder
from vigsite.audit.finding import SITE
from vigsite.case.editions import Edition

USUAL = (Edition.REVIEW, Edition.KEEPSAKE)


@pytest.mark.parametrize(
    ("extreme", "language"),
    [("first-visit", "ar"), ("first-visit", "cy"), ("long-words", "en"), ("many-moments", "uk")],
)
def test_an_unusual_family_gives_no_alarm(tmp_path: Path, extreme: str, language: str) -> None:
    """A build whose audit finds anything raises; both editions are then looked at once more."""
    case = tmp_path / "cases" / "ash"
    EXTREMES[extreme](case, language)
    made = build(case, tmp_path / "sites", *USUAL)
    for edition in USUAL:
        assert audit_folder(made.site(edition), secrets_in(case, edition), SITE) == []


def test_the_demo_family_gives_no_alarm(demo_sites: Path) -> None:
    for edition in USUAL:
        secrets = secrets_in(demo_sites.parent.parent / "rowan", edition)
        assert len(secrets.secrets) > 100
        assert audit_folder(demo_sites / edition, secrets, SITE) == []
    assert (ROOT / "cases" / "rowan").is_dir()
