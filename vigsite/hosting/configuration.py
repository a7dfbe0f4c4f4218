"""The server's configuration, as text; nothing here reads or writes."""

from __future__ import annotations

import base64
import re
import string
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from vigsite.hosting.headers import COOKIE, COOKIE_ATTRIBUTES, HEADERS, TYPES
from vigsite.hosting.settings import USER, Server, Settings

_ITSELF = "127.0.0.119"
"""From where nginx asks itself, so that its limit for one address leaves that out."""
_BASE64 = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
TEMPLATES = Path(__file__).parent / "templates"


def configuration_of(settings: Settings) -> dict[str, str]:
    """Return the files of a server's configuration: their paths in its folder, and their text."""
    match settings.server:
        case Server.NGINX:
            return {
                "nginx/vigsite.conf": nginx_families(settings),
                "nginx/strangers.conf": nginx_strangers(settings),
            }
        case Server.CADDY:
            return {
                "caddy/Caddyfile": caddyfile(settings, newer=False),
                "caddy/Caddyfile-2.8": caddyfile(settings, newer=True),
            }


def readme_of(settings: Settings) -> str:
    """Return README.txt: what goes where, in plain words."""
    return _written("README.txt.j2", settings, nginx=settings.server is Server.NGINX)


def nginx_families(settings: Settings) -> str:
    """`nginx/vigsite.conf`: everything about families, whoever they are."""
    return _written("nginx.conf.j2", settings, domain=re.escape(settings.domain), itself=_ITSELF)


def nginx_strangers(settings: Settings) -> str:
    """`nginx/strangers.conf`: what unknown hosts get."""
    return _written("strangers.conf.j2", settings)


def caddyfile(settings: Settings, *, newer: bool) -> str:
    """`caddy/Caddyfile`, or with the names that Caddy uses since 2.8, `caddy/Caddyfile-2.8`."""
    return _written(
        "Caddyfile.j2",
        settings,
        newer=newer,
        name="Caddyfile-2.8" if newer else "Caddyfile",
        versions="2.8 or newer" if newer else "2.6 or 2.7",
        basic="basic_auth" if newer else "basicauth",
        arg=[f"{{args[{n}]}}" if newer else f"{{args.{n}}}" for n in range(3)],
        user=USER,
        known_as=_begin_of(f"{USER}:"),
    )


def _begin_of(said: str) -> str:
    """How the base64 of anything begins that begins with `said`, as a regular expression.

    The bits of `said` that share a letter with what follows leave that letter's first ones open.
    """
    whole = base64.b64encode(said.encode()).decode().rstrip("=")
    if len(said.encode()) % 3 == 0:
        return re.escape(whole)
    known = _BASE64.index(whole[-1])
    open_bits = {1: 4, 2: 2}[len(said.encode()) % 3]
    last = _BASE64[known : known + (1 << open_bits)]
    return f"{re.escape(whole[:-1])}[{re.escape(last)}]"


def _written(template: str, settings: Settings, **more: Any) -> str:
    port = "" if settings.https_port == 443 else f":{settings.https_port}"
    same = {"headers": HEADERS, "types": TYPES, "cookie": COOKIE, "attributes": COOKIE_ATTRIBUTES}
    return _environment().get_template(template).render(s=settings, port=port, **same, **more)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # configurations are no HTML; settings.py lets nothing odd in
    )
