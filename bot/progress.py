"""Shows on standard error how far what takes long has come: the building of the store, an evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self, TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, track

from bot.words import load_words

T = TypeVar("T")


class ProgressReport:
    """A bar for each step, shown from the first step on."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True))
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._tasks:
            self._progress.stop()

    def show_step(self, step: str, done: int, total: int) -> None:
        """Show how much of a step is done."""
        if not self._tasks:
            self._progress.start()
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(load_words()["building"][step], total=total)
        self._progress.update(self._tasks[step], completed=done, total=total)


def watch_cases(cases: Sequence[T]) -> Iterator[T]:
    """Yield cases while a bar shows how many are done; without a terminal there is none."""
    console = Console(stderr=True)
    title = load_words()["evaluation"]["holding"]
    yield from track(cases, title, console=console, transient=True, disable=not console.is_terminal)
