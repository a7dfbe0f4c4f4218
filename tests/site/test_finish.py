"""After MkDocs: unused files go, and every page carries a policy that fits it."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from vigsite.site.finish import finish

PAGE = '<!doctype html><html><head>\n<meta charset="utf-8">\n<link rel="stylesheet" href="a.css">\n{}</head></html>'


def test_only_what_a_page_uses_stays(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE.format('<script src="js/used.js"></script>'))
    (tmp_path / "a.css").write_text("@font-face { src: url(font.woff2) }")
    (tmp_path / "js").mkdir()
    (tmp_path / "unused").mkdir()
    kept = {"index.html", "a.css", "font.woff2", "js/used.js", "LICENSE-font.txt"}
    gone = {"js/bundle.js", "unused.css", "unused/x.js", "404.html", "sitemap.xml", "x.map"}
    for name in (kept | gone) - {"index.html", "a.css"}:
        (tmp_path / name).write_text("x")
    finish(tmp_path)
    assert {f.relative_to(tmp_path).as_posix() for f in tmp_path.rglob("*") if f.is_file()} == kept
    assert not (tmp_path / "unused").exists()


def test_inline_scripts_are_allowed_by_their_hash_alone(tmp_path: Path) -> None:
    code = "document.title = 'x'"
    (tmp_path / "index.html").write_text(PAGE.format(f"<script>{code}</script>"))
    (tmp_path / "a.css").write_text("")
    finish(tmp_path)
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    text = (tmp_path / "index.html").read_text()
    assert f"script-src 'self' 'sha256-{digest}';" in text
    assert "'unsafe-inline'" not in text
