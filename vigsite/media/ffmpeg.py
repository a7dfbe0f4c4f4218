"""The one module that starts ffmpeg: finds the program, runs it, watches it, stops it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

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


def pasteable(arguments: Sequence[str], path: str) -> str:
    """The command as it can be pasted into a shell."""
    return shlex.join([path, *arguments])


def run(
    arguments: Sequence[str],
    what: str,
    folder: Path,
    stop: Stop,
    time_limit_s: float,
    progress: Progress | None = None,
) -> None:
    """Runs ffmpeg in `folder` until it ends.

    `what` starts the sentence of the error: ``could not cut the clip``. Raises ProcessError when
    it fails or takes longer than the limit, Cancelled when `stop` was asked for.
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
        too_slow = threading.Event()

        def give_up() -> None:
            too_slow.set()
            process.kill()

        timer = threading.Timer(time_limit_s, give_up)
        timer.start()
        said: list[str] = []
        assert process.stderr is not None
        assert process.stdout is not None
        listener = threading.Thread(target=lambda e=process.stderr: said.extend(e), daemon=True)
        listener.start()
        try:
            for line in process.stdout:
                _tell(line, progress)
            code = process.wait()
            listener.join(timeout=5)
        finally:
            timer.cancel()
            if process.poll() is None:
                process.kill()
            stop.forget(process)
    if stop.asked:
        raise Cancelled("Stopped; what was built before is untouched.")
    if too_slow.is_set():
        limit = f"took longer than {time_limit_s:.0f} seconds and was ended"
        raise ProcessError(f"{what}: ffmpeg {limit}", command, code, "".join(said))
    if code != 0:
        raise ProcessError(what, command, code, "".join(said))


def _tell(line: str, progress: Progress | None) -> None:
    key, _, value = line.strip().partition("=")
    if progress is not None and key == "out_time_us" and value.lstrip("-").isdigit():
        progress(max(0, int(value) // 1000))
