"""The command line. Each command parses, asks the desk and prints; it imports what it needs when it runs."""

from bot.serve.cli.app import main

__all__ = ["main"]
