"""One scene for all faults, and the option for full counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.scene import Scene, scene
from tests.films import Counted


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]) -> Scene:
    return scene(tmp_path_factory.mktemp("faults") / "scene", films("25").path)


@pytest.fixture
def stage(_built: Scene) -> Scene:
    """The scene as it was before the work, whatever the last test did to it."""
    _built.restore()
    return _built
