"""The one module that knows MkDocs: Markdown pages in, a folder of HTML out."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from vigsite.errors import SiteError
from vigsite.pages.deck_words import deck_words
from vigsite.pages.markdown import Page
from vigsite.pages.shown import Shown
from vigsite.pages.words import Words
from vigsite.resources import resource_root

if TYPE_CHECKING:
    from mkdocs.theme import Theme


_ENVIRONMENTS: dict[tuple[str, ...], jinja2.Environment] = {}


class _Warnings(logging.Handler):
    """Keeps what MkDocs complains of, for the error's sentence."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def build_html(
    shown: Shown, words: Words, pages: Sequence[Page], docs_dir: Path, site_dir: Path
) -> None:
    """Writes `pages` into the empty `docs_dir` and builds them into `site_dir`.

    Raises SiteError with MkDocs' own words when it is not content.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    for page in pages:
        (docs_dir / page.uri).write_text(page.text, encoding="utf-8")  # scratch
    root = resource_root()
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    spread, logger.propagate = logger.propagate, False
    try:
        config = load_config(
            str(root / "mkdocs.yml"),
            docs_dir=str(docs_dir),
            site_dir=str(site_dir),
            site_name=shown.title,
            nav=[{page.title: page.uri} for page in pages],
            extra=_extra(shown, words),
        )
        config.theme.get_env = partial(_environment, config.theme)  # type: ignore[method-assign]
        config.mdx_configs["toc"] = {**config.mdx_configs.get("toc", {}), "slugify": _neutral_id}
        build(config)
    except MkDocsException as error:
        said = "; ".join(warnings.said) or str(error)
        raise SiteError(f"MkDocs could not build the pages: {said}") from error
    finally:
        logger.removeHandler(warnings)
        logger.propagate = spread


def _environment(theme: Theme) -> jinja2.Environment:
    """Return the theme's templates, read once a run; Material's ten thousand icons are left out."""
    dirs = tuple(theme.dirs)
    if dirs not in _ENVIRONMENTS:
        environment = type(theme).get_env(theme)
        environment.loader = _Templates(dirs)
        _ENVIRONMENTS[dirs] = environment
    return _ENVIRONMENTS[dirs]


class _Templates(jinja2.FileSystemLoader):
    """Loads templates by name, and lists none in hidden folders: MkDocs copies nothing of them."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for place, folders, names in os.walk(folder, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                here = Path(place).relative_to(folder)
                found.update((here / name).as_posix() for name in names)
        return sorted(found)


def _extra(shown: Shown, words: Words) -> dict[str, Any]:
    _ = words.translations.gettext
    return {
        "generator": False,
        "lang": words.tag,
        "dir": words.direction,
        "palette": shown.palette,
        "words": {
            "skip": _("Skip to the page"),
            "menu": _("Pages"),
            "nav": _("All pages"),
            "previous": _("Previous page"),
            "next": _("Next page"),
            "pager": _("Before and after"),
            "unzip": _(
                "These pages look bare because they are still packed. "
                "Please unzip the whole folder first, then open index.html again."
            ),
        },
        "deck_words": deck_words(words),
    }


def _neutral_id(_title: str, _separator: str) -> str:
    """The id of a heading; what people type must not meet ids that the theme uses."""
    return "part"
