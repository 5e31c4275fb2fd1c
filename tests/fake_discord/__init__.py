"""A Discord to test a bot against: REST v10 and the gateway, on loopback.

    async with FakeDiscord() as discord:
        await discord.start_bot(sys.executable, "-m", "bot", "discord")
        await discord.ready()
        reply = await discord.slash("ask", question="How much data?")
        reply = await discord.click(reply, "Why?")
        assert "example" in reply.text
        assert not discord.violations

Every send is checked against Discord's limits; what breaks one is refused, and recorded.
"""

from .errors import Code
from .fake import TOKEN, FakeDiscord
from .faults import CUT
from .journal import Call, Rule, Violation
from .places import ORDINARY
from .protocol import ComponentType, MessageFlag, Opcode, Permission
from .reply import Reply

__all__ = [
    "CUT",
    "ORDINARY",
    "TOKEN",
    "Call",
    "Code",
    "ComponentType",
    "FakeDiscord",
    "MessageFlag",
    "Opcode",
    "Permission",
    "Reply",
    "Rule",
    "Violation",
]
