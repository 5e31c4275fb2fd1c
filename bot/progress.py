"""Shows on standard error how the building of the store goes; nothing where nothing has to be built."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bot.replies import load_words


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
