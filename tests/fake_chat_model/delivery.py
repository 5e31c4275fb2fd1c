"""How an answer gets to the client, and how it fails to."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise
from typing import assert_never

from aiohttp import web

from .answers import (
    Answer,
    Cut,
    Empty,
    Flood,
    Hang,
    InvalidJson,
    Obey,
    Refusal,
    Spoken,
    Status,
    Structured,
    Text,
    Trickle,
)
from .completion import Part, Speech, begin, complete, describe_error, end
from .journal import ChatRequest, Json

BROKEN = '{"choices": [{'
LENGTHY = ("far too much text " * 64)[:1024]


async def deliver(answer: Answer, asked: ChatRequest, request: web.Request) -> web.StreamResponse:
    """Answer the request, well or badly."""
    match answer:
        case Text() | Structured() | Refusal() | Empty() | Trickle() | Flood():
            return await _speak(request, asked, answer)
        case Obey():
            return await _speak(request, asked, answer.function(asked))
        case Cut():
            return await _break_off(request, asked, answer)
        case InvalidJson():
            return _garble(asked)
        case Status():
            return _fail(answer)
        case Hang():
            never: asyncio.Future[web.StreamResponse] = asyncio.get_running_loop().create_future()
            return await never
        case _:
            assert_never(answer)


def compose(answer: Spoken, asked: ChatRequest) -> Speech:
    """Return what is said, in the pieces in which it is said."""
    match answer:
        case Text():
            return Speech(_divide(answer.text, answer.pieces))
        case Structured():
            demanded = asked.response_format is None and asked.function is not None
            return Speech(_divide(json.dumps(answer.data)), Part.ARGUMENTS if demanded else Part.CONTENT)
        case Refusal():
            return Speech(_divide(answer.text), Part.REFUSAL)
        case Empty():
            return Speech(())
        case Trickle():
            return Speech(list(answer.text))
        case Flood():
            return Speech([LENGTHY] * 1024 * answer.megabytes)
        case _:
            assert_never(answer)


async def _speak(request: web.Request, asked: ChatRequest, answer: Spoken) -> web.StreamResponse:
    speech = compose(answer, asked)
    pause = answer.pause if isinstance(answer, Trickle) else 0
    if asked.stream:
        return await _stream(request, asked, speech, pause)
    await asyncio.sleep(pause * (len(speech.pieces) - 1))
    return web.json_response(complete(asked, speech))


async def _stream(request: web.Request, asked: ChatRequest, speech: Speech, pause: float) -> web.StreamResponse:
    response = await _open_stream(request)
    for number, chunk in enumerate(begin(asked, speech)):
        # Neither the opening, which says nothing, nor the first piece has to wait.
        await asyncio.sleep(pause if number > 1 else 0)
        await _send(response, chunk)
    for chunk in end(asked, speech):
        await _send(response, chunk)
    await response.write(b"data: [DONE]\n\n")
    return response


async def _break_off(request: web.Request, asked: ChatRequest, cut: Cut) -> web.StreamResponse:
    response = await (_stream_half if asked.stream else _send_half)(request, asked, cut)
    if request.transport is not None and not cut.quiet:
        request.transport.close()
    return response


async def _stream_half(request: web.Request, asked: ChatRequest, cut: Cut) -> web.StreamResponse:
    response = await _open_stream(request)
    for chunk in begin(asked, Speech(_divide(cut.text[: len(cut.text) // 2]))):
        await _send(response, chunk)
    return response


async def _send_half(request: web.Request, asked: ChatRequest, cut: Cut) -> web.StreamResponse:
    body = json.dumps(complete(asked, Speech([cut.text]))).encode()
    half = body[: len(body) // 2]
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(half if cut.quiet else body)
    await response.prepare(request)
    await response.write(half)
    return response


async def _open_stream(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    return response


async def _send(response: web.StreamResponse, chunk: Json) -> None:
    await response.write(f"data: {json.dumps(chunk)}\n\n".encode())


def _garble(asked: ChatRequest) -> web.Response:
    if asked.stream:
        return web.Response(text=f"data: {BROKEN}\n\n", content_type="text/event-stream")
    return web.Response(text=BROKEN, content_type="application/json")


def _fail(status: Status) -> web.Response:
    headers = {} if status.retry_after is None else {"Retry-After": f"{status.retry_after:g}"}
    return web.json_response(describe_error(status.code, status.message), status=status.code, headers=headers)


def _divide(text: str, pieces: int = 5) -> list[str]:
    ends = [len(text) * number // pieces for number in range(pieces + 1)]
    return [text[start:end] for start, end in pairwise(ends) if start < end]
