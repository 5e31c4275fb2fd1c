"""The bot as operators meet it: it comes up, stays up, and ends in good order or with a clear line."""

from __future__ import annotations

from tests.bot.conftest import DISCORD_BOT, RunBot, assert_unharmed, wait_for
from tests.bot.seen import QUESTION
from tests.fake_discord import FakeDiscord

UNREACHABLE = "Discord cannot be reached; trying again"


async def test_the_bot_keeps_knocking_until_discord_opens(bot_env: dict[str, str]) -> None:
    """The first request for the login is refused, then the first connection to the gateway."""
    async with FakeDiscord() as fake:
        fake.refuse(http=2, gateway=1)
        await fake.start_bot(*DISCORD_BOT, env=bot_env)
        await fake.ready()
        reply = await fake.mention(QUESTION)

        assert "Source: " in reply.text
        assert UNREACHABLE in fake.log
        assert_unharmed(fake)


async def test_a_bot_that_cannot_reach_discord_can_be_stopped(bot_env: dict[str, str]) -> None:
    async with FakeDiscord() as fake:
        fake.refuse(http=1_000)
        await fake.start_bot(*DISCORD_BOT, env=bot_env)
        await wait_for(lambda: UNREACHABLE in fake.log, within=60)

        assert await fake.stop_bot() == 0
        assert_unharmed(fake)


async def test_sigterm_lets_the_answer_under_way_finish(bot_env: dict[str, str]) -> None:
    """A fault keeps the answer under way while the bot is told to stop."""
    async with FakeDiscord() as fake:
        await fake.start_bot(*DISCORD_BOT, env=bot_env)
        await fake.ready()
        fake.fault("PATCH /webhooks", 503)
        reply = await fake.slash("ask", question=QUESTION, wait="acknowledgement")
        await fake.until(lambda: 503 in [call.status for call in fake.calls])

        assert await fake.stop_bot(grace=30) == 0
        assert "Source: " in reply.text
        assert_unharmed(fake)


async def test_a_wrong_token_ends_with_one_clear_line(bot_env: dict[str, str]) -> None:
    async with FakeDiscord() as fake:
        await fake.start_bot(*DISCORD_BOT, env={**bot_env, "DISCORD_TOKEN": "not.the.right-one"})
        await fake.until(lambda: fake.exit_code is not None, within=60)

        assert fake.exit_code == 78
        assert fake.log.splitlines() == [
            "tune-or-prompt: DISCORD_TOKEN must be a valid token, and Discord refuses this one"
        ]


async def test_a_token_that_is_withdrawn_ends_the_bot(bot_env: dict[str, str]) -> None:
    """Discord says so by a close code, and no further attempt would help."""
    async with FakeDiscord() as fake:
        await fake.start_bot(*DISCORD_BOT, env=bot_env)
        await fake.ready()
        await fake.close_gateway(4004)
        await fake.until(lambda: fake.exit_code is not None, within=60)

        assert fake.exit_code == 78
        assert fake.log.splitlines()[-1] == (
            "tune-or-prompt: Discord refuses the connection for good (close code 4004)"
        )
        assert_unharmed(fake)


def test_a_missing_token_ends_with_one_clear_line(run_bot: RunBot) -> None:
    done = run_bot("discord", env={"DISCORD_TOKEN": ""})

    assert done.returncode == 78
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == [
        "tune-or-prompt: DISCORD_TOKEN must hold the bot's token and is not set; see .env.example"
    ]
