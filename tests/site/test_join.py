"""Small styles and scripts become one file each, in order, without their comments."""

from __future__ import annotations

from pathlib import Path

from vigsite.site.join import join

PAGE = """<head>
<link rel="stylesheet" href="a/one.css" data-into="all">
<link rel="stylesheet" href="a/two.css" data-into="all">
<link rel="stylesheet" href="a/alone.css">
</head>
<script src="a/one.js" data-into="all" defer></script>
<script src="a/two.js" data-into="all" defer></script>
"""
JOINED = """<head>
<link rel="stylesheet" href="a/all.css">
<link rel="stylesheet" href="a/alone.css">
</head>
<script src="a/all.js" defer></script>
"""


def test_what_belongs_together_is_joined_in_order_without_comments(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("index.html", "other.html"):
        (tmp_path / name).write_text(PAGE)
    (tmp_path / "a/one.css").write_text("/* One:\n   words. */\np { color: red; /* why */ }\n")
    (tmp_path / "a/two.css").write_text("p { color: blue; }\n")
    (tmp_path / "a/one.js").write_text(
        "'use strict';\n/** @type {x} */\nlet a = 1; // so\n  // no\n"
    )
    (tmp_path / "a/two.js").write_text("'use strict';\nlet b = 'https://x';\n")
    join(tmp_path)
    assert (tmp_path / "index.html").read_text() == JOINED
    assert (tmp_path / "other.html").read_text() == JOINED
    css, js = ((tmp_path / f"a/all.{kind}").read_text() for kind in ("css", "js"))
    assert css == "p { color: red; /* why */ }\n\np { color: blue; }\n"
    assert js == "'use strict';\nlet a = 1; // so\n\n'use strict';\nlet b = 'https://x';\n"
