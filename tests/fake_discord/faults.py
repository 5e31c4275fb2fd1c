"""What goes wrong on purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import ApiError, Code, RefusedError
from .journal import Call

CUT = 0
"""Instead of a status: the connection ends without an answer."""


@dataclass
class Fault:
    """Failures to answer the next matching requests with: an HTTP status, an error code of Discord's, or `CUT`.

    Where the answer is `lost`, the request is carried out, and then the connection is cut.
    """

    match: str
    failure: int
    times: int
    retry_after: float
    lost: bool = False

    def strike(self, call: Call) -> bool:
        """Tell whether this call is to fail, and count it."""
        hit = self.times > 0 and re.search(self.match, call.route) is not None
        self.times -= hit
        return hit

    def error(self) -> ApiError:
        """Return the answer Discord gives in its place."""
        if isinstance(self.failure, Code):
            return RefusedError(self.failure)
        details = {"retry_after": self.retry_after, "global": False} if self.failure == 429 else {}
        return ApiError(self.failure, 0, f"{self.failure}: a fault of the test", **details)
