"""Cards as Discord shows them, in Components v2."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import chain

import discord
from discord import ui

from bot.report.card import Card
from bot.report.picture import Picture

PICTURE = "side-by-side.png"


def container(card: Card, rows: Sequence[ui.ActionRow[ui.LayoutView]] = ()) -> ui.Container[ui.LayoutView]:
    """The card between separators, with rows of buttons below it: 14 components at most, and those of the rows."""
    texts = [ui.TextDisplay[ui.LayoutView](text) for text in (card.head, *card.blocks, card.foot)]
    spaced = chain.from_iterable((ui.Separator[ui.LayoutView](), text) for text in texts)
    return ui.Container(*list(spaced)[1:], *rows, accent_colour=card.accent)


def layout(
    card: Card, rows: Sequence[ui.ActionRow[ui.LayoutView]] = (), *, timeout: float | None = None
) -> ui.LayoutView:
    """The card as a message of its own. Without `timeout` its buttons live as long as what answers them."""
    view = ui.LayoutView(timeout=timeout)
    view.add_item(container(card, rows))
    return view


def gallery(picture: Picture) -> ui.MediaGallery[ui.LayoutView]:
    """The picture that `attached` sends along, with its words for those who do not see it."""
    return ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{PICTURE}", description=picture.alt))


def attached(picture: Picture) -> discord.File:
    """The file that `gallery` shows."""
    return discord.File(BytesIO(picture.png), filename=PICTURE, description=picture.alt)
