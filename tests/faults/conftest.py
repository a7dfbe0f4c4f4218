"""A scene for each command that makes something appear, or takes it away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import scenes
from tests.faults.forks import Forks
from tests.faults.scene import Scene
from tests.helpers.counted_films import Counted


@pytest.fixture(scope="session")
def scene_of(
    tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted], forks: Forks
) -> Callable[[str], Scene]:
    """The scene of a command, prepared once, as it was before the work."""
    made: dict[str, Scene] = {}

    def of(command: str) -> Scene:
        if command not in made:
            root = tmp_path_factory.mktemp(command) / "scene"
            made[command] = scenes.SCENES[command](root, films("25").path, forks)
        made[command].restore()
        return made[command]

    return of


@pytest.fixture
def stage(scene_of: Callable[[str], Scene]) -> Scene:
    """The scene of `build` as it was before the work, whatever the last test did to it."""
    return scene_of("build")
