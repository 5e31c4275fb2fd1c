"""Threads for what keeps a processor busy: no more than there are processors, so that the event loop has its turn."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

POOL = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="compute")


async def compute(
    function: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Result:
    """Return what a function returns that reads, weighs or draws, in its turn where many are called at once."""
    return await asyncio.get_running_loop().run_in_executor(POOL, partial(function, *args, **kwargs))
