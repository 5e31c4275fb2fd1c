"""What is counted since the start, for Prometheus to read: replies, and calls of the chat model; never of whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Histogram, start_http_server

from bot.errors import ConfigurationError
from bot.reply import Reply

SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25)
"""Upper ends of the buckets that times are counted in."""


class Metrics:
    """Counts replies; in its registry, others count what they do."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._replies = Histogram(
            "tune_or_prompt_reply_seconds",
            "Seconds in which replies were made, by their kind and by the part that a chat model has in them.",
            ["kind", "chat_model"],
            buckets=SECONDS,
            registry=self.registry,
        )

    def count_reply(self, reply: Reply) -> None:
        part = "wrote" if reply.written or reply.summary else reply.alone or "none"
        self._replies.labels(kind=reply.kind, chat_model=part).observe(reply.ms / 1_000)


@contextmanager
def serve_metrics(address: str | None, metrics: Metrics) -> Iterator[int]:
    """Let metrics be read at `host:port`, where an address is set, and give the port.

    ConfigurationError where nobody can listen there.
    """
    if address is None:
        yield 0
        return
    host, _, port = address.rpartition(":")
    try:
        server, thread = start_http_server(int(port), host.strip("[]"), metrics.registry)
    except (OSError, OverflowError) as error:
        raise ConfigurationError(f"METRICS_ADDRESS must be free to listen at, and {address} is not: {error}") from error
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
