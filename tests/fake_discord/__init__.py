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

from .fake import TOKEN, FakeDiscord
from .journal import Call, Rule, Violation
from .protocol import ComponentType, MessageFlag, Opcode
from .reply import Reply

__all__ = [
    "TOKEN",
    "Call",
    "ComponentType",
    "FakeDiscord",
    "MessageFlag",
    "Opcode",
    "Reply",
    "Rule",
    "Violation",
]
