"""Traces of calls to a chat model: none unless asked for, and then without what was said."""

from __future__ import annotations

import os

SWITCHES = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
HIDDEN = ("LANGSMITH_HIDE_INPUTS", "LANGSMITH_HIDE_OUTPUTS")


def set_up_tracing(*, asked: bool) -> None:
    """Turn tracing by LangSmith on or off for this process, whatever its environment says of it.

    LangChain reads these variables itself, and has no other switch for all of its calls.
    """
    for switch in SWITCHES:
        os.environ[switch] = "true" if asked else "false"
    for hidden in HIDDEN:
        os.environ.setdefault(hidden, "true")
