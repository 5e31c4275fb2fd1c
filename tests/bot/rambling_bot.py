"""The bot with a speaker of many words, whose replies take several messages."""

from __future__ import annotations

from bot.bootstrap import build_assistant, build_gap_writer, build_records, set_up_logging
from bot.chat_model.budget import Payer
from bot.client import TuneOrPrompt
from bot.cooldown import Cooldown
from bot.delivery import Delivery
from bot.memory import Memory
from bot.session import Said, ShowReply
from bot.settings import load_settings
from bot.speaker import NOBODY, Speaker, show_nothing
from retrieval.turn import Received

TIMES = 20


class Rambler(Speaker):
    """Says everything over and over again."""

    async def respond(self, message: Received, payer: Payer = NOBODY, show: ShowReply = show_nothing) -> Said:
        said = await super().respond(message, payer, show)
        text = "\n\n".join([said.reply.text] * TIMES)
        return said._replace(reply=said.reply.model_copy(update={"text": text, "card": ()}))


def main() -> None:
    """Run until it is ended."""
    settings = load_settings()
    set_up_logging(settings.log_level)
    assert settings.discord_token
    with build_gap_writer(settings, consent=False) as gaps:
        speaker, memory = Rambler(build_assistant(settings)), Memory(build_records(settings))
        client = TuneOrPrompt(Delivery(speaker, memory, gaps, Cooldown(settings.rate_limit)), settings)
        client.run(settings.discord_token.get_secret_value(), log_handler=None)


if __name__ == "__main__":
    main()
