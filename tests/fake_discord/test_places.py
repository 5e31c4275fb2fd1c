"""A bot learns where it is used and by whom, and people find the commands that are for them."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from . import ORDINARY, Code, FakeDiscord, MessageFlag, Permission, Reply, Rule
from .places import Where

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOME = {"context": 0, "guild": True, "of_guild": True, "of_user": False, "member": True, "threads": True}
PLACES: dict[Where, dict[str, Any]] = {
    "guild": HOME,
    "dm": {"context": 1, "guild": False, "of_guild": False, "of_user": False, "member": False, "threads": False},
    "foreign_guild": {**HOME, "of_guild": False, "of_user": True, "threads": False},
    "group_dm": {"context": 2, "guild": False, "of_guild": False, "of_user": True, "member": False, "threads": False},
}
each_place = pytest.mark.parametrize("where", get_args(Where))


def read(reply: Reply) -> dict[str, Any]:
    """Return what the bot knows of the place, but for people and languages."""
    known = json.JSONDecoder().raw_decode(reply.text)[0]
    return {key: known[key] for key in HOME}


@each_place
async def test_a_command_tells_the_place(where: Where, places: FakeDiscord) -> None:
    reply = await places.slash("where", where=where)

    assert read(reply) == PLACES[where]


@each_place
async def test_what_is_tapped_and_sent_happens_at_the_place_of_the_message(where: Where, places: FakeDiscord) -> None:
    first = await places.slash("where", where=where)
    clicked = await places.click(first, "Again")
    sent = await places.submit_modal(await places.click(first, "Form"), {"Mood": "Good"})

    assert read(clicked) == read(sent) == PLACES[where]
    assert sent.text.endswith("['Good']")


async def test_a_field_that_is_not_required_may_stay_empty(places: FakeDiscord) -> None:
    opened = await places.click(await places.slash("where"), "Form")

    assert (await places.submit_modal(opened, {})).text.endswith("[]")


@each_place
async def test_a_suggestion_is_made_at_a_place(where: Where, places: FakeDiscord) -> None:
    reply = await places.autocomplete("where", "note", "a", where=where)

    assert reply.choices == [f"{PLACES[where]['context']} {PLACES[where]['guild']}"]


async def test_who_has_brought_the_bot_stays_the_same_whoever_taps(places: FakeDiscord) -> None:
    first = await places.slash("where", where="group_dm", by="ada")
    clicked = await places.click(first, "Again", by="bob")

    assert clicked.trigger["authorizing_integration_owners"] == {"1": places.server.world.person("ada")["id"]}
    assert clicked.trigger["user"]["username"] == "bob"


@each_place
async def test_a_message_can_be_handed_to_the_bot_that_may_not_read_it(where: Where, places: FakeDiscord) -> None:
    written = await places.say("a project of ours", by="bob", where=where)
    quoted = await places.context_menu("Quote it", written.trigger)

    assert quoted.text == "bob: a project of ours"
    assert MessageFlag.EPHEMERAL in quoted.flags
    assert read(await places.click(quoted, "Again")) == PLACES[where]


@pytest.mark.parametrize(("where", "manager"), [("guild", "True"), ("foreign_guild", "True"), ("dm", "None")])
async def test_a_person_can_be_handed_to_the_bot(where: Where, manager: str, places: FakeDiscord) -> None:
    places.introduce("mia", permissions=Permission.MANAGE_GUILD)

    assert (await places.context_menu("Look up", "mia", where=where)).text == f"mia {manager}"


async def test_a_command_is_for_those_whose_permissions_suffice(places: FakeDiscord) -> None:
    places.introduce("mia", permissions=Permission.MANAGE_GUILD | Permission.SEND_MESSAGES)
    places.introduce("root", permissions=Permission.ADMINISTRATOR)
    places.introduce("otto", permissions=ORDINARY)

    for name in ("mia", "root", "unknown"):
        assert json.loads((await places.slash("settings", by=name)).text)["manager"] is True
    with pytest.raises(LookupError, match="MANAGE_GUILD"):
        await places.slash("settings", by="otto")


@pytest.mark.parametrize("where", ["dm", "group_dm", "foreign_guild"])
async def test_a_command_is_found_only_where_it_is_for(where: Where, places: FakeDiscord) -> None:
    places.introduce("mia", permissions=Permission.MANAGE_GUILD)

    with pytest.raises(LookupError, match="is not for the"):
        await places.slash("settings", by="mia", where=where)


async def test_a_command_is_found_by_its_name_and_kind_alone(places: FakeDiscord) -> None:
    with pytest.raises(LookupError, match=r"no command 'Quote it'; there are \['Look up'\]"):
        await places.context_menu("Quote it", "bob")


async def test_people_and_guilds_have_languages(places: FakeDiscord) -> None:
    places.introduce("greta", locale="de")
    await places.change_guild_locale("fr")
    in_guild = await places.slash("where", by="greta")
    in_private = await places.slash("where", by="greta", where="dm")
    of_ada = await places.slash("where")

    assert json.loads(in_guild.text)["locale"] == ["de", "fr"]
    assert json.loads(in_private.text)["locale"] == ["de", None]
    assert json.loads(of_ada.text)["locale"] == ["en-US", "fr"]
    assert (await places.mention("which language?")).text.endswith("speaks='fr'")


async def test_a_guest_may_go_on_five_times(places: FakeDiscord) -> None:
    at_home = await places.slash("chatter")
    as_guest = await places.slash("chatter", where="foreign_guild")
    await places.until(lambda: "done" in at_home.text and "done" in as_guest.text)

    assert at_home.text.startswith("done done done done done done")
    assert as_guest.text.startswith(f"done done done done done {Code.TOO_MANY_FOLLOW_UPS:d}")
    assert [violation.rule for violation in places.violations] == [Rule.COUNT]
    places.violations.clear()


async def test_a_guest_may_do_nothing_but_answer(places: FakeDiscord) -> None:
    assert (await places.slash("thread", where="foreign_guild")).text == str(int(Code.MISSING_ACCESS))


@pytest.mark.parametrize("where", ["foreign_guild", "group_dm"])
async def test_a_guest_does_not_hear_what_is_said(where: Where, places: FakeDiscord) -> None:
    unheard = await places.mention("hello", where=where)
    heard = await places.mention("hello")

    assert unheard.messages == []
    assert heard.messages
