"""`/alerts`: what a server wants alerts of, where, when, and how many. Every reply shows what holds now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.errors import InputError
from bot.orders import AlertKind, Daily, Quiet, Rule, Scope
from bot.report import notice
from bot.serve.chat import effective, gates, notices, permits, typed
from bot.serve.chat.words import Command, options, reply, told

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

    Asked = discord.Interaction[Bot]

FIRST_RULE = Rule(kinds=frozenset(AlertKind) - {AlertKind.WATCH, AlertKind.OUTLET})
"""What a server is given that chooses a channel and has no rule yet."""
MUTED = timedelta(days=1)
_SPANS = {"1": 1, "7": 7, "30": 30, "365": 365}
_KINDS = (
    AlertKind.WORDING,
    AlertKind.ATTRIBUTION,
    AlertKind.DISAGREE,
    AlertKind.CHANGED,
    AlertKind.OUTLET,
    AlertKind.MISQUOTE,
)


class Managed(app_commands.Group):
    """Commands for those who may manage the server, checked when they are used."""

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Whether the one who asks may. Raises `MissingPermissions`, `NoPrivateMessage`."""
        return await gates.managing(interaction)


def add(bot: Bot) -> None:
    """Put the commands into the tree."""
    group = gates.server(
        Managed(
            name=told("alerts.name"),
            description=told("alerts.description"),
            default_permissions=discord.Permissions(manage_guild=True),
        )
    )
    rule = Managed(name=told("alerts.rule"), description=told("alerts.rule_about"), parent=group)
    mute = Managed(name=told("alerts.mute"), description=told("alerts.mute_about"), parent=group)
    _channel(group)
    _times(group)
    _rules(bot, rule)
    _mutes(bot, mute)
    _checking(group)
    bot.tree.add_command(group)


def _named(*names: str) -> Callable[[Command], Command]:
    return options(**{name: f"alerts.{name.rstrip('_')}" for name in names})


def _command(group: app_commands.Group, name: str) -> Callable[..., object]:
    return group.command(name=told(f"alerts.{name}"), description=told(f"alerts.{name}_about"))


def _channel(group: app_commands.Group) -> None:
    @_command(group, "set")
    @_named("channel", "role", "silent", "severity", "hourly")
    async def set_(
        interaction: Asked,
        channel: discord.TextChannel,
        role: discord.Role | None = None,
        silent: bool = False,
        severity: app_commands.Range[int, 0, 5] | None = None,
        hourly: app_commands.Range[int, 1, 60] | None = None,
    ) -> None:
        """Choose the fact-check channel."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        scope = gates.scope(interaction)
        if channel.guild.id != scope.server or (role is not None and role.is_default()):
            raise InputError(reply(interaction, "alerts.not_here"), hint=reply(interaction, "alerts.not_here_hint"))
        chosen = {"channel": channel.id, "keeper": interaction.user.id, "least": severity, "hourly": hourly}
        change: dict[str, int | None] = {name: value for name, value in chosen.items() if value is not None}
        if role is not None or silent:
            change["role"] = None if role is None else role.id
        await interaction.client.office.write(lambda store: store.servers.change(scope, **change))
        if not await interaction.client.office.read(lambda store: store.servers.rules(scope)):
            await interaction.client.office.write(lambda store: store.servers.add_rule(scope, FIRST_RULE))
        interaction.client.alerts.wake()
        await effective.show(interaction, missing=effective.missing(interaction, channel.id))

    @_command(group, "test")
    async def test(interaction: Asked) -> None:
        """Post a sample."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        scope = gates.scope(interaction)
        settings = await interaction.client.office.read(lambda store: store.servers.settings(scope))
        if settings.channel is None:
            raise InputError(reply(interaction, "alerts.no_channel"), hint=reply(interaction, "alerts.no_channel_hint"))
        missing = effective.missing(interaction, settings.channel)
        locale = await notices.speaking(interaction.client, scope)
        view = notices.marked(notice.sample(locale), [], f"{interaction.id:024x}")
        place = interaction.client.get_partial_messageable(settings.channel, guild_id=scope.server)
        try:
            silent = discord.AllowedMentions.none()
            await interaction.client.showing.send(place.id, place.send, view=view, allowed_mentions=silent)
            posted = reply(interaction, "alerts.tested", channel=f"<#{settings.channel}>")
        except discord.HTTPException as error:
            posted = reply(interaction, "alerts.test_failed", channel=f"<#{settings.channel}>", why=error.status)
        await effective.show(interaction, posted, missing=missing)


def _times(group: app_commands.Group) -> None:
    @_command(group, "digest")
    @_named("hour", "zone", "off")
    @app_commands.autocomplete(zone=typed.zones)
    async def digest(
        interaction: Asked,
        hour: app_commands.Range[int, 0, 23] | None = None,
        zone: app_commands.Range[str, 1, 60] | None = None,
        off: bool = False,
    ) -> None:
        """When what was held back is summed up."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        scope = gates.scope(interaction)
        where = zone or await _zone(interaction, scope)
        if off or hour is not None:
            chosen = None if off or hour is None else typed.valid(lambda: Daily(time(hour), where))
            await interaction.client.office.write(lambda store: store.servers.change(scope, digest=chosen))
        await effective.show(interaction)

    @_command(group, "quiet")
    @_named("from_", "to", "zone", "off")
    @app_commands.autocomplete(zone=typed.zones)
    async def quiet(
        interaction: Asked,
        from_: app_commands.Range[str, 1, 5] | None = None,
        to: app_commands.Range[str, 1, 5] | None = None,
        zone: app_commands.Range[str, 1, 60] | None = None,
        off: bool = False,
    ) -> None:
        """When nothing but misattributions is posted."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        scope = gates.scope(interaction)
        where = zone or await _zone(interaction, scope)
        if (from_ is None) != (to is None):
            raise InputError(reply(interaction, "alerts.both"), hint=reply(interaction, "alerts.time_hint"))
        if off or (from_ and to):
            start, end = (None, None) if off or not (from_ and to) else (typed.moment(from_), typed.moment(to))
            chosen = None if start is None or end is None else typed.valid(lambda: Quiet(start, end, where))
            await interaction.client.office.write(lambda store: store.servers.change(scope, quiet=chosen))
        await effective.show(interaction)


def _rules(bot: Bot, group: app_commands.Group) -> None:
    @_command(group, "add")
    @_named("severity", "kind", "speakers", "outlets", "words")
    @app_commands.choices(kind=[app_commands.Choice(name=told(f"notice.{kind}"), value=kind.value) for kind in _KINDS])
    @app_commands.autocomplete(speakers=bot.names.speakers, outlets=bot.names.outlets)
    async def add_(
        interaction: Asked,
        severity: app_commands.Range[int, 0, 5] = FIRST_RULE.least,
        kind: str | None = None,
        speakers: app_commands.Range[str, 1, 400] | None = None,
        outlets: app_commands.Range[str, 1, 400] | None = None,
        words: app_commands.Range[str, 1, 400] | None = None,
    ) -> None:
        """Want alerts of something more."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        scope = gates.scope(interaction)
        kinds = FIRST_RULE.kinds if kind is None else frozenset({AlertKind(kind)})
        rule = Rule(
            least=severity,
            kinds=kinds,
            speakers=typed.parts(speakers),
            outlets=typed.parts(outlets),
            words=typed.parts(words),
        )
        await interaction.client.office.write(lambda store: store.servers.add_rule(scope, rule))
        await effective.show(interaction)

    @_command(group, "list")
    async def list_(interaction: Asked) -> None:
        """What alerts are wanted of."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await effective.show(interaction)

    @_command(group, "remove")
    @_named("rule")
    async def remove(interaction: Asked, rule: app_commands.Range[int, 1]) -> None:
        """Want no more alerts of something."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        scope = gates.scope(interaction)
        await interaction.client.office.write(lambda store: store.servers.remove_rule(scope, rule))
        await effective.show(interaction)


def _mutes(bot: Bot, group: app_commands.Group) -> None:
    spans = [app_commands.Choice(name=told(f"alerts.days_{each}"), value=days) for each, days in _SPANS.items()]

    @_command(group, "speaker")
    @_named("speaker", "span")
    @app_commands.autocomplete(speaker=bot.names.speakers)
    @app_commands.choices(span=spans)
    async def speaker_(interaction: Asked, speaker: app_commands.Range[str, 1, 200], span: int = 1) -> None:
        """Want no alerts about somebody for a while."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        scope, until = gates.scope(interaction), datetime.now(UTC) + MUTED * span
        await interaction.client.office.write(lambda store: store.servers.mute(scope, speaker, until))
        await effective.show(interaction)

    @_command(group, "list")
    async def list_(interaction: Asked) -> None:
        """Whom the server does not want to hear of."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await effective.show(interaction)

    async def muted(interaction: discord.Interaction, begun: str) -> list[app_commands.Choice[str]]:
        if interaction.guild_id is None or not interaction.permissions.manage_guild:
            return []
        scope, now = gates.scope(interaction), datetime.now(UTC)
        names = await bot.office.read(lambda store: store.servers.mutes(scope, now))
        found = [name for name in names if begun.casefold() in name.casefold() and len(name) <= 100]
        return [app_commands.Choice(name=name, value=name) for name in found[:25]]

    @_command(group, "end")
    @_named("speaker")
    @app_commands.autocomplete(speaker=muted)
    async def end(interaction: Asked, speaker: app_commands.Range[str, 1, 200]) -> None:
        """Hear of somebody again."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        scope = gates.scope(interaction)
        await interaction.client.office.write(lambda store: store.servers.unmute(scope, speaker))
        await effective.show(interaction)


def _checking(group: app_commands.Group) -> None:
    @_command(group, "check")
    @_named("channel", "on", "speak")
    async def check(interaction: Asked, channel: discord.TextChannel, on: bool, speak: bool | None = None) -> None:
        """Have the quotes in a channel's ordinary messages checked, or no more."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        bot, scope = interaction.client, gates.scope(interaction)
        if channel.guild.id != scope.server:
            raise InputError(reply(interaction, "alerts.not_here"), hint=reply(interaction, "alerts.not_here_hint"))
        if on and not bot.reading and not permits.reads(bot.application_flags):
            raise InputError(reply(interaction, "alerts.no_intent"), hint=reply(interaction, "alerts.no_intent_hint"))
        settings = await bot.office.read(lambda store: store.servers.settings(scope))
        checked = tuple(each for each in settings.checked if each != channel.id) + ((channel.id,) if on else ())
        change = {"checked": checked} | ({} if speak is None else {"speak": speak})
        await bot.office.write(lambda store: store.servers.change(scope, **change))
        await effective.show(interaction, missing=effective.missing(interaction, channel.id) if on else ())
        if on and not bot.reading:
            bot.renewing.set()


async def _zone(interaction: Asked, scope: Scope) -> str:
    """The zone that the server has used before."""
    settings = await interaction.client.office.read(lambda store: store.servers.settings(scope))
    chosen = settings.quiet or settings.digest
    return chosen.zone if chosen else "UTC"
