"""`onrecord doctor`: what is wrong with the bot's set-up, and what to do about it."""

from __future__ import annotations

import click

from bot.serve.setup import Setup


@click.command(short_help="Look over the set-up of the Discord bot.")
@click.pass_obj
def doctor(setup: Setup) -> None:
    """Look over what the Discord bot needs: settings, record, disk, token, intents, commands, permissions.

    It logs in to Discord but changes nothing, and may be used while the bot runs. The token is never shown.

    \b
    Exit status: 0 all is well · 1 something is wrong · 78 the token or an intent is missing or wrong.

    \b
    Examples:
      onrecord doctor
      onrecord --config /etc/onrecord/config.toml doctor
    """
    import asyncio

    raise SystemExit(asyncio.run(_look(setup)))


async def _look(setup: Setup) -> int:
    """Print every line as it is found. Returns the exit status."""
    from bot.report.plain import clean
    from bot.serve.chat import doctor as examination

    worst = 0
    async for line in examination.examine(setup):
        worst = max(worst, line.status)
        mark = click.style("fault", fg="red", bold=True) if line.status else click.style("ok   ", fg="green")
        for told in clean(line.told).splitlines():
            click.echo(f"{mark}  {clean(line.subject)}: {told}")
        if line.advice:
            click.echo(f"       → {clean(line.advice)}")
    return worst
