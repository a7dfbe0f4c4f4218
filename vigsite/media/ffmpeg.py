"""The one module that starts ffmpeg: finds the program, runs it, watches it, stops it."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from vigsite.errors import Cancelled, MediaError, ProcessError

NAMED_BY = "VIGSITE_FFMPEG"
"""Environment variable that names another ffmpeg than the one that came with pip."""

Progress = Callable[[int], None]
"""Is told how many milliseconds of the output are done."""


class Stop:
    """Lets one thread end every ffmpeg that others wait for."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()

    @property
    def asked(self) -> bool:
        """Whether everything is to end."""
        return self._asked.is_set()

    def now(self) -> None:
        """Ends every running process, and every one that would start later."""
        self._asked.set()
        with self._lock:
            for process in self._running:
                process.kill()

    def watch(self, process: subprocess.Popen[str]) -> None:
        """Counts a process in; ends it at once when everything is to end."""
        with self._lock:
            self._running.add(process)
            if self.asked:
                process.kill()

    def forget(self, process: subprocess.Popen[str]) -> None:
        """Counts a process out."""
        with self._lock:
            self._running.discard(process)


def program() -> str:
    """Path of the ffmpeg to use. Raises MediaError with what to do when there is none."""
    if named := os.environ.get(NAMED_BY):
        found = shutil.which(named)
        if found is None:
            raise MediaError(
                f"{NAMED_BY} names {named!r}, but no such program is there. "
                "Correct it, or take it away to use the one that came with vigsite."
            )
        return found
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise MediaError(
            "No ffmpeg is there to cut films with. Install it with `pip install "
            f"--force-reinstall imageio-ffmpeg`, or name one in {NAMED_BY}."
        ) from error


@lru_cache(maxsize=4)
def version(path: str) -> str:
    """What an ffmpeg calls itself: `9.0.2-static`. Raises MediaError when it does not answer."""
    try:
        answer = subprocess.run(
            [path, "-nostdin", "-version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MediaError(f"{path} does not answer as ffmpeg; see `vigsite doctor`.") from error
    match = re.match(r"ffmpeg version (\S+)", answer.stdout)
    if match is None:
        raise MediaError(f"{path} does not answer as ffmpeg; see `vigsite doctor`.")
    return match[1]


def listed(path: str, what: str) -> str:
    """What `ffmpeg -WHAT` lists, such as `filters` or `encoders`."""
    answer = subprocess.run(
        [path, "-nostdin", "-hide_banner", f"-{what}"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    return answer.stdout


def about(path: str, film: Path, options: Sequence[str]) -> str:
    """What ffmpeg says of a film that it opens with these options; it writes nothing.

    Empty when it does not answer.
    """
    command = [path, "-nostdin", "-hide_banner", "-nostats", *options, "-i", str(film.absolute())]
    try:
        answer = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stderr


def pasteable(arguments: Sequence[str], path: str) -> str:
    """The command as it can be pasted into a shell."""
    return shlex.join([path, *arguments])


@dataclass(frozen=True, slots=True)
class Limits:
    """What one ffmpeg may take before it is ended. Damaged films make some run without end."""

    time_s: float
    still_s: float = 180
    """Without any progress."""
    memory_bytes: int = 4_000_000_000
    """Of its own. A film of 4K in high dynamic range needs 1.2 GB."""
    output_bytes: int = 8_000_000_000
    """In its folder."""


def run(
    arguments: Sequence[str],
    what: str,
    folder: Path,
    stop: Stop,
    limits: Limits,
    progress: Progress | None = None,
) -> str:
    """Runs ffmpeg in `folder` until it ends; returns what it said.

    `what` starts the sentence of the error: ``Could not cut the clip``. Raises ProcessError when
    it fails or oversteps a limit, Cancelled when `stop` was asked for.
    """
    command = [program(), *arguments]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        stop.watch(process)
        guard = _Guard(process, folder, limits)
        said: list[str] = []
        assert process.stderr is not None
        assert process.stdout is not None
        listener = threading.Thread(target=_listen, args=(process.stderr, said), daemon=True)
        listener.start()
        guard.start()
        try:
            for line in process.stdout:
                guard.see(line)
                _tell(line, progress)
            code = process.wait()
        finally:
            guard.done.set()
            if process.poll() is None:
                process.kill()
            listener.join(timeout=5)
            stop.forget(process)
    if stop.asked:
        raise Cancelled("Stopped; what was built before is untouched.")
    words = "".join(said)
    if guard.why:
        why = f"{what}: ffmpeg {guard.why} and was ended"
        raise ProcessError(why, command, code, words, overstepped=True)
    if _CHANGED_SOUND in words:
        raise MediaError(
            f"{what}: its sound changes its kind midway, such as from stereo to mono. "
            "Save a copy of the film as MP4 and use that, or give the moment `mute: true`."
        )
    if code != 0:
        raise ProcessError(what, command, code, words)
    return words


def _listen(stream: IO[str], said: list[str]) -> None:
    """Keeps what ffmpeg says until it ends, or until nobody wants to hear it any more."""
    with contextlib.suppress(ValueError):  # closed meanwhile
        said.extend(stream)


_CHANGED_SOUND = "Changing audio frame properties"
"""ffmpeg's words. It could build its filters anew there, but they would count frames anew."""


class _Guard(threading.Thread):
    """Watches one process and ends it when it oversteps a limit."""

    def __init__(self, process: subprocess.Popen[str], folder: Path, limits: Limits) -> None:
        super().__init__(daemon=True)
        self.done = threading.Event()
        self.why = ""
        """What it did; empty while it behaves."""
        self._process, self._folder, self._limits = process, folder, limits
        self._began = self._moved = time.monotonic()
        self._seen: dict[str, str] = {}

    def see(self, line: str) -> None:
        """Takes note of a line of progress."""
        key, _, value = line.strip().partition("=")
        if key in ("frame", "out_time_us", "total_size") and self._seen.get(key) != value:
            self._seen[key] = value
            self._moved = time.monotonic()

    def run(self) -> None:
        """Looks four times a second."""
        import psutil

        with contextlib.suppress(psutil.Error):
            watched = psutil.Process(self._process.pid)
            while not self.done.wait(0.25):
                self.why = self._overstepped(watched.memory_info().rss)
                if self.why:
                    self._process.kill()
                    return

    def _overstepped(self, memory: int) -> str:
        limits, now = self._limits, time.monotonic()
        if now - self._began > limits.time_s:
            return f"took longer than {limits.time_s:.0f} seconds"
        if now - self._moved > limits.still_s:
            return f"stood still for {limits.still_s:.0f} seconds"
        if memory > limits.memory_bytes:
            return f"took more than {limits.memory_bytes / 1e6:.0f} MB of memory"
        if _size_of(self._folder) > limits.output_bytes:
            return f"wrote more than {limits.output_bytes / 1e6:.0f} MB"
        return ""


def _size_of(folder: Path) -> int:
    """Bytes of the files in a folder; those that vanish meanwhile do not count."""
    total = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                total += entry.stat().st_size
    return total


def _tell(line: str, progress: Progress | None) -> None:
    key, _, value = line.strip().partition("=")
    if progress is not None and key == "out_time_us" and value.lstrip("-").isdigit():
        progress(max(0, int(value) // 1000))
