"""`onrecord add`: articles from files and from the web onto the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import InputError
from bot.serve.cli import interrupt, online, show
from bot.serve.setup import Setup

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.fetch.details import Details
    from bot.fetch.dump import Item
    from bot.fetch.manifest import Manifest
    from bot.model import Added
    from bot.serve.chat.office import Office
    from bot.serve.live.opening import Live


_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_BARE = re.compile(r"www\.|[\w-]+(\.[\w-]+)+/", re.IGNORECASE)
"""How an address begins where https:// was left out; a path may begin so, too."""


@dataclass
class Tally:
    """What a run came to."""

    statuses: dict[str, int] = field(default_factory=dict)
    quotations: int = 0
    refused: list[str] = field(default_factory=list)
    waiting: int = 0

    def count(self, added: Added) -> None:
        """One more article stored, or found to be there already."""
        self.statuses[added.status] = self.statuses.get(added.status, 0) + 1
        if added.status != "known":
            self.quotations += added.quotations

    @property
    def stored(self) -> int:
        """How many articles could be read."""
        return sum(self.statuses.values())


@click.command(no_args_is_help=True, short_help="Put articles on record.")
@click.argument("given_", nargs=-1, metavar="FILE|URL...")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="Says of each file: file,outlet,url,title,published.",
)
@click.option("--outlet", metavar="NAME", help="Who published the articles.")
@click.option("--url", metavar="ADDRESS", help="The address of the article (one file only).")
@click.option("--published", metavar="DATE", help="When, as ISO 8601: 2025-03-04 or 2025-03-04T10:20:00Z.")
@click.pass_obj
def add(
    setup: Setup,
    given_: tuple[str, ...],
    manifest: Path | None,
    outlet: str | None,
    url: str | None,
    published: str | None,
) -> None:
    """Put articles on record, with every quotation and its speaker.

    FILE is .txt, .md, .html, .json or .jsonl (keys text, outlet, url, title, published; or ninjs), .xml (NewsML-G2), or
    a folder of such files. Dumps of many articles are read faster by `onrecord import`. URL is an article's address; it
    is fetched as robots.txt allows, and visited again by `onrecord watch`.

    With --manifest and no FILE, the files that the manifest lists are added. The same text again changes nothing;
    another text under a known address is kept as a new edition. A file that cannot be read stops no other; it is told
    at the end, with exit status 1. So is an address that does not answer.

    An article that comes alone is news: servers and users that asked to hear of what it brings are alerted by
    `onrecord run`. A manifest, a folder, a list or several articles are a back catalogue and alert nobody.

    \b
    Examples:
      onrecord add article.html
      onrecord add story.txt --outlet harbourdaily.example --published 2025-03-04
      onrecord add --manifest manifest.csv articles/
      onrecord add dump.jsonl
      onrecord add https://harbourdaily.example/2025/03/kelmar
    """
    from bot.fetch import details, dump
    from bot.fetch import manifest as manifests

    addresses = [each for each in given_ if _ADDRESS.match(each)]
    files = [Path(each) for each in given_ if not _ADDRESS.match(each)]
    if url and (addresses or len(files) != 1 or files[0].is_dir()):
        raise click.UsageError("--url goes with one FILE")
    given = details.given({"outlet": outlet, "url": url, "published": published})
    listed = manifests.read(manifest, setup.file_limit) if manifest else None
    if not given_ and not listed:
        raise click.UsageError("name a FILE or a URL, or a --manifest that lists some")
    paths = list(dump.files(files)) if given_ else listed.files() if listed else []
    alone = given_[0] if len(given_) == 1 and not manifest else None
    tally = Tally()
    _read(setup, paths, given, listed, tally, alone)
    if addresses:
        _fetch(setup, addresses, given, tally, alone)
    _conclude(tally)


def _read(
    setup: Setup, paths: list[Path], given: Details, listed: Manifest | None, tally: Tally, alone: str | None
) -> None:
    """Put the articles of files on record."""
    if not paths:
        return
    with setup.desk() as desk, show.progress("reading", sum(map(_size, paths))) as told:
        done = 0
        for item in _items(setup, paths, given, listed):
            _store(desk, item, tally, live=item.source == alone)
            done += item.size
            told(done)


def _fetch(setup: Setup, addresses: list[str], given: Details, tally: Tally, alone: str | None) -> None:
    """Put the articles at addresses on record."""
    from bot.errors import FetchError

    done = 0

    def how_far() -> str:
        return f"{done:,} of {len(addresses):,} addresses were fetched; what came on record stays"

    with interrupt.told(how_far), show.progress("fetching", len(addresses)) as told:

        async def one(live: Live, address: str) -> None:
            nonlocal done
            try:
                visited = await live.visitor.ask(address, live=address == alone, given=given)
                tally.waiting += visited.error is not None and visited.again is not None
                if visited.error:
                    raise visited.error
            except (FetchError, InputError) as error:
                tally.refused.append(f"{address}: {error} ({error.hint})")
            else:
                if visited.added:
                    tally.count(visited.added)
                    click.echo(f"{address}: {said(visited.added)}")
            done += 1
            told(done)

        async def all_(_: Office, live: Live) -> None:
            await online.each(addresses, lambda address: one(live, address))

        online.run(setup, all_)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _items(setup: Setup, paths: list[Path], given: Details, listed: Manifest | None) -> Iterator[Item]:
    """What each file holds; an option goes before the manifest's row."""
    from bot.fetch import dump

    for path in paths:
        row = listed.details(path) if listed else None
        yield from dump.articles(path, given.over(row) if row else given, setup.file_limit)


def _store(desk: Desk, item: Item, tally: Tally, *, live: bool) -> None:
    """Store one article and say what was found, or keep the error for the end."""
    if isinstance(item.outcome, InputError):
        bare = _BARE.match(item.source) and not Path(item.source).exists()
        hint = f"{item.outcome.hint} An address needs https:// in front." if bare else item.outcome.hint
        tally.refused.append(f"{item.source}: {item.outcome} ({hint})")
        return
    added = desk.add(item.outcome, live=live)
    tally.count(added)
    click.echo(f"{item.source}: {said(added)}")


def said(added: Added) -> str:
    """What came of an article, in a few words."""
    from bot.report import phrases

    if added.status == "known":
        return f"known as article {added.article}; nothing changed"
    what = "article" if added.status == "new" else "new edition of article"
    copies = f", shares its text with article {', '.join(map(str, added.copies_of))}" if added.copies_of else ""
    return f"{what} {added.article}, {phrases.count(added.quotations, 'quotation')}{copies}"


def _conclude(tally: Tally) -> None:
    """Sum up, and end with status 1 where something was refused, 2 where everything was."""
    from bot.report import phrases

    fresh, again, known = (tally.statuses.get(status, 0) for status in ("new", "edition", "known"))
    parts = [phrases.count(fresh, "new article"), phrases.count(again, "new edition"), f"{known:,} known already"]
    click.echo(f"\n{', '.join(parts)}; {phrases.count(tally.quotations, 'quotation')} added.")
    for refused in tally.refused:
        show.fault(refused)
    if tally.refused:
        total = len(tally.refused) + tally.stored
        rest = "the others are on record" if tally.stored else "nothing was added"
        click.echo(f"{len(tally.refused):,} of {total:,} could not be read; {rest}.", err=True)
        if tally.waiting:
            pages = phrases.count(tally.waiting, "page")
            click.echo(f"{pages} will be tried again by `onrecord watch` or `onrecord run`.", err=True)
        raise SystemExit(1 if tally.stored else 2)
