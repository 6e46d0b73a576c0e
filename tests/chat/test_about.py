"""`/about`, `/help` and `/status`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from bot.orders import Alert, AlertKind, Scope
from storage.store import Store
from tests.chat.house import house, scope
from tests.chat.test_privacy import NOW
from tests.discord_double import World


def owed(world: World, store: Store) -> None:
    """One alert to Newsroom, three to another server, none of them due while the test runs."""
    later = datetime.now(UTC) + timedelta(days=1)
    for number, server in enumerate((scope(world), *3 * [Scope(77)])):
        alert = Alert(key=str(number), kind=AlertKind.MISQUOTE, severity=5, scope=server, channel=1, next_at=later)
        store.outbox.put(alert, NOW)


async def test_about_says_what_it_is_and_how_much_is_on_record(tmp_path: Path) -> None:
    """Everywhere, in direct messages too."""
    async with house(tmp_path) as world:
        mara = world.user("mara")
        text = (await (await mara.slash("about", at=mara.dms)).answer()).text
        assert "2 articles of 2 outlets" in text
        assert "4 quotes" in text
        assert f"On Record {version('onrecord')} · licence MIT" in text
        assert "The newest article was published <t:" in text


async def test_help_goes_by_task_and_names_only_commands_that_there_are(tmp_path: Path) -> None:
    """In the language of the one who asks."""
    async with house(tmp_path) as world:
        mara = world.user("mara")
        text = (await (await mara.slash("help")).answer()).text
        assert "What would you like to do?" in text
        mara.user.locale = "es-419"
        assert "¿Qué quiere hacer?" in (await (await mara.slash("help")).answer()).text


async def test_status_is_for_managers_and_tells_of_their_server_alone(tmp_path: Path) -> None:
    """Its own alerts, not those of others."""
    async with house(tmp_path, prepare=owed) as world:
        mara = world.user("mara")
        world.overrides.add("status")
        assert "**Manage Server**" in (await (await mara.slash("status")).answer()).text
        text = (await (await world.user("olga").slash("status")).answer()).text
        assert "Alerts for this server: 1 waiting" in text
        assert "Running since <t:" in text
        assert "0 checked, 0 dropped" in text
