"""The server that families are hosted on, as far as its configuration must know it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from vigsite.errors import InputError

USER = "family"
"""The one user name: a passphrase says enough, and a name would be one more thing to mistype."""

_DOMAIN = re.compile(r"(?=.{4,200}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]*[a-z0-9])+")
_PATH = re.compile(r"/[A-Za-z0-9._/-]+")


@dataclass(frozen=True, slots=True)
class ServerTraits:
    """In what one kind of server differs from the others."""

    called: str
    account: str
    """The user that it runs as on Debian, who must read the folder."""
    hash_begins: str
    """How a hash of bcrypt, `$2b$` to us, must begin for it to know it."""
    opens_by_line: bool
    """Whether a line for each family opens its site until a second; else a file in a folder for
    each day of access."""
    gets_certificates: bool
    """Whether it can get a certificate for each host by itself."""
    after_changes: str = ""
    """The command that tells it that its configuration changed, where it must be told."""
    after_copies: str = ""
    """What has to be done on it after each copy of the folder, besides."""


class Server(StrEnum):
    """A server whose configuration is written."""

    NGINX = "nginx"
    CADDY = "caddy"

    @property
    def traits(self) -> ServerTraits:
        """In what it differs from the others."""
        return _TRAITS[self]


_TRAITS = {
    Server.NGINX: ServerTraits(
        called="nginx",
        account="www-data",
        hash_begins="$2y$",
        opens_by_line=False,
        gets_certificates=False,
        after_changes="sudo nginx -t && sudo systemctl reload nginx",
    ),
    Server.CADDY: ServerTraits(
        called="Caddy",
        account="caddy",
        hash_begins="$2a$",
        opens_by_line=True,
        gets_certificates=True,
        after_copies="restart Caddy",
    ),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What is the same for every family of a folder."""

    server: Server
    domain: str
    """Each family gets a host name of its own below it."""
    folder: str = "/srv/vigsite"
    """Where `server/` lies on the server."""
    certificate: str = "/etc/vigsite/tls/fullchain.pem"
    """For every host below the domain; with Caddy, `auto` lets it get one for each host."""
    key: str = "/etc/vigsite/tls/privkey.pem"
    https_port: int = 443
    http_port: int = 80

    def __post_init__(self) -> None:
        object.__setattr__(self, "server", Server(self.server))  # typed, it is text
        if not _DOMAIN.fullmatch(self.domain):
            raise InputError(
                f"--domain {self.domain} is no domain: write one in small letters, such as "
                "films.example.org (other scripts as xn--…)."
            )
        automatic = self.server.traits.gets_certificates and self.certificate == "auto"
        paths = {"--server-folder": self.folder}
        if not automatic:
            paths |= {"--certificate": self.certificate, "--key": self.key}
        for option, path in paths.items():
            if not _PATH.fullmatch(path) or ".." in PurePosixPath(path).parts:
                raise InputError(
                    f"{option} {path} is no path on a server: write it from the root, of letters, "
                    "digits, dots, hyphens and underscores, such as /srv/vigsite."
                )

    def host(self, slug: str) -> str:
        """A family's host name."""
        return f"{slug}.{self.domain}"

    def address(self, slug: str) -> str:
        """What a family types."""
        port = "" if self.https_port == 443 else f":{self.https_port}"
        return f"https://{self.host(slug)}{port}/"
