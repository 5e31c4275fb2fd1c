"""`python -m tests.benchmarks`: how long a start, an answer and a recommendation take; compare within one run only."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from bot.bootstrap import build_assistant
from bot.evaluation.cases import ProjectCase, QuestionCase, read_cases
from bot.session import respond
from bot.settings import load_settings
from retrieval.conversation import Conversation
from tests.evals.gate import FOLDER

STARTS = 3


def main() -> None:
    """Print one line for each thing that is timed."""
    build_assistant(load_settings())
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "ask", "which needs more data?"], check=True, capture_output=True)
        print(f"first answer of a new process   {time.perf_counter() - start:6.2f} s")
    assistant = build_assistant(load_settings())
    for name, shape in (("questions", QuestionCase), ("projects", ProjectCase)):
        texts = [case.text for case in read_cases(FOLDER / f"{name}.jsonl") if isinstance(case, shape)]
        times = [respond(assistant, Conversation(), text).reply.ms for text in texts]
        slow = statistics.quantiles(times, n=20)[-1]
        print(
            f"{name:<12} median {statistics.median(times):6.1f} ms   95 % within {slow:6.1f} ms   ({len(times)} cases)"
        )


if __name__ == "__main__":
    main()
