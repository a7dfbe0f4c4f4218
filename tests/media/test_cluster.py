"""Other machines that encode: real Dask schedulers and workers, on this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import trustme

from tests.conftest import Vigsite
from tests.faults.ffmpegs import stub
from tests.helpers.counted_films import Counted
from tests.helpers.families import Family, family
from tests.media.clusters import IMPATIENT, Place, running, scheduler_in, until
from vigsite.files.atomic import private_folder
from vigsite.media import ffmpeg
from vigsite.media.dask_cluster import cluster_at
from vigsite.records.record import files_of

MORE = """\
  - {id: second, clip: 0:00.2 - 0:01.4, shows: [ash, dad], title: Second}
  - {id: third, clip: 0:02.0 - 0:03.6, shows: [ash, dad], title: Third}
review:
"""
Worker = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with scheduler_in(tmp_path_factory.mktemp("scheduler")) as address:
        yield address


@pytest.fixture
def worker(scheduler: str, tmp_path: Path) -> Iterator[Worker]:
    """Starts workers that die for good when they are killed."""
    with ExitStack() as stack:

        def start(**variables: str) -> subprocess.Popen[bytes]:
            own = ("--no-nanny", "--no-dashboard", "--nthreads", "1", "--local-directory")
            address = scheduler.replace("dask", "tcp")
            words = ("worker", address, *own, str(tmp_path / "worker"))
            return stack.enter_context(running(*words, **variables))

        yield start


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, films: Callable[[str], Counted]) -> Place:
    """A family with three clips and two stills."""
    root = tmp_path_factory.mktemp("place")
    made = family(root / "cases" / "ash", films("25").path)
    made.change("1-tea/cycle.yml", "review:\n", MORE)
    here = Place(root, {})
    status, said = here.done()
    assert status == 0, said
    return replace(here, sites=files_of(root / "sites"))


@pytest.fixture
def edited(place: Place) -> Iterator[Place]:
    """One of its clips is marked otherwise for a while; a build that fails keeps its sites."""
    marked = Family(place.root / "cases" / "ash")
    marked.change("1-tea/cycle.yml", "clip: 0:01.0 - 0:02.0", "clip: 0:00.8 - 0:02.0")
    yield place
    marked.change("1-tea/cycle.yml", "clip: 0:00.8 - 0:02.0", "clip: 0:01.0 - 0:02.0")
    assert files_of(place.root / "sites") == place.sites


@pytest.mark.skipif(os.name == "nt", reason="its ffmpeg is a shell script")
def test_a_worker_is_killed_midway_and_the_build_ends_the_same_to_the_byte(
    place: Place, scheduler: str, worker: Worker, tmp_path: Path
) -> None:
    """This machine's own ffmpeg only tells its version, so that all clips come from workers."""
    place.forget_clips()
    only = stub(private_folder(tmp_path / "here"), "exit 9")
    assert place.done("--out", "far", **only)[0] == 1
    began = tmp_path / "began"
    doomed = worker(**stub(tmp_path, f'touch "{began}"; exec sleep 30'))
    builds = place.build("--out", "far", "--executor", scheduler, **only)
    until(began.exists)
    worker()
    doomed.send_signal(signal.SIGKILL)
    status, said = place.ended(builds)
    assert status == 0, said
    assert files_of(place.root / "far") == place.sites


def test_a_worker_with_another_ffmpeg_is_refused(
    edited: Place, scheduler: str, worker: Worker, tmp_path: Path
) -> None:
    other = tmp_path / "ffmpeg"
    other.write_text("#!/bin/sh\necho ffmpeg version 6.1-other\n")
    other.chmod(0o755)
    worker(**{ffmpeg.NAMED_BY: str(other)})
    status, said = edited.done("--executor", scheduler)
    assert (status, said.count("\n")) == (1, 1), said
    assert "has other tools than this machine" in said
    assert "ffmpeg 6.1-other" in said


def test_nobody_works_there(edited: Place, scheduler: str) -> None:
    for address, words in (
        (scheduler, "No worker is left at tcp://127.0.0.1:"),
        ("dask://127.0.0.1:9", "No Dask scheduler can be reached at tcp://127.0.0.1:9"),
    ):
        status, said = edited.done("--executor", address, **IMPATIENT)
        assert (status, said.count("\n")) == (1, 1), said
        assert words in said


def test_a_scheduler_that_goes_away_ends_the_build_with_a_sentence(
    edited: Place, tmp_path: Path
) -> None:
    with scheduler_in(tmp_path) as address:
        builds = edited.build("--executor", address, "--verbose")
        assert builds.stdout is not None
        until(lambda: "ffmpeg" in str(builds.stdout and builds.stdout.readline()))
    status, said = edited.ended(builds)
    assert status == 1, said
    assert "The Dask scheduler at tcp://127.0.0.1:" in said
    assert "was lost midway" in said


@pytest.mark.parametrize("given", ["127.0.0.1:8786", "http://127.0.0.1:80", "dask://there"])
def test_what_is_no_address_is_told(vigsite: Vigsite, quiet: Family, given: str) -> None:
    done = vigsite("build", quiet.directory, "--executor", given)
    assert done.status == 2
    assert "expected dask://HOST:PORT" in done.err


def test_a_machines_own_encoder_is_not_for_others(vigsite: Vigsite, quiet: Family) -> None:
    done = vigsite("build", quiet.directory, "--executor", "dask://127.0.0.1:9", "--hardware")
    assert done.status == 2
    assert "--hardware is for this machine alone" in done.err


def test_without_dask_it_says_what_to_install(quiet: Family) -> None:
    hidden = "import sys; sys.modules['distributed'] = None; from vigsite.__main__ import main; "
    arguments = ["build", str(quiet.directory), "--executor", "dask://127.0.0.1:1"]
    done = subprocess.run(
        [sys.executable, "-c", f"{hidden}main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert 'pip install "vigsite[cluster]"' in done.stderr


def test_the_address_is_taken_apart() -> None:
    for given, found in (
        ("dask://10.0.0.5:8786", "tcp://10.0.0.5:8786"),
        ("tls://host:1", "tls://host:1"),
    ):
        with cluster_at(given) as cluster:
            assert cluster is not None
            assert cluster.address == found
    with cluster_at(None) as nobody:
        assert nobody is None


@pytest.mark.parametrize("seed", range(6))
def test_workers_killed_at_any_time(
    place: Place, scheduler: str, worker: Worker, soak: bool, seed: int
) -> None:
    """Real encodes; one of two workers killed at some time."""
    if not soak:
        pytest.skip("takes minutes; --soak")
    place.forget_clips()
    doomed, _ = worker(), worker()
    builds = place.build("--out", f"far-{seed}", "--executor", scheduler, "--verbose")
    assert builds.stdout is not None
    until(lambda: "ffmpeg" in str(builds.stdout and builds.stdout.readline()))
    time.sleep(Random(seed).uniform(0, 1))
    doomed.send_signal(signal.SIGKILL)
    status, said = place.ended(builds)
    assert status == 0, said
    assert files_of(place.root / f"far-{seed}") == place.sites


def test_over_tls_with_certificates_of_ones_own(place: Place, tmp_path: Path, soak: bool) -> None:
    """By Dask's own settings, the same for scheduler, worker and vigsite."""
    if not soak:
        pytest.skip("the same way through Dask as without; --soak")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        tmp_path / "own.pem"
    )
    setting = "DASK_DISTRIBUTED__COMM__"
    own = {
        f"{setting}REQUIRE_ENCRYPTION": "True",
        f"{setting}TLS__CA_FILE": str(tmp_path / "ca.pem"),
    }
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        for what in ("CERT", "KEY"):
            own[f"{setting}TLS__{role}__{what}"] = str(tmp_path / "own.pem")
    place.forget_clips()
    words = ("--no-nanny", "--no-dashboard", "--nthreads", "1", "--local-directory", str(tmp_path))
    with (
        scheduler_in(tmp_path, "tls", **own) as address,
        running("worker", address, *words, **own),
    ):
        status, said = place.done("--out", "tls", "--executor", address, **own)
        assert status == 0, said
        assert files_of(place.root / "tls") == place.sites
        plain = place.done("--out", "plain", "--draft", "--executor", address)
        assert plain[0] == 0, "all is in the cache, so that nobody is asked"
        place.forget_clips()
        status, said = place.done("--out", "stranger", "--executor", address)
        assert (status, said.count("\n")) == (1, 1), said
        assert "A tls:// address needs certificates" in said
