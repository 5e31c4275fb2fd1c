"""A Portal without a network: what Discord would tell, or why it would not."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.doctor.commands import list_commands
from bot.doctor.portal import Application, Payload, PortalError, Server
from bot.invite import PERMISSIONS

APPLICATION = Application(id=1, name="Advisor", integration_types_config={"0": {}, "1": {}})
SERVER = Server(id=2, name="Guild of Tuners", permissions=PERMISSIONS.value)


@dataclass
class ToldPortal:
    """Tells what it was told; an error is raised."""

    application: Application | PortalError = APPLICATION
    servers: list[Server] | PortalError = field(default_factory=lambda: [SERVER])
    commands: list[Payload] | PortalError = field(default_factory=list_commands)

    async def fetch_application(self) -> Application:
        if isinstance(self.application, PortalError):
            raise self.application
        return self.application

    async def fetch_servers(self) -> list[Server]:
        if isinstance(self.servers, PortalError):
            raise self.servers
        return self.servers

    async def fetch_commands(self, application_id: int) -> list[Payload]:
        assert application_id == APPLICATION.id
        if isinstance(self.commands, PortalError):
            raise self.commands
        return self.commands
