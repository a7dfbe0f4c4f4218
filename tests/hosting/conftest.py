"""Two small families, hosted by the real command's steps, for the real nginx and the real Caddy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import need
from tests.helpers.counted_films import Counted, run_ffmpeg
from tests.helpers.families import Family, as_another_family, family
from tests.hosting.servers import (
    DOMAIN,
    Certificates,
    Serving,
    caddy,
    certificates,
    free_ports,
    nginx,
    there,
)
from vigsite.building.host_request import Access, Order, Watch
from vigsite.building.request import Built, Watcher, Wish
from vigsite.commands.build import build_case
from vigsite.commands.host import host
from vigsite.errors import VigsiteError
from vigsite.hosting.checks.client import Place
from vigsite.hosting.checks.target import Other, Target
from vigsite.hosting.families import Register
from vigsite.hosting.folder import Tree

NAMES = ("ash", "elm")


def today() -> dt.date:
    return dt.date.today()


def days_on(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


@dataclass
class Hosting:
    """A folder for a server, and what its families were told."""

    cases: Path
    out: Path
    settings: dict[str, str | int]
    words: dict[str, str] = field(default_factory=dict)
    """Passphrases, as they were handed over."""
    said: list[str] = field(default_factory=list)
    failures: list[VigsiteError] = field(default_factory=list)
    given: list[Access] = field(default_factory=list)

    @property
    def tree(self) -> Tree:
        return Tree(self.out)

    def slug(self, name: str) -> str:
        return self.register.families[name].slug

    register: Register = field(init=False)

    def run(self, *names: str, until: int = 30, **more: object) -> list[Access]:
        """Hosts these families; gives what they have now, and fails when one could not be."""
        order = Order(
            self.out,
            tuple(self.cases / name for name in names),
            until=days_on(until) if names else None,
            settings=self.settings,
            wish=Wish(quality="draft"),
            **more,  # type: ignore[arg-type]  # fields of Order
        )
        self.said, self.failures, self.given = [], [], []
        self.register = host(order, Watch(_build, self.said.append, self._failed, self._handed))
        return self.given

    def _handed(self, access: Access) -> None:
        self.given.append(access)
        if access.passphrase:
            self.words[access.name] = access.passphrase

    def _failed(self, _case: Path, error: VigsiteError) -> None:
        self.failures.append(error)

    def target(self, name: str, port: int, http_port: int, **more: object) -> Target:
        """What host-check asks of one family, with the other one's passphrase beside."""
        other = next(other for other in NAMES if other != name)
        place = Place(
            f"{self.slug(name)}.{DOMAIN}",
            port,
            http_port,
            "127.0.0.1",
            str(Path(str(self.settings["certificate"])).parent / "ca.pem"),
        )
        beside = Other(f"{self.slug(other)}.{DOMAIN}", ("family", self.words[other]))
        return Target(place, ("family", self.words[name]), beside, **more)  # type: ignore[arg-type]  # fields of Target


def _build(case: Path, wish: Wish) -> Built:
    return build_case(case, wish, Watcher(lambda _: None, lambda _: None))


def agreed(of: Family) -> Family:
    """Dad and Ash agree to hosting, too; Nan does not."""
    for person in ("dad", "ash"):
        line = f"{{person: {person}, for: [hosting], given: 2026-01-06}}"
        of.change("case.yml", "consent:\n", f"consent:\n  - {line}\n")
    return of


@pytest.fixture(scope="session")
def hosted_cases(tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]) -> Path:
    """The cases of two families that agreed, each with its own film; their clips are cut once."""
    folder = tmp_path_factory.mktemp("cases")
    run_ffmpeg("-i", str(films("25").path), "-vf", "negate", str(folder / "other.mp4"))
    for name, film in zip(NAMES, (films("25").path, folder / "other.mp4"), strict=True):
        made = agreed(family(folder / name, film))
        made.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:00.1 - 0:02.8")
        _build(made.directory, Wish(quality="draft", out=folder / "sites"))
        as_another_family(made.directory)
    return folder


@pytest.fixture(scope="session")
def certs(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("tls"))


def settings_for(server: str, out: Path, certs: Certificates) -> dict[str, str | int]:
    port, http_port = free_ports(2)
    return {
        "server": server,
        "domain": DOMAIN,
        "folder": str(out / "server"),
        "certificate": str(certs.chain),
        "key": str(certs.key),
        "https_port": port,
        "http_port": http_port,
    }


@pytest.fixture(scope="session")
def for_nginx(
    tmp_path_factory: pytest.TempPathFactory, hosted_cases: Path, certs: Certificates
) -> Hosting:
    """Both families, ready for nginx."""
    need("nginx", there("nginx"))
    out = tmp_path_factory.mktemp("nginx") / "web"
    hosting = Hosting(hosted_cases, out, settings_for("nginx", out, certs))
    hosting.run(*NAMES)
    assert not hosting.failures
    return hosting


@pytest.fixture(scope="session")
def for_caddy(
    tmp_path_factory: pytest.TempPathFactory, hosted_cases: Path, certs: Certificates
) -> Hosting:
    """Both families, ready for Caddy."""
    need("Caddy", there("caddy"))
    out = tmp_path_factory.mktemp("caddy") / "web"
    hosting = Hosting(hosted_cases, out, settings_for("caddy", out, certs))
    hosting.run(*NAMES)
    assert not hosting.failures
    return hosting


def confs(hosting: Hosting) -> dict[str, str]:
    """nginx's files of configuration, as they were written."""
    return {path.name: path.read_text() for path in sorted(hosting.tree.nginx.parent.iterdir())}


def ports(hosting: Hosting) -> tuple[int, int]:
    return int(hosting.settings["https_port"]), int(hosting.settings["http_port"])


@pytest.fixture(scope="session")
def nginx_running(
    for_nginx: Hosting, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    with nginx(confs(for_nginx), tmp_path_factory.mktemp("run"), *ports(for_nginx)) as serving:
        yield serving


@pytest.fixture(scope="session")
def caddy_running(
    for_caddy: Hosting, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    home = tmp_path_factory.mktemp("run")
    with caddy(for_caddy.tree.caddy / "Caddyfile", home, *ports(for_caddy)) as serving:
        yield serving
