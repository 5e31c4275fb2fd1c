"""What those who run a Discord server have settled for it."""

from __future__ import annotations

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.records.database import Database
from bot.records.tables import SERVERS, put_row


class ServerSettings(BaseModel):
    """How the bot behaves in one server."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    channels: frozenset[int] = frozenset()
    """Where it answers; everywhere where there are none."""
    private: bool = False
    """Whether only the asker sees what it says."""
    threads: bool = True
    """Whether it may open threads."""
    feedback: bool = True
    """Whether it asks what people think of a reply."""
    language: str | None = None
    """What it speaks to everybody in the server; Discord's language of the server where that is None."""

    def allows(self, places: frozenset[int]) -> bool:
        """Tell whether it answers in a channel, given by its id and that of the channel it belongs to."""
        return not self.channels or bool(self.channels & places)


class Servers:
    """Settings by the server's id; each method raises RecordError where the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load_server(self, guild: int) -> ServerSettings:
        """Return the settings of a server; the defaults where there are none, or such as no longer fit."""
        with self._database.begin() as connection:
            content = connection.scalar(sa.select(SERVERS.c.content).where(SERVERS.c.guild == guild))
        try:
            return ServerSettings() if content is None else ServerSettings.model_validate_json(content)
        except ValidationError:
            return ServerSettings()

    def save_server(self, guild: int, settings: ServerSettings) -> None:
        """Keep the settings of a server, in the place of those before."""
        with self._database.begin() as connection:
            put_row(connection, SERVERS, guild=guild, content=settings.model_dump_json())

    def forget_server(self, guild: int) -> None:
        """Go back to the defaults for a server."""
        with self._database.begin() as connection:
            connection.execute(sa.delete(SERVERS).where(SERVERS.c.guild == guild))
