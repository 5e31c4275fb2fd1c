"""`python -m knowledge.training`: train the reader anew, and write it to `knowledge/tuned/`.

Some hours on two free cores; seeded.
"""

from __future__ import annotations

import sys
from pathlib import Path

from knowledge.reader import TUNED
from knowledge.training.course import train_reader


def main() -> None:
    """Train on all examples."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TUNED
    train_reader(folder, report=lambda line: print(line, flush=True))  # noqa: T201 - this is what the command shows


if __name__ == "__main__":
    main()
