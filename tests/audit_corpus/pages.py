"""Pages that reach out of the site, run something, or tell of the computer that made them."""

from __future__ import annotations

from pathlib import Path

from tests.audit_corpus.planting import PAGE, Built, Plant, change, into_page, new_file

_FAR = "https://far.example"
_IN_PAGE = {
    "picture from afar": f'<img alt="" src="{_FAR}/a.png">',
    "picture, no scheme": '<img alt="" src="//far.example/a.png">',
    "picture, back slashes": '<img alt="" src="\\\\far.example\\a.png">',
    "picture, entity in the scheme": '<img alt="" src="&#104;ttps://far.example/a.png">',
    "picture, unquoted": f"<img alt=x src={_FAR}/a.png>",
    "picture, tab in the scheme": '<img alt="" src="ht\ttps://far.example/a.png">',
    "srcset": f'<img alt="" src="media/cycle-1-moment-2-640.jpg" srcset="{_FAR}/a.png 2x">',
    "poster": f'<video poster="{_FAR}/a.png"></video>',
    "track": f'<video><track src="{_FAR}/a.vtt"></video>',
    "script": f'<script src="{_FAR}/a.js"></script>',
    "frame": f'<iframe src="{_FAR}"></iframe>',
    "frame with its page": "<iframe srcdoc='&lt;img src=//far.example/a.png&gt;'></iframe>",
    "object": f'<object data="{_FAR}/a.swf"></object>',
    "embed": f'<embed src="{_FAR}/a.pdf">',
    "link to elsewhere": f'<a href="{_FAR}">More</a>',
    "ping": f'<a href="index.html" ping="{_FAR}">More</a>',
    "preconnect": f'<link rel="preconnect" href="{_FAR}">',
    "dns-prefetch": '<link rel="dns-prefetch" href="//far.example">',
    "web manifest": f'<link rel="manifest" href="{_FAR}/m.json">',
    "form": f'<form action="{_FAR}"><button>Send</button></form>',
    "form on a button": f'<button formaction="{_FAR}">Send</button>',
    "refresh": f'<meta http-equiv="refresh" content="0; url={_FAR}">',
    "base": f'<base href="{_FAR}/">',
    "style's url": f"<p style=\"background: url('{_FAR}/a.png')\">Ash</p>",
    "SVG use": f'<svg><use href="{_FAR}/a.svg#b"></use></svg>',
    "SVG image": f'<svg><image xlink:href="{_FAR}/a.png"></image></svg>',
    "ftp": '<a href="ftp://far.example/a">More</a>',
    "web socket": '<p data-x="wss://far.example/live">Ash</p>',
    "javascript link": '<a href="javascript:alert(1)">More</a>',
    "javascript link, hidden": '<a href="java&#10;script:alert(1)">More</a>',
    "handler": '<p onclick="alert(1)">Ash</p>',
    "handler, capitals and slash": "<svg/ONLOAD=alert(1)></svg>",
    "script in the page": "<script>alert(1)</script>",
    "path of a home": "<p data-x='/home/jo/cases/ash/case.yml'>Ash</p>",
    "path of a Mac": "<!-- /Users/jo.doe/Documents/cases -->",
    "path of Windows": "<!-- C:\\Users\\Jo Doe\\cases\\ash -->",
    "path of Windows, slashes": "<!-- c:/Users/jo/cases/ash -->",
    "path of a share": "<!-- \\\\fileserver\\cases\\ash -->",
    "path as an address": '<a href="file:///tmp/cases/ash">More</a>',
    "temporary path": "<!-- /tmp/vigsite-abc123/stage -->",
    "build date": "<!-- Built 2026-11-26T21:03:11Z -->",
    "build date in meta": '<meta name="date" content="2026-11-26 21:03:11">',
}


def _without_policy(copy: Path, built: Built) -> str:
    change(copy / PAGE, '<meta http-equiv="Content-Security-Policy"', '<meta name="none"')
    return PAGE


def _loose_policy(copy: Path, built: Built) -> str:
    change(copy / PAGE, "img-src 'self' data:", "img-src *")
    return PAGE


def _unsafe_policy(copy: Path, built: Built) -> str:
    change(copy / PAGE, "script-src 'self'", "script-src 'self' 'unsafe-inline'")
    return PAGE


_STYLES, _ICON = "assets/vig/pages.css", "assets/vig/icon.svg"

PLANTS = [
    *(Plant(kind, into_page(html), knows=False) for kind, html in _IN_PAGE.items()),
    Plant("no policy", _without_policy, knows=False),
    Plant("loose policy", _loose_policy, knows=False),
    Plant("unsafe policy", _unsafe_policy, knows=False),
    Plant("style's import", new_file(_STYLES, f'@import "{_FAR}/a.css";'.encode()), knows=False),
    Plant("style's url, escaped", new_file(_STYLES, b"i{background:url(\\68ttps://far.example/a)}"), knows=False),
    Plant("style's image-set", new_file(_STYLES, b'i{background:image-set("//far.example/a" 1x)}'), knows=False),
    Plant("icon that runs", new_file(_ICON, b"<svg onload='alert(1)'></svg>"), knows=False),
    Plant("source map's address", new_file(_STYLES, b"/*# sourceMappingURL=pages.css.map */"), knows=False),
]  # fmt: skip
