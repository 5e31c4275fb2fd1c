"""What is counted can be read by Prometheus, and by nobody where it is not asked for."""

from __future__ import annotations

import socket
from urllib.request import urlopen

import pytest

from bot.chat_model.usage import Meter, Usage
from bot.errors import ConfigurationError
from bot.metrics import Metrics, serve_metrics
from bot.reply import Reply


def test_replies_are_counted_by_their_kind_and_by_the_part_of_a_chat_model() -> None:
    metrics = Metrics()
    for reply in (
        Reply(kind="answer", text="Fine-tuning.", ms=40),
        Reply(kind="answer", text="Fine-tuning [1].", written="Fine-tuning [1].", ms=2_000),
        Reply(kind="answer", text="Fine-tuning.", alone="slow", ms=25_000),
        Reply(kind="answer", text="Fine-tuning.", summary="Fine-tuning.", ms=1_000),
    ):
        metrics.count_reply(reply)

    counted = {
        part: metrics.registry.get_sample_value(
            "tune_or_prompt_reply_seconds_sum", {"kind": "answer", "chat_model": part}
        )
        for part in ("none", "wrote", "slow")
    }
    assert counted == {"none": 0.04, "wrote": 3.0, "slow": 25.0}


def test_what_is_counted_is_read_at_the_address_in_the_words_of_prometheus() -> None:
    metrics = Metrics()
    meter = Meter(metrics.registry)
    metrics.count_reply(Reply(kind="smalltalk", text="Hello."))
    meter.count(Usage(input_tokens=70, output_tokens=12), 0.4, failed=False)

    with serve_metrics("127.0.0.1:0", metrics) as port:
        read = urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read().decode()

    assert 'tune_or_prompt_reply_seconds_count{chat_model="none",kind="smalltalk"} 1.0' in read
    assert 'tune_or_prompt_chat_model_tokens_total{direction="input"} 70.0' in read
    assert 'tune_or_prompt_chat_model_seconds_bucket{le="0.5",outcome="answered"} 1.0' in read


def test_an_address_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ConfigurationError, match=f"METRICS_ADDRESS must be free .* {address}"):
            serve_metrics(address, Metrics()).__enter__()


def test_nothing_is_served_where_no_address_is_set() -> None:
    with serve_metrics(None, Metrics()) as port:
        assert port == 0
