"""Every way vigsite can fail, on one screen.

Each message is a plain sentence a practitioner can act on. Only `vigsite.cli` prints them and
turns `exit_status` into the status of the process.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from vigsite.terminal.visible import visible

_TOO_LARGE = -25
"""How a process ends that the system ended for the size of its file (SIGXFSZ)."""


class VigsiteError(Exception):
    """Something failed although the input was right."""

    exit_status = 1


class InputError(VigsiteError):
    """What was asked for, or one argument of it, is wrong; one line, whatever names it repeats."""

    exit_status = 2

    def __str__(self) -> str:
        return visible(super().__str__())


class RecordingError(VigsiteError):
    """A recording cannot be read; says why, without its path."""


class MediaError(VigsiteError):
    """A clip or still could not be made."""


class ProcessError(MediaError):
    """A process ended badly: carries the command, its exit code and its last words."""

    def __init__(
        self,
        what: str,
        command: Sequence[str],
        code: int,
        stderr: str,
        *,
        overstepped: bool = False,
    ) -> None:
        self._given = (what, command, code, stderr)
        self.overstepped = overstepped
        """Whether it was ended because it took too much of something."""
        self.command = tuple(command)
        self.code = code
        self.last_lines = stderr.strip().splitlines()[-8:]
        words = f" Its last words: {self.last_lines[-1]}" if self.last_lines else ""
        advice = (
            "Files of that size may not be written here: make clips shorter, or ask who may change "
            "that."
            if code == _TOO_LARGE
            else "If the film plays elsewhere, `vigsite doctor` tells whether this ffmpeg is well."
        )
        super().__init__(f"{what} (ffmpeg ended with status {code}).{words}\n{advice}")

    def __reduce__(self) -> tuple[object, ...]:
        """To be sent from one machine to another."""
        return partial(ProcessError, overstepped=self.overstepped), self._given


class SiteError(VigsiteError):
    """A site could not be made or failed its own inspection; nothing was published."""


class TypesettingError(VigsiteError):
    """Words could not be set on paper or on a card."""


class FilmsDeleted(VigsiteError):
    """The films of a case were deleted on purpose, so nothing can be made of them any more."""


class Busy(VigsiteError):
    """Another vigsite works on the same case."""


class Cancelled(VigsiteError):
    """The practitioner pressed Ctrl-C; what was published before is untouched."""

    exit_status = 130
