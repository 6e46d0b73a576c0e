"""The commands, a module for each; `add` puts them into the bot's tree."""

from bot.serve.chat.commands import (
    about,
    alerts,
    article,
    bulk,
    feed,
    job,
    menus,
    privacy,
    quotes,
    speaker,
    verify,
    watch,
)

ALL = (
    verify.add,
    menus.add,
    quotes.add,
    speaker.add,
    article.add,
    feed.add,
    bulk.add,
    job.add,
    alerts.add,
    watch.add,
    privacy.add,
    about.add,
)
