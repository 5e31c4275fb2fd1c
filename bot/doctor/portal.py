"""What Discord tells about the bot: its application, the servers it is in, the commands it has registered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Literal, Protocol, Self, TypeAlias

import aiohttp
import discord
from discord.http import Route
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.errors import BotError

LIMIT = 10.0
"""Seconds that Discord has for each thing it is asked."""
PAGE = 200
"""Servers that Discord lists at once."""
UNAUTHORIZED, TROUBLE = 401, 500

Trouble: TypeAlias = Literal["token", "refused", "faulty", "slow", "unreachable", "unreadable"]
Payload: TypeAlias = Mapping[str, Any]
"""A command as Discord takes and gives it."""


class PortalError(BotError):
    """Discord did not tell what it was asked: why, and the detail in one line."""

    def __init__(self, trouble: Trouble, detail: object = "") -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble = trouble
        self.detail = str(detail)


class Application(BaseModel):
    """The application behind the bot."""

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    flags: int = 0
    integration_types_config: dict[str, Any] | None = None
    """By Discord's integration types; one that is not there is off."""
    interactions_endpoint_url: str | None = None
    """Where Discord sends commands and taps instead of to the bot, if anywhere."""


class Server(BaseModel):
    """A server the bot is in."""

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    permissions: int
    """Of the bot's roles together; what single channels allow or deny does not count."""


class Portal(Protocol):
    """Tells what Discord knows; PortalError where it does not."""

    async def fetch_application(self) -> Application:
        """Log in and return the application; first of all."""

    async def fetch_servers(self) -> list[Server]: ...

    async def fetch_commands(self, application_id: int) -> list[Payload]:
        """Return the commands that are registered for all servers."""


class DiscordPortal:
    """Discord itself, asked with a bot's token, for the length of an `async with` block."""

    def __init__(self, token: str, limit: float = LIMIT) -> None:
        self._client = discord.Client(intents=discord.Intents.none())
        self._token = token
        self._limit = limit

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def fetch_application(self) -> Application:
        async with _translate_errors(self._limit):
            await self._client.login(self._token)
            # What the library asks for at login comes without the flags.
            return Application.model_validate(await self._client.http.request(Route("GET", "/applications/@me")))

    async def fetch_servers(self) -> list[Server]:
        servers: list[Server] = []
        async with _translate_errors(self._limit):
            while True:
                after = servers[-1].id if servers else None
                page = await self._client.http.get_guilds(PAGE, after=after, with_counts=False)
                servers += TypeAdapter(list[Server]).validate_python(page)
                if len(page) < PAGE:
                    return servers

    async def fetch_commands(self, application_id: int) -> list[Payload]:
        async with _translate_errors(self._limit):
            fetched = await self._client.http.get_global_commands(application_id)
            return TypeAdapter(list[Payload]).validate_python(fetched)


@asynccontextmanager
async def _translate_errors(limit: float) -> AsyncIterator[None]:
    """Turn every way in which asking Discord fails into a PortalError, taking too long included."""
    try:
        async with asyncio.timeout(limit):
            yield
    except TimeoutError as error:
        raise PortalError("slow", f"{limit:g}") from error
    except discord.LoginFailure as error:
        raise PortalError("token") from error
    except discord.HTTPException as error:
        raise PortalError(_sort_status(error.status), error) from error
    except (aiohttp.ClientError, OSError) as error:
        raise PortalError("unreachable", error) from error
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError) as error:
        # The library takes answers apart without looking at them; their content may be anybody's.
        raise PortalError("unreadable", type(error).__name__) from error


def _sort_status(status: int) -> Trouble:
    """Return what an HTTP status means."""
    if status == UNAUTHORIZED:
        return "token"
    return "faulty" if status >= TROUBLE else "refused"
