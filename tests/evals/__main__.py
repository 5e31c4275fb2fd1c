"""`python -m tests.evals [NAME]`: print the scores, and with a part of a score's name also what was missed there."""

from __future__ import annotations

import sys

from bot.bootstrap import build_assistant
from bot.settings import load_settings
from tests.evals.scores import score_all


def main() -> None:
    """Print one line a score."""
    named = sys.argv[1] if len(sys.argv) > 1 else None
    for score in score_all(build_assistant(load_settings())):
        print(score)
        if named and named in score.name:
            print(*(f"    {miss}" for miss in score.misses), sep="\n")


if __name__ == "__main__":
    main()
