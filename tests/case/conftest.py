"""A family for tests that read a case and touch no film."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.families import Family, family


@pytest.fixture
def quiet(tmp_path: Path) -> Family:
    """A family whose film is never opened."""
    film = tmp_path / "film"
    film.write_bytes(b"not looked at here")
    return family(tmp_path / "ash", film)
