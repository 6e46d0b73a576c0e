"""A Discord of our own on loopback, for the real discord.py client with nothing patched.

    async with running(Client) as world:      # Client(connector=…, **options) is called; it is world.client
        exchange = await world.user("mara").slash("verify", quote="…")
        message = await exchange.answer()

It refuses what Discord refuses. `world.faults` and `world.gateway` cause outages, `world.clock` moves time,
`print(world.transcript)` tells who saw what, `world.judge.faults()` what Discord's own description objects to.
"""

from tests.discord_double.people import Person
from tests.discord_double.refusal import Refusal, Unusable
from tests.discord_double.running import connected, running
from tests.discord_double.server import serving
from tests.discord_double.world import TOKEN, World

__all__ = ["TOKEN", "Person", "Refusal", "Unusable", "World", "connected", "running", "serving"]
