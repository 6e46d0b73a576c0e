"""A Discord of our own on loopback, for the real discord.py client with nothing patched.

    async with serving(World()) as world:
        bot = Client(connector=world.connector())      # then bot.start(world.token)
        exchange = await world.user("mara").slash("verify", quote="…")
        message = await exchange.answer()

It refuses what Discord refuses. `world.faults` and `world.gateway` cause outages, `world.clock` moves time,
`print(world.transcript)` tells who saw what, `world.judge.faults()` what Discord's own description objects to.
"""

from tests.discord_double.people import Person
from tests.discord_double.refusal import Refusal, Unusable
from tests.discord_double.server import serving
from tests.discord_double.world import TOKEN, World

__all__ = ["TOKEN", "Person", "Refusal", "Unusable", "World", "serving"]
