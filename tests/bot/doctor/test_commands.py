"""The commands of the code are compared with those of Discord, in whatever form it gives them back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.doctor.commands import Differences, compare_commands, list_commands
from tests.fake_discord import FakeDiscord

NOTHING = Differences((), (), ())
OPTION = {"type": 3, "name": "question", "description": "What?", "required": True, "max_length": 6_000}
ASK: dict[str, Any] = {"name": "ask", "type": 1, "description": "Ask", "options": [OPTION], "contexts": None}


@pytest.mark.asyncio(loop_scope="module")
async def test_what_the_bot_has_registered_is_what_the_code_has(discord: FakeDiscord) -> None:
    """A command that the client does not load, or that is not found in the code, would differ."""
    registered = list(discord.server.world.commands.values())

    assert registered
    assert compare_commands(list_commands(), registered) == NOTHING


def test_the_commands_are_found_without_a_connection_and_can_be_sent() -> None:
    listed = json.loads(json.dumps(list_commands()))

    assert {"ask", "advise", "compare", "cost", "whatif"} <= {command["name"] for command in listed}
    assert {command["type"] for command in listed} == {1, 3}


def test_what_discord_adds_or_leaves_out_makes_no_difference() -> None:
    ours = {**ASK, "nsfw": False, "dm_permission": True, "default_member_permissions": None}
    kept = {**OPTION, "description_localizations": None, "max_length": 6_000.0, "autocomplete": False}
    added = {"id": "1", "version": "2", "application_id": "3", "integration_types": [0, 1], "name_localizations": None}

    assert compare_commands([ours], [{**ASK, "options": [kept], **added}]) == NOTHING


def test_the_order_of_contexts_says_nothing_and_their_choice_does() -> None:
    ours = {**ASK, "contexts": [0, 1, 2]}

    assert compare_commands([ours], [{**ASK, "contexts": [2, 0, 1]}]) == NOTHING
    assert compare_commands([ours], [{**ASK, "contexts": [0]}]).changed == ("/ask",)


@pytest.mark.parametrize(
    "other",
    [
        {"description": "Ask something"},
        {"options": []},
        {"options": [{**OPTION, "required": False}]},
        {"options": [{**OPTION, "max_length": 100}]},
        {"options": [{**OPTION, "choices": [{"name": "a", "value": "a"}]}]},
        {"options": [OPTION, {**OPTION, "name": "second"}]},
    ],
)
def test_a_command_that_was_registered_otherwise_has_changed(other: dict[str, Any]) -> None:
    assert compare_commands([ASK], [ASK | other]) == Differences((), ("/ask",), ())
    assert compare_commands([ASK | other], [ASK]) == Differences((), ("/ask",), ())


def test_commands_are_missing_or_surplus_by_their_names_and_kinds() -> None:
    menu = {"name": "ask", "type": 3}

    assert compare_commands([ASK], []) == Differences(("/ask",), (), ())
    assert compare_commands([ASK], [ASK, menu]) == Differences((), (), ("“ask”",))
