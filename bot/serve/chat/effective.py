"""What holds in a server now: its settings, rules and mutes as a reply, and what the bot lacks to act on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import discord

from bot.orders import SERVER_KINDS, Rule, Settings
from bot.report.safe import safe
from bot.serve.chat import gates, permits
from bot.serve.chat.words import fitting, reply
from storage.store import Store

if TYPE_CHECKING:
    from bot.serve.chat.client import Bot

_LISTED = 8  # rules, and mutes, that a reply has room for


def missing(interaction: discord.Interaction, channel: int) -> tuple[str, ...]:
    """The permissions that the bot would need in a channel of the server and does not have."""
    guild = interaction.guild
    place = guild.get_channel(channel) if guild else None
    if guild is None or place is None or guild.me is None:
        return ("view_channel",)
    return permits.missing(place.permissions_for(guild.me), permits.ALERTS)


async def show(interaction: discord.Interaction[Bot], lead: str = "", *, missing: Sequence[str] = ()) -> None:
    """Answer with what holds now, after a `lead`."""
    scope = gates.scope(interaction)

    def read(store: Store) -> tuple[Settings, list[Rule], dict[str, datetime]]:
        held = store.servers
        return held.settings(scope), held.rules(scope), held.mutes(scope, datetime.now(UTC))

    settings, rules, mutes = await interaction.client.office.read(read)
    lines = [lead] if lead else []
    if missing:
        names = ", ".join(f"**{permits.spoken(name)}**" for name in missing)
        lines.append(f"⚠ {reply(interaction, 'alerts.missing', permissions=names)}")
    lines += [*_settings(interaction, settings), *_rules(interaction, rules), *_mutes(interaction, mutes)]
    await interaction.edit_original_response(content=fitting(lines))


def _settings(interaction: discord.Interaction, settings: Settings) -> list[str]:
    def told(key: str, **values: object) -> str:
        return reply(interaction, f"alerts.{key}", **values)

    quiet, digest = settings.quiet, settings.digest
    channel = f"<#{settings.channel}>" if settings.channel else told("none")
    checked = ", ".join(f"<#{each}>" for each in settings.checked[:20]) or told("none")
    return [
        told("holds_channel", channel=channel, hourly=settings.hourly),
        told("holds_role", role=f"<@&{settings.role}>" if settings.role else told("nobody")),
        told("holds_quiet", start=f"{quiet.start:%H:%M}", end=f"{quiet.end:%H:%M}", zone=quiet.zone)
        if quiet
        else told("holds_no_quiet"),
        told("holds_digest", at=f"{digest.at:%H:%M}", zone=digest.zone) if digest else told("holds_no_digest"),
        told("holds_checked", channels=checked, least=settings.least),
        *([told("holds_speak")] if settings.checked and settings.speak else []),
    ]


def _rules(interaction: discord.Interaction, rules: Sequence[Rule]) -> list[str]:
    lines = [reply(interaction, "alerts.holds_rules", count=len(rules))]
    for rule in rules[:_LISTED]:
        kinds = sorted(rule.kinds) if rule.kinds != SERVER_KINDS else []
        parts = [reply(interaction, "alerts.from_severity", least=rule.least)]
        parts += [", ".join(reply(interaction, f"notice.{kind}") for kind in kinds) or reply(interaction, "alerts.all")]
        for key, names in (("speakers", rule.speakers), ("outlets", rule.outlets), ("words", rule.words)):
            if names:
                parts.append(f"{reply(interaction, f'alerts.{key}')}: {safe(', '.join(names), 120)}")
        lines.append(f"`{rule.id}` {' · '.join(parts)}")
    if len(rules) > _LISTED:
        lines.append(reply(interaction, "alerts.more", count=len(rules) - _LISTED))
    return lines


def _mutes(interaction: discord.Interaction, mutes: dict[str, datetime]) -> list[str]:
    held = [f"**{safe(name, 60)}** <t:{int(until.timestamp())}:R>" for name, until in list(mutes.items())[:_LISTED]]
    if len(mutes) > _LISTED:
        held.append(reply(interaction, "alerts.more", count=len(mutes) - _LISTED))
    return [reply(interaction, "alerts.holds_muted", names=", ".join(held))] if held else []
