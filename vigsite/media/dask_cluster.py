"""Other machines that encode: the one module that knows Dask.

A cluster is a scheduler and workers that somebody else started (`dask scheduler`, `dask worker`).
They get errands; films and clips lie on storage that all of them share.
"""

from __future__ import annotations

import contextlib
import logging
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from dataclasses import dataclass, field
from typing import Any

from vigsite.errors import InputError, MediaError, VigsiteError

_SCHEMES = {"dask": "tcp", "tcp": "tcp", "tls": "tls"}
_TALKERS = ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio")
"""Loggers that Dask sets up; we say in a sentence what is wrong."""
_LOOK_S = 1.0
"""So often it is asked whether a worker is left."""
_STAYS = "what was built before is untouched, and what is finished is kept for the next build"


@dataclass(slots=True)
class Cluster:
    """A Dask scheduler by its address; connected to when first needed."""

    address: str
    """As Dask writes it: `tcp://10.0.0.5:8786`."""
    _client: Any = None
    _looked: float = 0.0
    _seen: float = field(default_factory=time.monotonic)
    """When a worker was last seen."""

    def executor(self) -> Executor:
        """Takes what `concurrent.futures` pools take. Raises MediaError when nobody answers."""
        import distributed

        if self._client is None:
            for name in _TALKERS:
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
            warnings.filterwarnings("ignore", module="distributed")
            try:
                if self.address.startswith("tls:"):
                    security = distributed.Security()  # type: ignore[no-untyped-call]
                    _need_certificates(security)
                self._client = distributed.Client(  # type: ignore[no-untyped-call]
                    self.address, set_as_default=False
                )
            except VigsiteError:
                raise
            except Exception as error:
                raise MediaError(
                    f"No Dask scheduler can be reached at {self.address} ({_words(error)}). Start "
                    f"it with `dask scheduler`, or build without --executor; {_STAYS}."
                ) from error
        self._seen = time.monotonic()
        executor: Executor = self._client.get_executor()
        return executor

    def watch(self) -> None:
        """Raises MediaError when no worker has been left for as long as Dask waits for one."""
        now = time.monotonic()
        if now - self._looked < _LOOK_S:
            return
        self._looked = now
        if self._client.nthreads():
            self._seen = now
        elif now - self._seen > _patience_s():
            raise MediaError(
                f"No worker is left at {self.address}. Start one with `dask worker "
                f"{self.address}`, then build again; {_STAYS}."
            )

    @contextlib.contextmanager
    def explained(self) -> Iterator[None]:
        """Whatever goes wrong far away ends as a sentence: raises MediaError for it."""
        try:
            yield
        except VigsiteError:
            raise
        except CancelledError as error:
            raise MediaError(
                f"The Dask scheduler at {self.address} was lost midway. Start it again, then build "
                f"again; {_STAYS}."
            ) from error
        except Exception as error:
            raise MediaError(
                f"The workers at {self.address} could not do it ({_words(error)}). Is the same "
                f"vigsite installed for each of them? See what they say themselves; {_STAYS}."
            ) from error

    def close(self) -> None:
        """Leaves the cluster, which goes on for others."""
        if self._client is not None:
            with contextlib.suppress(Exception):
                self._client.close(timeout=5)
            self._client = None


@contextlib.contextmanager
def cluster_at(given: str | None) -> Iterator[Cluster | None]:
    """The cluster behind `--executor`, for a while; None when it was not given.

    Raises InputError when it is no such address, or Dask is not installed.
    """
    if not given:
        yield None
        return
    scheme, _, place = given.partition("://")
    host, _, port = place.rpartition(":")
    if scheme not in _SCHEMES or not host or not port.isdigit():
        raise InputError(
            f"--executor is {given!r}; expected dask://HOST:PORT (or tls://HOST:PORT), the address "
            "that `dask scheduler` shows when it starts."
        )
    try:
        import distributed  # noqa: F401  # told at once, not when films are to be cut
    except ImportError as error:
        raise InputError(
            "--executor needs Dask, which is not installed here. Install it with "
            '`pip install "vigsite[cluster]"`, or build without --executor.'
        ) from error
    cluster = Cluster(f"{_SCHEMES[scheme]}://{place}")
    try:
        yield cluster
    finally:
        cluster.close()


def _need_certificates(security: Any) -> None:
    if security.get_connection_args("client").get("ssl_context") is None:
        raise MediaError(
            "A tls:// address needs certificates, and Dask's settings here name none "
            f"(distributed.comm.tls, see docs/cluster.md); {_STAYS}."
        )


def _patience_s() -> float:
    """Dask's own setting: how long a connection may take."""
    import dask
    from dask.utils import parse_timedelta

    return float(parse_timedelta(dask.config.get("distributed.comm.timeouts.connect")))


def _words(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
