"""The commands, a module for each; `add` puts them into the bot's tree."""

from bot.serve.chat.commands import about, article, bulk, job, menus, privacy, quotes, speaker, verify

ALL = (verify.add, menus.add, quotes.add, speaker.add, article.add, privacy.add, about.add, bulk.add, job.add)
