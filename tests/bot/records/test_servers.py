"""Each server has its settings, and the defaults until somebody settles otherwise."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.records.records import Records
from bot.records.servers import ServerSettings
from tests.bot.records.conftest import ChangeFile, OpenRecords
from tests.bot.records.samples import GUILD

SETTLED = ServerSettings(channels=frozenset({1, 2}), private=True, threads=False, feedback=False, language="de")
ANY_SETTINGS = st.builds(
    ServerSettings,
    channels=st.frozensets(st.integers(min_value=0, max_value=2**64 - 1)),
    private=st.booleans(),
    threads=st.booleans(),
    feedback=st.booleans(),
    language=st.none() | st.text(),
)


def test_a_server_of_which_nothing_is_known_has_the_defaults(records: Records) -> None:
    defaults = ServerSettings(channels=frozenset(), private=False, threads=True, feedback=True, language=None)

    assert records.servers.load_server(GUILD) == defaults


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ANY_SETTINGS)
def test_settings_are_read_as_they_were_written(records: Records, chosen: ServerSettings) -> None:
    records.servers.save_server(GUILD, chosen)

    assert records.servers.load_server(GUILD) == chosen


def test_settings_outlive_a_restart_and_concern_one_server(records: Records, open_records: OpenRecords) -> None:
    records.servers.save_server(GUILD, SETTLED)

    servers = open_records().servers
    assert servers.load_server(GUILD) == SETTLED
    assert servers.load_server(GUILD + 1) == ServerSettings()


def test_a_server_that_is_forgotten_has_the_defaults_again_and_others_stay(records: Records) -> None:
    records.servers.save_server(GUILD, SETTLED)
    records.servers.save_server(GUILD + 1, SETTLED)
    records.servers.forget_server(GUILD)

    assert records.servers.load_server(GUILD) == ServerSettings()
    assert records.servers.load_server(GUILD + 1) == SETTLED


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"private": true, "colour": "red"}', ServerSettings(private=True)),
        ('{"private": "perhaps"}', ServerSettings()),
        ("no json", ServerSettings()),
    ],
)
def test_of_another_versions_settings_only_what_is_known_counts(
    content: str, expected: ServerSettings, records: Records, change_file: ChangeFile
) -> None:
    records.servers.save_server(GUILD, SETTLED)
    change_file(f"UPDATE servers SET content = '{content}'")

    assert records.servers.load_server(GUILD) == expected
