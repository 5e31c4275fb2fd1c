"""Requests that no library makes, or not in this way."""

from __future__ import annotations

import aiohttp

from .fake import TOKEN, FakeDiscord
from .server import API


async def send(fake: FakeDiscord, method: str, path: str, body: object) -> int:
    """Send a request of the bot, and return the code of the error it ends in; 0 without one."""
    headers = {"Authorization": f"Bot {TOKEN}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, f"{fake.server.url}{API}{path}", json=body) as answer,
    ):
        found = await answer.json()
        return int(found["code"]) if answer.status >= 400 else 0
