"""The program: its global options, its commands, and how it says that something is wrong.

Exit status: 0 done · 1 done in part (some files or rows were no use) · 2 not done (wrong input, or no usable record) ·
130 interrupted.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from bot.errors import OnRecordError
from bot.serve.cli import (
    add,
    article,
    bulk,
    care,
    check,
    demo,
    doctor,
    export,
    extract,
    feed,
    index,
    listed,
    look,
    run,
    show,
    status,
    utterance,
    watch,
)
from bot.serve.cli.interrupt import Interrupted
from bot.serve.setup import Setup

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


class Refusal(click.ClickException):
    """An error as the user sees it: what is wrong, and how to mend it."""

    exit_code = 2

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint

    def show(self, file: Any = None) -> None:
        """Write both to standard error."""
        for line in self.message.splitlines():
            show.fault(line, file)
        click.echo(f"{click.style('hint:', bold=True)} {self.hint}", file, err=True)


class Program(click.Group):
    """A group whose errors, click's own among them, are shown as `Refusal` shows them."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """As click does, with faults in the global options told."""
        with _told():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """As click does, with faults in a command told."""
        with _told():
            done = super().invoke(ctx)
            sys.stdout.flush()
            return done


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OnRecordError as error:
        raise Refusal(str(error), error.hint) from error
    except KeyboardInterrupt:
        raise Interrupted("interrupted") from None
    except OSError as error:
        if error.errno not in _FULL:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left in it must not fail once more
        raise Refusal(f"standard output: {error.strerror}", "Make room, or write to another place.") from error
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "onrecord"
        raise Refusal(error.format_message(), f"`{command} --help` shows how, with examples.") from error


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--db", type=click.Path(path_type=Path), metavar="PATH", help="The record's SQLite file. [default: onrecord.db]"
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="PATH",
    envvar="ONRECORD_CONFIG",
    help="The settings. [default: config.toml in this folder, if there is one]",
)
@click.version_option(package_name="onrecord", prog_name="onrecord")
@click.pass_context
def program(ctx: click.Context, db: Path | None, config: Path | None) -> None:
    """Check who said what.

    On Record reads news articles, keeps every quotation with its speaker and outlet, and answers a posted quote: which
    outlets carry it, who they attribute it to, how many independent texts are behind them, and how the wordings differ.

    \b
    Begin here:
      onrecord demo                                   see it work on the sample articles
      onrecord add article.html                       put an article on record
      onrecord check "We will not close the harbour"  ask who said it

    Every command explains itself: onrecord COMMAND --help
    """
    ctx.obj = Setup(config, db)


COMMANDS: tuple[click.Command, ...] = (
    add.add,
    extract.extract,
    check.check,
    bulk.bulk,
    look.search,
    look.speaker,
    article.article,
    listed.import_,
    export.export,
    index.index,
    utterance.utterance,
    utterance.trending,
    feed.feed,
    watch.watch,
    status.status,
    care.verify,
    care.backup,
    care.restore,
    demo.demo,
    run.run,
    doctor.doctor,
)
for command in COMMANDS:
    program.add_command(command)


def main() -> None:
    """The console script `onrecord`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a character shows "?" for it
            stream.reconfigure(errors="replace")
    program(prog_name="onrecord")
