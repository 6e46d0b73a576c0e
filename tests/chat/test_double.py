"""The double of Discord does what Discord does, seen through the real client."""

from __future__ import annotations

import asyncio
import io
import re
import time
from collections.abc import Callable

import aiohttp
import discord
import pytest

from tests.chat.tiny import Tiny
from tests.discord_double import Unusable, World, connected, running, serving
from tests.discord_double.lag import Lag


async def seen(world: World, what: str, count: int = 1) -> None:
    """Wait until the gateway has seen `count` of `what`."""
    await world.until(lambda: len(world.gateway.seen(what)) >= count, what)


def general(world: World) -> tuple[str, discord.TextChannel]:
    """The path of #general's messages, and the channel as the client knows it."""
    place = world.newsroom.channel("general")
    return f"/channels/{place.id}/messages", world.client.get_channel(int(place.id))


async def test_the_client_logs_in_and_syncs() -> None:
    """The client finds its shards, identifies, hears of its servers, and its commands are kept."""
    async with running(Tiny) as world:
        assert [guild.name for guild in world.client.guilds] == ["Newsroom"]
        assert {command["name"] for command in world.commands[None]} >= {"card", "Verify quote"}
        assert world.gateway.seen("IDENTIFY")[0]["intents"] == 4097


async def test_shards_each_have_their_servers() -> None:
    """With two shards each server's events go to its own."""
    world = World(shards=2)
    async with serving(world):
        far = await world.guild("Far away")
        while (int(far.id) >> 22) % 2 == (int(world.newsroom.id) >> 22) % 2:
            world.guilds.pop(far.id)
            world.clock.advance(0.001)
            far = await world.guild("Far away")
        async with connected(world, Tiny) as client:
            assert {guild.shard_id for guild in client.guilds} == {0, 1}
            for guild in (world.newsroom, far):
                await (await world.user("olga").slash("card", guild=guild, text="hello")).answer()


async def test_a_deferred_answer_becomes_a_card() -> None:
    """Only the asker sees it; it is acknowledged at once and shows its text and button."""
    async with running(Tiny) as world:
        exchange = await world.user("mara").slash("card", text="He said so.")
        message = await exchange.answer()
        assert message.text == "He said so."
        assert [button["label"] for button in message.buttons] == ["Sources"]
        assert exchange.ephemeral
        assert await exchange.acked() < 0.5


async def test_a_button_changes_its_message() -> None:
    """A press is an interaction of its own, and the card it sits on changes."""
    async with running(Tiny) as world:
        mara = world.user("mara")
        message = await (await mara.slash("card", text="He said so.")).answer()
        await (await mara.press(message, "Sources")).edited()
        assert message.text == "Two outlets"
        with pytest.raises(Unusable, match="does not see"):
            await world.user("nils").press(message, "Sources")


async def test_a_form_is_filled_in() -> None:
    """A modal opens for those who may use the command, and what they typed arrives."""
    async with running(Tiny) as world:
        with pytest.raises(Unusable, match="lacks the permissions"):
            await world.user("mara").slash("wrong")
        opened = await world.user("olga").slash("wrong")
        sent = await world.user("olga").submit(opened, why="It is not his")
        assert (await sent.answer()).text == "Noted: It is not his"


async def test_places_and_files_are_options(heartbeat: Lag) -> None:
    """A channel and an uploaded file arrive; a select menu's choice is an interaction; nobody is pinged unasked."""
    async with running(Tiny) as world:
        mara, general = world.user("mara"), world.newsroom.channel("general")
        message = await (await mara.slash("take", where=general, file=("a.txt", b"text"))).answer()
        assert message.text == f"<#{general.id}> text"
        chosen = await (await mara.select(message, "Which?", "second")).answer()
        assert (chosen.text, chosen.pings) == (f"second, <@{mara.user.id}> @everyone", [])
        with pytest.raises(Unusable, match="not offered"):
            await mara.select(message, "Which?", "third")
    assert heartbeat.worst < 0.1


async def test_an_admin_may_open_a_command_to_all() -> None:
    """Discord lets admins override the permissions that a command declares."""
    async with running(Tiny) as world:
        world.overrides.add("wrong")
        assert (await (await world.user("mara").slash("wrong")).form())["title"] == "Wrong?"


async def test_a_menu_carries_its_message() -> None:
    """The message menu sees the content without the message-content intent; a file may follow."""
    async with running(Tiny) as world:
        mara = world.user("mara")
        said = await mara.post(world.newsroom.channel("general"), "He *said* so")
        exchange = await mara.menu("Verify quote", said)
        assert (await exchange.answer()).text == "checked He *said* so"
        assert (await exchange.followup()).attachments == {"report.csv": b"a,b\n"}
        assert not world.client.messages


async def test_options_complete_from_what_is_typed() -> None:
    """Choices come back; an option that the command does not have cannot be typed."""
    async with running(Tiny) as world:
        assert await world.user("mara").autocomplete("card", "text", "he") == [{"name": "HE", "value": "he"}]
        with pytest.raises(Unusable, match="takes"):
            await world.user("mara").slash("card", word="he")


async def test_a_file_by_direct_message_is_answered() -> None:
    """The file is read from the CDN, and the answer's file arrives."""
    async with running(Tiny) as world:
        sent = await world.user("mara").dm(files=[("quotes.txt", b"one\ntwo\n")])
        answer = await world.reply(sent)
        assert (answer.text, answer.attachments) == ("2 rows", {"report.csv": b"two\none"})


async def test_the_address_of_a_file_expires() -> None:
    """After a day the address is dead, and the message fetched anew has a living one."""
    async with running(Tiny) as world:
        sent = await world.user("mara").dm(files=[("quotes.txt", b"one\n")])
        await world.reply(sent)
        old = world.client.messages[0]
        world.clock.advance(90_000)
        with pytest.raises(discord.NotFound):
            await old.attachments[0].read()
        assert await (await old.channel.fetch_message(old.id)).attachments[0].read() == b"one\n"


async def test_content_needs_its_intent() -> None:
    """Ordinary messages come without their content unless the intent was granted, or they mention the bot."""
    intents = discord.Intents(guilds=True, guild_messages=True)
    async with running(lambda **options: Tiny(intents=intents, **options)) as world:
        general = world.newsroom.channel("general")
        await world.user("mara").post(general, "psst")
        await world.user("mara").post(general, f"<@{world.bot.id}> listen")
        await world.until(lambda: len(world.client.messages) == 2)
        assert [message.content for message in world.client.messages] == ["", f"<@{world.bot.id}> listen"]


@pytest.mark.parametrize(("status", "seconds"), [(429, 0.05), (502, 1.0)])
async def test_the_client_rides_out_passing_faults(status: int, seconds: float) -> None:
    """After a rate limit or a bad gateway the same message goes out once."""
    async with running(Tiny) as world:
        path, channel = general(world)
        if status == 429:
            world.faults.rate_limit("POST", path, retry_after=seconds)
        else:
            world.faults.fail("POST", path, status)
        begun = time.monotonic()
        await channel.send("hello")
        assert [call.status for call in world.calls if call.path.endswith(path)] == [status, 200]
        assert time.monotonic() - begun >= seconds
        assert world.faults.invalid == (status == 429)


async def test_an_unavailable_service_is_told() -> None:
    """503 reaches the caller, who must try again itself."""
    async with running(Tiny) as world:
        path, channel = general(world)
        world.faults.fail("POST", path, 503)
        with pytest.raises(discord.DiscordServerError):
            await channel.send("hello")


async def test_an_answer_may_be_lost_after_the_deed() -> None:
    """The connection drops though the message was posted: sent again with its nonce it is not posted twice."""
    async with running(Tiny) as world:
        path, channel = general(world)
        world.faults.drop("POST", path, performed=True)
        with pytest.raises(aiohttp.ClientError):
            await channel.send("hello", nonce="alert-1")
        again = await channel.send("hello", nonce="alert-1")
        assert [message.id for message in world.messages.values()] == [str(again.id)]
        world.clock.advance(600)
        assert (await channel.send("hello", nonce="alert-1")).id != again.id


async def test_reconnecting_replays_what_was_lost() -> None:
    """After op 7 the client resumes, and an interaction that it never got is delivered and answered."""
    async with running(Tiny) as world:
        world.gateway.losing = True
        exchange = await world.user("mara").slash("card", text="lost")
        world.gateway.losing = False
        await world.gateway.reconnect()
        assert (await exchange.answer()).text == "lost"
        assert len(world.gateway.seen("RESUME")) == 1
        assert {"host": "gateway-resume.discord.gg"} in world.gateway.seen("CONNECT")


async def test_an_invalid_session_is_begun_anew() -> None:
    """After op 9 the client identifies again and works."""
    async with running(Tiny) as world:
        await world.gateway.invalidate()
        await seen(world, "IDENTIFY", 2)
        assert (await (await world.user("mara").slash("card", text="again")).answer()).text == "again"


@pytest.mark.parametrize("code", [1001, 4000])
async def test_a_closed_connection_is_resumed(code: int) -> None:
    """Whether Discord goes away or fails, the client comes back to its session."""
    async with running(Tiny) as world:
        await world.gateway.hang_up(code)
        await seen(world, "RESUME")
        assert (await (await world.user("mara").slash("card", text="again")).answer()).text == "again"


async def test_an_event_may_come_twice() -> None:
    """A repeated message is heard twice by a client that does not look."""
    async with running(Tiny) as world:
        await world.user("mara").dm("hello")
        await world.until(lambda: world.client.messages)
        before = len([one for one in world.client.messages if not one.author.bot])
        await world.gateway.repeat("MESSAGE_CREATE")
        await world.until(lambda: len(world.client.messages) > before + 1)


async def test_intents_must_be_granted(discord_world: World) -> None:
    """A privileged intent that the application lacks ends the client with discord.py's own error."""
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with connected(discord_world, lambda **options: Tiny(intents=intents, **options)):
            pass
    discord_world.granted = intents.value
    async with connected(discord_world, lambda **options: Tiny(intents=intents, **options)) as client:
        await discord_world.user("mara").post(discord_world.newsroom.channel("general"), "psst")
        await discord_world.until(lambda: client.messages)
        assert client.messages[0].content == "psst"


async def test_a_wrong_token_is_refused(discord_world: World) -> None:
    """The wrong token never gets as far as the gateway."""
    with pytest.raises(discord.LoginFailure):
        async with connected(discord_world, Tiny, token="wrong"):  # noqa: S106
            pass
    assert discord_world.faults.invalid == 1


async def test_a_second_acknowledgement_is_refused() -> None:
    """40060, and only the first answer stands."""
    async with running(Tiny) as world:
        exchange = await world.user("mara").slash("twice")
        assert (await exchange.refused()).code == 40060
        assert (await exchange.answer()).text == "once"


async def test_a_late_acknowledgement_is_refused() -> None:
    """10062 after three seconds."""
    async with running(Tiny) as world:
        exchange = await world.user("mara").slash("slow")
        world.clock.advance(3.1)
        world.client.hold.set()
        assert (await exchange.refused()).code == 10062
        assert exchange.acknowledged is None


async def test_a_token_is_good_for_a_quarter_of_an_hour() -> None:
    """A follow-up after it is refused."""
    async with running(Tiny) as world:
        exchange = await world.user("mara").slash("later")
        await exchange.acked()
        world.clock.advance(901)
        world.client.hold.set()
        assert (await exchange.refused()).code == 50027


async def test_payloads_over_a_limit_are_refused() -> None:
    """Two thousand characters are a message, and one more is none."""
    async with running(Tiny) as world:
        mara = world.user("mara")
        assert len((await (await mara.slash("say", text="x", times=2000)).answer()).content) == 2000
        refusal = await (await mara.slash("say", text="x", times=2001)).refused()
        assert (refusal.status, refusal.code) == (400, 50035)


async def test_files_of_a_card_must_be_shown() -> None:
    """With components v2 a file that no component shows is refused, and one that is shown arrives."""
    async with running(Tiny) as world:
        _, channel = general(world)
        card = discord.ui.LayoutView().add_item(discord.ui.TextDisplay("a picture"))
        with pytest.raises(discord.HTTPException, match="no component shows it"):
            await channel.send(view=card, file=discord.File(io.BytesIO(b"PNG"), "side.png"))
        gallery: discord.ui.MediaGallery[discord.ui.LayoutView] = discord.ui.MediaGallery(
            discord.MediaGalleryItem("attachment://side.png", description="two columns")
        )
        sent = await channel.send(view=card.add_item(gallery), file=discord.File(io.BytesIO(b"PNG"), "side.png"))
        assert world.messages[str(sent.id)].attachments == {"side.png": b"PNG"}
        assert "🖼  two columns" in str(world.transcript)


async def test_posting_needs_permission() -> None:
    """Taken from the bot in one channel, it cannot write there; where it sees nothing, it has no access."""
    async with running(Tiny) as world:
        _, channel = general(world)
        place = world.newsroom.channel("general")
        await world.permit(world.bot, place, send_messages=False)
        await world.until(lambda: not channel.permissions_for(channel.guild.me).send_messages)
        with pytest.raises(discord.Forbidden) as denied:
            await channel.send("hello")
        await world.permit(world.bot, place, view_channel=False)
        with pytest.raises(discord.Forbidden) as hidden:
            await channel.send("hello")
        assert (denied.value.code, hidden.value.code) == (50013, 50001)


async def test_a_deleted_channel_takes_nothing() -> None:
    """10003, and the client hears of it."""
    async with running(Tiny) as world:
        _, channel = general(world)
        await world.remove_channel(world.newsroom.channel("general"))
        with pytest.raises(discord.NotFound) as gone:
            await channel.send("hello")
        assert gone.value.code == 10003
        await world.until(lambda: channel.guild.get_channel(channel.id) is None)


async def test_people_change_and_take_back_what_they_wrote() -> None:
    """The client hears of both; who may not is stopped."""
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    world = World()
    world.granted = intents.value
    async with running(lambda **options: Tiny(intents=intents, **options), world):
        mara, nils = world.user("mara"), world.user("nils")
        said = await mara.post(world.newsroom.channel("general"), f"<@{nils.user.id}> said so")
        await world.until(lambda: world.client.messages)
        assert [one.id for one in world.client.messages[0].mentions] == [int(nils.user.id)]
        with pytest.raises(Unusable):
            await nils.edit(said, "said nothing")
        with pytest.raises(Unusable):
            await nils.delete(said)
        await mara.edit(said, "said otherwise")
        await world.until(lambda: world.client.messages[0].content == "said otherwise")
        await world.user("olga").delete(said)
        await world.until(lambda: not world.client.cached_messages)


async def test_files_have_a_largest_size() -> None:
    """413 above 10 MiB."""
    async with running(Tiny) as world:
        _, channel = general(world)
        with pytest.raises(discord.HTTPException) as refused:
            await channel.send(file=discord.File(io.BytesIO(bytes((10 << 20) + 1)), "large.bin"))
        assert (refused.value.status, refused.value.code) == (413, 40005)


async def test_people_can_refuse_direct_messages() -> None:
    """50007 to a person who blocks the bot."""
    async with running(Tiny) as world:
        mara = world.user("mara")
        person = await world.client.fetch_user(int(mara.user.id))
        await person.send("hello")
        mara.user.blocks.add(world.bot.id)
        with pytest.raises(discord.Forbidden) as refused:
            await person.send("hello")
        assert refused.value.code == 50007


async def test_threads_start_once_on_a_message() -> None:
    """A message is edited, gets a thread, and no second one."""
    async with running(Tiny) as world:
        _, channel = general(world)
        message = await channel.send("alert")
        await message.edit(content="alert, joined by another outlet")
        thread = await message.create_thread(name="Wordings")
        await thread.send("The second outlet has it otherwise")
        with pytest.raises(discord.HTTPException) as again:
            await message.create_thread(name="Wordings")
        assert again.value.code == 160004
        assert len(world.messages[str(message.id)].versions) == 1


async def test_a_person_takes_the_bot_along() -> None:
    """Where the bot is not, who has installed it for themselves can use it."""
    async with running(Tiny) as world:
        elsewhere = await world.guild("Elsewhere", has_bot=False)
        exchange = await world.user("olga").slash("card", guild=elsewhere, text="hello")
        assert (await exchange.answer()).text == "hello"
        with pytest.raises(Unusable, match="not offered in Elsewhere"):
            await world.user("olga").slash("say", guild=elsewhere, text="hello")


async def test_nothing_leaves_the_machine(discord_world: World) -> None:
    """The negative control: another host is refused before anything is sent."""
    async with aiohttp.ClientSession(connector=discord_world.connector()) as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get("https://example.org/")
    assert discord_world.wire.refused == ["example.org"]
    discord_world.wire.refused.clear()


@pytest.mark.longest_block(0.5)
async def test_a_held_loop_is_seen(heartbeat: Lag) -> None:
    """The watch on the event loop notices who holds it up."""
    await asyncio.sleep(0.02)
    time.sleep(0.2)  # noqa: ASYNC251 that is the point
    await asyncio.sleep(0.02)
    assert heartbeat.worst > 0.15


async def test_the_transcript_tells_who_saw_what(golden: Callable[[str, str], None]) -> None:
    """People, places, cards and buttons are all there."""
    async with running(Tiny) as world:
        mara = world.user("mara")
        message = await (await mara.slash("card", text="He said so.")).answer()
        await (await mara.press(message, "Sources")).edited()
        await world.reply(await mara.dm(files=[("quotes.txt", b"one\n")]))
        golden("chat/transcript.txt", re.sub(r"(?m)^ *\d+\.\d\d", "  0.00", f"{world.transcript}\n"))
