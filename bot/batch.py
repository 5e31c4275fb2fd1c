"""JSON Lines in, JSON Lines out: conversations held for evaluation and for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from bot.reply import Case, Failure, Replies, Reply
from bot.talk import Talk
from retrieval.conversation import Conversation

SURROGATE = re.compile("[\ud800-\udfff]")


def run_batch(lines: Iterable[bytes], talk: Talk) -> Iterator[str]:
    """Yield one line of ASCII JSON for each line that is not blank, in order."""
    for line in lines:
        if text := line.decode("utf-8", "replace").strip():
            answered = _answer_line(text, talk)
            yield json.dumps(answered.model_dump(mode="json"))


def hold_conversation(case: Case, talk: Talk) -> Replies:
    """Return the replies to a case, which shares no memory with any other."""
    conversation = Conversation()
    replies: list[Reply] = []
    for number, turn in enumerate(case.turns):
        said = talk.respond(conversation, turn, case.command if number == 0 else None)
        conversation = said.conversation
        replies.append(said.reply)
    return Replies(id=case.id, replies=tuple(replies))


def _answer_line(text: str, talk: Talk) -> Replies | Failure:
    try:
        parsed = json.loads(text)
        # A lone surrogate is no character: it could be neither read nor written.
        harmless = SURROGATE.sub("\N{REPLACEMENT CHARACTER}", json.dumps(parsed, ensure_ascii=False))
        case = Case.model_validate_json(harmless)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "line"
        return Failure(id=_find_id(json.loads(harmless)), error=f"{where}: {first['msg']}")
    except (ValueError, RecursionError) as error:
        return Failure(id=None, error=f"a line must be a JSON object with id and turns ({error})")
    return hold_conversation(case, talk)


def _find_id(parsed: object) -> str | int | None:
    found = parsed.get("id") if isinstance(parsed, dict) else None
    return found if isinstance(found, str | int) and not isinstance(found, bool) else None
