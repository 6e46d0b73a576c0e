"""Files that users send: fetched within a limit, and read as articles in a process that may be killed.

A file's name is never a path: only its ending says what kind of file it is, and only where we know that kind.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

import discord

from bot.errors import InputError
from bot.fetch import dump, urls
from bot.fetch.details import Details
from bot.model import UNLISTED, Article
from bot.serve.chat.office import Office

LIMIT = 2 * 1024 * 1024
"""Bytes of a file."""
MOST = 20
"""Articles of one file."""
Outcome = Article | InputError


async def articles(office: Office, attachment: discord.Attachment, known: Details) -> list[Outcome]:
    """The articles of a file, or what is wrong with each. Raises `InputError` where the whole file is no use."""
    ending = suffix(attachment.filename)
    data = await fetched(attachment)
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:  # here: what reads the file may be killed
        path = Path(folder, "article").with_suffix(ending)
        await asyncio.to_thread(path.write_bytes, data)
        return await office.parse(partial(read, path, known))


async def fetched(attachment: discord.Attachment, limit: int = LIMIT) -> bytes:
    """The bytes of a file. Raises `InputError` where it is too large, or no longer there."""
    hint = "Send a smaller file, or part it in several."
    too_large = InputError(f"the file is larger than {limit // 1024:,} KiB", hint=hint)
    if attachment.size > limit:
        raise too_large
    try:
        data = await attachment.read()
    except discord.NotFound as error:
        raise InputError("Discord no longer has the file", hint="Send it again.") from error
    if len(data) > limit:
        raise too_large
    return data


def stated(article: Article) -> Article:
    """The article under the outlet that its sender gave, marked as no more than that where its address has another."""
    if article.url and urls.outlet(article.url) == article.outlet.casefold():
        return article
    return replace(article, outlet=article.outlet.removesuffix(UNLISTED) + UNLISTED)


def suffix(name: str) -> str:
    """The ending of a file's name. Raises `InputError` where it is none of an article's."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if ending not in ENDINGS:
        raise InputError("this is not a kind of file that we read", hint=f"Known: {', '.join(ENDINGS)}.")
    return ending


ENDINGS = tuple(dump.KNOWN.split(", "))
"""The endings of the files that are read."""


def read(path: Path, known: Details) -> list[Outcome]:
    """The articles of a file. Raises `InputError` where there are too many of them."""
    found: list[Outcome] = []
    for item in dump.articles(path, known, LIMIT):
        found.append(item.outcome)
        if len(found) > MOST:
            raise InputError(f"there are more than {MOST} articles in it", hint="Use `onrecord add` for these.")
    return found
