"""A family's sites, built once, with what must not occur in each."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.counted_films import Counted
from tests.helpers.families import Family, family
from vigsite.audit.search.search import Secrets
from vigsite.building.examine import examine
from vigsite.building.request import Watcher, Wish
from vigsite.case.consent import admit
from vigsite.case.editions import Edition
from vigsite.case.load import load_case
from vigsite.commands.build import build_case
from vigsite.media.library import Library
from vigsite.media.recipes.recipe import DRAFT
from vigsite.pages.projection import project
from vigsite.withheld.secrets import secrets_of

QUIET = Watcher(lambda _said: None, lambda _jobs: None)


@dataclass(frozen=True)
class Built:
    """A case, and the folder of its sites."""

    case: Path
    sites: Path

    def site(self, edition: Edition) -> Path:
        return self.sites / self.case.name / edition

    def secrets(self, edition: Edition) -> Secrets:
        return secrets_in(self.case, edition)


def secrets_in(case_dir: Path, edition: Edition) -> Secrets:
    """What must not occur in an edition, worked out from its files."""
    library = Library(case_dir / ".vigsite" / "recordings", case_dir / ".vigsite" / "tmp")
    examined = examine(load_case(case_dir), library, DRAFT, "9")
    assert examined.case is not None
    assert examined.report.faults == []
    admission = admit(examined.case, edition, dt.date.today())
    return secrets_of(examined.case, admission, project(examined.case, admission, examined.plan))


def build(case: Path, sites: Path, *editions: Edition, quality: str = "draft") -> Built:
    """Builds a case here and now; a finding of the audit raises."""
    build_case(case, Wish(editions or tuple(Edition), sites, quality), QUIET)
    return Built(case, sites)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]) -> Built:
    """A family of three in all editions, in the usual quality, with pictures between pictures."""
    folder = tmp_path_factory.mktemp("audited")
    case: Family = family(folder / "cases" / "ash", films("25").path)
    return build(case.directory, folder / "sites", quality="usual")


@pytest.fixture
def keepsake(built: Built, tmp_path: Path) -> Path:
    """A copy of the keepsake that a test can spoil."""
    copy = tmp_path / "keepsake"
    shutil.copytree(built.site(Edition.KEEPSAKE), copy)
    return copy
