"""Writes the server's configuration and the plain words beside it, when they changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vigsite.files.atomic import private_folder, write_whole
from vigsite.hosting.configuration import configuration_of, readme_of
from vigsite.hosting.folder import Tree
from vigsite.hosting.settings import Settings


def write_configuration(tree: Tree, settings: Settings) -> Iterator[str]:
    """Writes what differs from what is there; yields a sentence when the server must be told."""
    if settings.server.traits.opens_by_line:
        private_folder(tree.line("x").parent)
    texts = {tree.server / name: text for name, text in configuration_of(settings).items()}
    changed = [path for path, text in texts.items() if _differs(path, text)]
    private_folder(tree.sites)
    for path in changed:
        write_whole(path, texts[path])
    readme = readme_of(settings)
    if _differs(tree.readme, readme):
        write_whole(tree.readme, readme)
    traits = settings.server.traits
    if changed and traits.after_changes:
        yield (
            f"The configuration of {traits.called} changed: after copying, run on the server: "
            f"{traits.after_changes}"
        )


def _differs(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() != text.encode("utf-8")
    except FileNotFoundError:
        return True
