"""Writes the server's configuration and the plain words beside it, when they changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jinja2

from vigsite.files.atomic import private_folder, write_whole
from vigsite.hosting.configuration import TEMPLATES, caddyfile, nginx_families, nginx_strangers
from vigsite.hosting.folder import Tree
from vigsite.hosting.settings import Server, Settings


def write_configuration(tree: Tree, settings: Settings) -> Iterator[str]:
    """Writes what differs from what is there; yields a sentence when the server must be told."""
    if settings.server is Server.NGINX:
        texts = {
            tree.nginx: nginx_families(settings),
            tree.nginx.with_name("strangers.conf"): nginx_strangers(settings),
        }
    else:
        private_folder(tree.line("x").parent)
        texts = {
            tree.caddy / "Caddyfile": caddyfile(settings, newer=False),
            tree.caddy / "Caddyfile-2.8": caddyfile(settings, newer=True),
        }
    changed = [path for path, text in texts.items() if _differs(path, text)]
    private_folder(tree.sites)
    for path in changed:
        write_whole(path, texts[path])
    readme = _readme(settings)
    if _differs(tree.readme, readme):
        write_whole(tree.readme, readme)
    if changed and settings.server is Server.NGINX:
        yield (
            "The configuration of nginx changed: after copying, run on the server: "
            "sudo nginx -t && sudo systemctl reload nginx"
        )


def _differs(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() != text.encode("utf-8")
    except FileNotFoundError:
        return True


def _readme(settings: Settings) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # plain text
    )
    return environment.get_template("README.txt.j2").render(
        s=settings, nginx=settings.server is Server.NGINX
    )
