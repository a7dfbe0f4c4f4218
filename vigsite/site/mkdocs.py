"""The one module that knows MkDocs: Markdown pages in, a folder of HTML out."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vigsite.errors import SiteError
from vigsite.pages.edition import Shown
from vigsite.pages.words import Words
from vigsite.pages.write import Page
from vigsite.resources import resource_root


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
        (docs_dir / page.uri).write_text(page.text, encoding="utf-8")
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
        config.theme["language"] = _theme_language(words, config.theme.dirs)
        config.mdx_configs["toc"] = {**config.mdx_configs.get("toc", {}), "slugify": _neutral_id}
        build(config)
    except MkDocsException as error:
        said = "; ".join(warnings.said) or str(error)
        raise SiteError(f"MkDocs could not build the pages: {said}") from error
    finally:
        logger.removeHandler(warnings)
        logger.propagate = spread


def _extra(shown: Shown, words: Words) -> dict[str, Any]:
    _ = words.translations.gettext
    return {
        "generator": False,
        "lang": words.tag,
        "dir": words.direction,
        "palette": shown.palette,
        "words": {
            "menu": _("Pages"),
            "pager": _("Before and after"),
            "unzip": _(
                "These pages look bare because they are still packed. "
                "Please unzip the whole folder first, then open index.html again."
            ),
        },
        "deck_words": {
            "moment": _("Moment {number} of {count}"),
            "help": _("Keys"),
            "close": _("Close"),
            "previous": _("Previous moment"),
            "next": _("Next moment"),
            "play": _("Play"),
            "pause": _("Pause"),
            "back": _("One frame back"),
            "on": _("One frame on"),
            "slower": _("Slower"),
            "faster": _("Faster"),
            "reveal": _("Show more"),
            "hide": _("Hide again"),
            "blank": _("Blank screen"),
            "full": _("Full screen"),
            "pages": _("Back to the pages"),
            "speed": _("Speed {speed}"),
            "frame": _("Frame {number}"),
            "film": _("Film"),
            "place": _("Place in the clip"),
            "normal": _("Normal speed"),
            "second_back": _("One second back"),
            "second_on": _("One second on"),
            "subtitles": _("Subtitles"),
            "show": _("Show the picture again"),
            "words": _("Words for this moment"),
            "first": _("First moment"),
            "last": _("Last moment"),
        },
    }


def _neutral_id(_title: str, _separator: str) -> str:
    """The id of a heading; what people type must not meet ids that the theme uses."""
    return "part"


def _theme_language(words: Words, dirs: Sequence[str]) -> str:
    """Material's name for the language; English when it has none."""
    tag = words.tag.replace("_", "-")
    for name in (tag, tag.split("-")[0]):
        if any((Path(d) / "partials" / "languages" / f"{name}.html").is_file() for d in dirs):
            return name
    return "en"
