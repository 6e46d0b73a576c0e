"""The commands, a module for each; `add` puts them into the bot's tree."""

from bot.serve.chat.commands import menus, verify

ALL = (verify.add, menus.add)
