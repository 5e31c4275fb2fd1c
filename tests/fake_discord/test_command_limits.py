"""Commands, suggestions and threads that Discord does not take break exactly one rule."""

from __future__ import annotations

from typing import Any

import pytest

from . import Code, FakeDiscord, Rule
from .limits import check_choices, check_commands, check_thread
from .protocol import Json
from .raw import send
from .test_limits import rules


def option(**rest: Any) -> Json:
    """Return an option that takes a text."""
    return {"type": 3, "name": "text", "description": "x"} | rest


def command(*options: Json, **rest: Any) -> Json:
    """Return a command that is typed."""
    return {"type": 1, "name": "ask", "description": "x", "options": list(options)} | rest


def several(number: int, **rest: Any) -> list[Json]:
    """Return so many commands."""
    return [command(name=f"ask-{n}") | rest for n in range(number)]


CHOICE = {"name": "x" * 100, "value": "x" * 100}
MENU: Json = {"type": 3, "name": "Advise on this project"}
SUBCOMMAND = option(type=1, name="one")
GROUP = option(type=2, name="some", options=[SUBCOMMAND])

FINE_COMMANDS: list[list[Json]] = [
    several(100) + [{"type": kind, "name": f"X {n}"} for kind in (2, 3) for n in range(5)],
    [command(name="frag-mich_2"), command(name="質問"), {**MENU, "type": 2}, MENU],
    [command(name_localizations={"de": "frag", "zh-CN": "質問"}, description_localizations={"fr": "é" * 100})],
    [command(*[option(name=f"text-{n}", choices=[CHOICE]) for n in range(25)])],
    [command(option(autocomplete=True, min_length=0, max_length=6000), option(name="b", type=4, required=False))],
    [command(SUBCOMMAND, GROUP)],
    [command(contexts=[0, 1, 2], integration_types=[0, 1], default_member_permissions=32)],
    [{**MENU, "name_localizations": {"de": "Zu diesem Projekt raten"}, "contexts": None}],
]
BAD_COMMANDS: list[tuple[list[Json], Rule]] = [
    (several(101), Rule.COUNT),
    ([{"type": 3, "name": f"X {n}"} for n in range(6)], Rule.COUNT),
    ([{"type": 2, "name": f"X {n}"} for n in range(6)], Rule.COUNT),
    ([command(), command()], Rule.SHAPE),
    ([command(name="Ask")], Rule.SHAPE),
    ([command(name="two words")], Rule.SHAPE),
    ([command(name="x" * 33)], Rule.SHAPE),
    ([command(name="ask!")], Rule.SHAPE),
    ([command(description="")], Rule.SHAPE),
    ([command(description="x" * 101)], Rule.LENGTH),
    ([command(name_localizations={"de-DE": "frag"})], Rule.SHAPE),
    ([command(name_localizations={"de": "Frag"})], Rule.SHAPE),
    ([command(description_localizations={"de": "x" * 101})], Rule.LENGTH),
    ([command(contexts=[])], Rule.COUNT),
    ([command(contexts=[3])], Rule.SHAPE),
    ([command(integration_types=[0, 0])], Rule.SHAPE),
    ([command(default_member_permissions="manage")], Rule.SHAPE),
    ([{**MENU, "name": "x" * 33}], Rule.LENGTH),
    ([{**MENU, "name_localizations": {"de": "x" * 33}}], Rule.LENGTH),
    ([{**MENU, "description": "x"}], Rule.SHAPE),
    ([command(*[option(name=f"text-{n}") for n in range(26)])], Rule.COUNT),
    ([command(option(), option())], Rule.SHAPE),
    ([command(option(), option(name="b", required=True))], Rule.SHAPE),
    ([command(option(name="Text"))], Rule.SHAPE),
    ([command(option(description="x" * 101))], Rule.LENGTH),
    ([command(option(name_localizations={"de": "ein Text"}))], Rule.SHAPE),
    ([command(option(type=12))], Rule.SHAPE),
    ([command(option(choices=[CHOICE] * 26))], Rule.COUNT),
    ([command(option(choices=[{**CHOICE, "name": "x" * 101}]))], Rule.LENGTH),
    ([command(option(choices=[{**CHOICE, "value": "x" * 101}]))], Rule.LENGTH),
    ([command(option(choices=[{**CHOICE, "name_localizations": {"xx": "x"}}]))], Rule.SHAPE),
    ([command(option(choices=[CHOICE], autocomplete=True))], Rule.SHAPE),
    ([command(option(type=5, autocomplete=True))], Rule.SHAPE),
    ([command(option(max_length=6001))], Rule.COUNT),
    ([command(option(min_length=2, max_length=1))], Rule.SHAPE),
    ([command(option(type=4, min_value=2, max_value=1))], Rule.SHAPE),
    ([command(SUBCOMMAND, option())], Rule.SHAPE),
    ([command({**GROUP, "options": [GROUP]})], Rule.SHAPE),
    ([command({**SUBCOMMAND, "options": [{**SUBCOMMAND, "name": "two"}]})], Rule.SHAPE),
    (
        [command(*[option(name=f"text-{n}", choices=[CHOICE] * 2) for n in range(20)], option(choices=[CHOICE]))],
        Rule.LENGTH,
    ),
]


@pytest.mark.parametrize("commands", FINE_COMMANDS)
def test_commands_may_be_as_many_and_large_as_discord_allows(commands: list[Json]) -> None:
    assert list(check_commands(commands)) == []


@pytest.mark.parametrize(("commands", "rule"), BAD_COMMANDS)
def test_commands_beyond_a_limit_break_one_rule(commands: list[Json], rule: Rule) -> None:
    assert rules(check_commands(commands)) == [rule]


async def test_commands_that_break_a_rule_are_not_registered() -> None:
    async with FakeDiscord() as fake:
        path = f"/applications/{fake.server.world.bot['id']}/commands"
        assert await send(fake, "PUT", path, [command(name="Ask")]) == Code.INVALID_BODY
        assert not fake.server.world.registered
        assert await send(fake, "PUT", path, [command()]) == 0

        assert [*fake.server.world.commands] == ["ask"]
        assert [violation.path for violation in fake.violations] == ["commands.0.name"]


@pytest.mark.parametrize(
    ("choices", "kind", "broken"),
    [
        ([CHOICE] * 25, 3, []),
        ([CHOICE] * 26, 3, [Rule.COUNT]),
        ([{**CHOICE, "name": "x" * 101}], 3, [Rule.LENGTH]),
        ([{**CHOICE, "value": "x" * 101}], 3, [Rule.LENGTH]),
        ([{**CHOICE, "name": ""}], 3, [Rule.SHAPE]),
        ([{**CHOICE, "value": 1}], 3, [Rule.SHAPE]),
        ([{**CHOICE, "value": 1}], 4, []),
        ([{**CHOICE, "value": 1.5}], 4, [Rule.SHAPE]),
        ([{**CHOICE, "value": 1.5}], 10, []),
    ],
)
def test_suggestions_are_few_short_and_of_the_type_of_the_option(
    choices: list[Json], kind: int, broken: list[Rule]
) -> None:
    assert rules(check_choices(choices, kind)) == broken


@pytest.mark.parametrize(
    ("thread", "broken"),
    [
        ({"name": "x" * 100, "auto_archive_duration": 60, "type": 11}, []),
        ({"name": "x" * 101}, [Rule.LENGTH]),
        ({"name": " "}, [Rule.SHAPE]),
        ({"name": "x", "auto_archive_duration": 61}, [Rule.SHAPE]),
        ({"name": "x", "rate_limit_per_user": 21_601}, [Rule.COUNT]),
        ({"name": "x", "type": 0}, [Rule.SHAPE]),
    ],
)
def test_a_thread_has_a_short_name_and_a_known_duration(thread: Json, broken: list[Rule]) -> None:
    assert rules(check_thread(thread)) == broken
