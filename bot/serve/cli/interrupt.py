"""Ctrl-C: what is under way is brought to an end, one line says how far it came, and the exit status is 130."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click


class Interrupted(click.ClickException):
    """The user has stopped the program; the message says how far it came."""

    exit_code = 130

    def show(self, file: Any = None) -> None:
        """Write it to standard error, on a line of its own beneath the `^C` of a terminal."""
        click.echo(f"\n{self.message}" if sys.stderr.isatty() else self.message, file, err=True)


@contextmanager
def told(how_far: Callable[[], str]) -> Iterator[None]:
    """Say on Ctrl-C how far it came. Raises `Interrupted`, after what is open inside was closed."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(f"interrupted; {how_far()}") from None


@contextmanager
def held_off() -> Iterator[None]:
    """Ctrl-C waits for the end of what is done inside: a transaction is whole or was not begun.

    For the main thread. Raises `KeyboardInterrupt` at the end where it came.
    """
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came and before is not signal.SIG_IGN:  # it is ignored in a program that a script has put in the background
        raise KeyboardInterrupt
