"""The commands, a module for each; `add` puts them into the bot's tree."""

from bot.serve.chat.commands import alerts, menus, verify, watch

ALL = (verify.add, menus.add, alerts.add, watch.add)
