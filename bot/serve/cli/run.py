"""`onrecord run`: the Discord bot."""

from __future__ import annotations

import click

from bot.errors import NoToken
from bot.serve.cli import show
from bot.serve.setup import Setup

CONFIGURATION = 78
"""Exit status where starting again would not help (EX_CONFIG of sysexits.h); systemd is told not to try."""


@click.command(short_help="Run the Discord bot.")
@click.option("--verbose", is_flag=True, help="Log more.")
@click.pass_obj
def run(setup: Setup, verbose: bool) -> None:
    """Run the Discord bot until it is stopped (Ctrl-C, or SIGTERM).

    The token is read from the variable ONRECORD_TOKEN, or from the file that `token_file` names in the settings. It
    logs to standard error, a JSON object a line. How it is can be asked on this machine: http://127.0.0.1:8787/healthz.

    \b
    Exit status: 0 stopped · 78 the token or an intent is missing or wrong; starting it again would not help.

    \b
    Examples:
      ONRECORD_TOKEN=… onrecord run
      onrecord --config /etc/onrecord/config.toml run
    """
    import asyncio
    import logging

    try:
        token = setup.token()
        from bot.serve.chat import logs, running

        logs.begin(token.reveal(), logging.DEBUG if verbose else logging.INFO)
        asyncio.run(running.run(setup, token))
    except NoToken as error:
        show.fault(error)
        click.echo(f"{click.style('hint:', bold=True)} {error.hint}", err=True)
        raise SystemExit(CONFIGURATION) from error
