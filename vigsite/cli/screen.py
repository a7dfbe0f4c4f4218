"""Progress on long work, shown on a terminal and quiet elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vigsite.cli.echo import echo
from vigsite.cli.started import as_started
from vigsite.terminal.visible import visible_lines

if TYPE_CHECKING:
    from vigsite.media.plan import Job


@dataclass(slots=True)
class Screen:
    """One line of progress for the media of one case."""

    bar: Any = None
    task: Any = None
    weights: dict[str, int] = field(default_factory=dict)
    done: dict[str, float] = field(default_factory=dict)
    title: str = ""
    steps: dict[str, Any] = field(default_factory=dict)

    def planned(self, jobs: Sequence[Job]) -> None:
        """How much there is to do."""
        self.weights = {job.key: job.recipe.weight_ms for job in jobs}
        self.done = {}
        if self.bar is not None:
            label = f"{self.title}: clips and stills"
            self.task = self.bar.add_task(label, total=sum(self.weights.values()) or 1)

    def told(self, job: Job, share: float) -> None:
        """How far one job has come."""
        self.done[job.key] = max(share, self.done.get(job.key, 0))
        if self.bar is not None and self.task is not None:
            total = sum(self.weights[key] * part for key, part in self.done.items())
            self.bar.update(self.task, completed=total)

    def step(self, what: str, share: float) -> None:
        """How far a film is read, or a part of a pack is made, from 0 to 1."""
        if self.bar is None:
            return
        label = f"{self.title}: {what}"
        if label not in self.steps:
            self.steps[label] = self.bar.add_task(label, total=1.0)
        self.bar.update(self.steps[label], completed=share)

    def say(self, sentence: str) -> None:
        """A line above the progress."""
        if self.bar is not None:
            said = as_started(visible_lines(sentence))
            self.bar.console.print(said, markup=False, highlight=False, soft_wrap=True)
        else:
            echo(sentence, err=True)


@contextlib.contextmanager
def screen() -> Iterator[Screen]:
    """A screen with a progress bar when somebody is watching."""
    if not sys.stderr.isatty():
        yield Screen()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Screen(bar)
