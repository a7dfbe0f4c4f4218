"""Other machines that encode: real Dask schedulers and workers, on this one."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
import trustme

from tests.conftest import Vigsite
from tests.families import Family, family
from tests.films import Counted
from vigsite.case.timecode import Span
from vigsite.errors import MediaError, ProcessError, VigsiteError
from vigsite.media import ffmpeg
from vigsite.media.cache import Cache
from vigsite.media.cluster import cluster_at
from vigsite.media.errand import Errand
from vigsite.media.far import run_far, tools
from vigsite.media.library import Library
from vigsite.media.recipe import DRAFT, clip_recipe
from vigsite.media.shape import Look
from vigsite.records import files_of

PATIENT = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s"}
"""How long a build waits for a scheduler or a worker: Dask's own setting."""
MORE = """\
  - {id: second, clip: 0:00.2 - 0:01.4, shows: [ash, dad], title: Second}
  - {id: third, clip: 0:02.0 - 0:03.6, shows: [ash, dad], title: Third}
review:
"""
Worker = Callable[..., subprocess.Popen[bytes]]


@contextmanager
def running(*words: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Dask program, ended at the end."""
    started = subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def until(there: Callable[[], bool]) -> None:
    """Waits for something that surely comes, however busy the machine is."""
    give_up = time.monotonic() + 120
    while not there():
        assert time.monotonic() < give_up
        time.sleep(0.05)


@contextmanager
def scheduler_in(folder: Path, scheme: str = "tcp", **variables: str) -> Iterator[str]:
    """A scheduler's address, as vigsite is given it."""
    told = folder / "scheduler.json"
    own = ("--host", f"{scheme}://127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter")
    with running("scheduler", *own, "--scheduler-file", str(told), **variables):
        until(lambda: told.exists() and '"address"' in told.read_text())
        address = told.read_text().partition(f'"address": "{scheme}://')[2].partition('"')[0]
        yield f"{'dask' if scheme == 'tcp' else scheme}://{address}"


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


@dataclass(frozen=True)
class Place:
    """A folder with a case and its sites, built at home."""

    root: Path
    sites: dict[str, str]

    def build(self, *more: str, **variables: str) -> subprocess.Popen[str]:
        """A build in draft quality that has begun."""
        return subprocess.Popen(
            [sys.executable, "-m", "vigsite", "build", "cases/ash", "--draft", *more],
            cwd=self.root,
            env={**os.environ, **PATIENT, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def done(self, *more: str, **variables: str) -> tuple[int, str]:
        """Status and words of a build."""
        builds = self.build(*more, **variables)
        return self.ended(builds)

    def ended(self, builds: subprocess.Popen[str]) -> tuple[int, str]:
        """Its status and words; whatever happened, no temporary file is left."""
        said, _ = builds.communicate(timeout=240)
        assert "Traceback" not in said, said
        assert not list(self.scratch.iterdir())
        return builds.returncode, said

    @property
    def scratch(self) -> Path:
        return self.root / "cases/ash/.vigsite/tmp"

    def forget_clips(self) -> None:
        """So that all are made anew."""
        shutil.rmtree(self.root / "cases/ash/.vigsite/cache")


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


def lying(folder: Path, body: str) -> dict[str, str]:
    """The environment of a program whose ffmpeg does something else first."""
    program = folder / f"ffmpeg-{len(list(folder.glob('ffmpeg-*')))}"
    program.write_text(f'#!/bin/sh\n{body}\nexec "{ffmpeg.program()}" "$@"\n')
    program.chmod(0o755)
    return {ffmpeg.NAMED_BY: str(program)}


@pytest.mark.skipif(os.name == "nt", reason="its ffmpeg is a shell script")
def test_a_worker_is_killed_midway_and_the_build_ends_the_same_to_the_byte(
    place: Place, scheduler: str, worker: Worker, tmp_path: Path
) -> None:
    """This machine's own ffmpeg only tells its version, so that all clips come from workers."""
    place.forget_clips()
    only = lying(tmp_path, 'case "$*" in *version*) ;; *) exit 9;; esac')
    assert place.done("--out", "far", **only)[0] == 1
    began = tmp_path / "began"
    hangs = f'case "$*" in *version*) ;; *) touch "{began}"; exec sleep 30;; esac'
    doomed = worker(**lying(tmp_path, hangs))
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
    worker(**lying(tmp_path, 'case "$*" in *version*) echo ffmpeg version 6.1-other; exit;; esac'))
    status, said = edited.done("--executor", scheduler)
    assert (status, said.count("\n")) == (1, 1), said
    assert "has other tools than this machine" in said
    assert "ffmpeg 6.1-other" in said


def test_nobody_works_there(edited: Place, scheduler: str) -> None:
    for address, words in (
        (scheduler, "No worker is left at tcp://127.0.0.1:"),
        ("dask://127.0.0.1:9", "No Dask scheduler can be reached at tcp://127.0.0.1:9"),
    ):
        status, said = edited.done("--executor", address)
        assert (status, said.count("\n")) == (1, 1), said
        assert words in said


def test_a_scheduler_that_goes_away_ends_the_build_with_a_sentence(
    edited: Place, tmp_path: Path
) -> None:
    patient = {**PATIENT, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s"}
    with scheduler_in(tmp_path) as address:
        builds = edited.build("--executor", address, "--verbose", **patient)
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


@pytest.fixture
def errand(films: Callable[[str], Counted], tmp_path: Path) -> Errand:
    film = films("25").path
    library = Library(tmp_path / "library", tmp_path / "tmp", keep=False)
    recording = library.probe(film)
    recipe = clip_recipe(recording, recording.cut(Span(1000, 1400)), Look(), DRAFT)
    bench = tmp_path / "tmp" / "bench"
    bench.mkdir(parents=True)
    sha = library.hash_of(film)
    return Errand("a" * 64, recipe, film, sha, "the clip", tmp_path / "cache", bench)


def test_an_errand_goes_through_a_wire_and_is_done_twice_without_harm(errand: Errand) -> None:
    errand = pickle.loads(pickle.dumps(errand))
    run_far(errand, tools())
    once = files_of(errand.cache)
    run_far(errand, tools())
    assert files_of(errand.cache) == once
    assert Cache(errand.cache).find(errand.key, errand.recipe.names)
    assert not list(errand.bench.iterdir())


def test_a_worker_that_comes_too_late_leaves_nothing(errand: Errand) -> None:
    """Its build is over, and what it was to make may have been withdrawn since."""
    errand.bench.rmdir()
    with pytest.raises(MediaError, match="same path"):
        run_far(errand, tools())
    assert not errand.cache.exists()
    assert not errand.bench.exists()


@pytest.mark.skipif(os.name == "nt", reason="its ffmpeg is a shell script")
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_whose_build_ends_meanwhile_leaves_nothing(
    errand: Errand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    ends = f'mv "{errand.bench}" "{tmp_path}/gone"'
    first = f'"{ffmpeg.program()}" "$@"; {ends}; exit 0' if when == "after" else ends
    own = lying(tmp_path, f'case "$*" in *version*) ;; *) {first};; esac')
    monkeypatch.setenv(ffmpeg.NAMED_BY, own[ffmpeg.NAMED_BY])
    with pytest.raises(VigsiteError):
        run_far(errand, tools())
    assert not errand.cache.exists()
    assert not errand.bench.exists()


def test_a_worker_that_sees_another_film_refuses(errand: Errand) -> None:
    with pytest.raises(MediaError, match=r"sees another .*\.mp4"):
        run_far(replace(errand, sha256="0" * 64), tools())
    with pytest.raises(MediaError, match=r"Could not use .*gone"):
        run_far(replace(errand, recording=errand.bench / "gone.mp4"), tools())
    assert not errand.cache.exists()


def test_an_error_of_ffmpeg_goes_through_a_wire() -> None:
    error = ProcessError("Could not cut it", ["ffmpeg"], 9, "one\ntwo", overstepped=True)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code, again.last_lines) == (str(error), 9, ["one", "two"])
    assert again.overstepped


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
