"""A Discord to test a bot against: REST v10 and the gateway, on loopback.

    async with FakeDiscord() as discord:
        await discord.start_bot(sys.executable, "-m", "bot", "discord")
        await discord.ready()
        reply = await discord.slash("ask", question="How much data?")
        reply = await discord.click(reply, "Why?")
        assert "example" in reply.text
        assert not discord.violations

People write and act in the guild unless told otherwise: `where` is a place or a channel.

    discord.introduce("greta", locale="de", permissions=ORDINARY)
    await discord.slash("ask", question="…", by="greta", where="group_dm")
    written = await discord.say("A project of ours …", where="foreign_guild", wait="nothing")
    reply = await discord.context_menu("Advise on this project", written.trigger, by="greta")
    thread = await discord.open_thread("Ours")
    reply = await discord.mention("and this?", where=thread)
    assert reply.acknowledged_after < 1 < reply.answered_after

Faults and repetitions are told beforehand or afterwards.

    discord.fault("POST /channels/.*/threads", Code.MISSING_PERMISSIONS)
    discord.expire(reply)
    await discord.repeat(reply)
    await discord.delete(written.trigger)

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
