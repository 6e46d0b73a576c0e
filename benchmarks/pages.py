"""Pages saved from the web: which of their quotations we keep, and how fast: `python -m benchmarks.pages FOLDER`.

A folder holds a page's bytes (``source.html``) and the article in it as people marked it (``expected.html``), as the
test pages of Mozilla's Readability and of its ports do; they are other people's and not part of this project. A
quotation of the article is kept where its words stand in the text that we read, and kept with its context where the 40
letters on each side of it, within its paragraph, stand beside it.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree, html

from bot.errors import InputError
from bot.extract.marks import marked
from bot.fetch import page
from bot.fetch.details import Details
from bot.serve import reading
from bot.serve.apart import Apart

KNOWN = Details(otherwise="benchmark.example")
FEWEST = 3
"""Words: fewer are a term or a title."""
AROUND = 40
_BLOCK = "p|h1|h2|h3|h4|h5|h6|li|blockquote|div|section|article|td|th|dd|dt|pre|figcaption|figure|ul|ol|table|tr|br"
_BLOCKS = frozenset(_BLOCK.split("|"))
_LETTERS = re.compile(r"[\W_]+")


@dataclass
class Score:
    """What was counted. `missing` names the page of each quotation that is not kept."""

    pages: int = 0
    quotations: int = 0
    kept: int = 0
    context: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)


def paragraphs(node: html.HtmlElement) -> Iterator[str]:
    """The text of an element's paragraphs: what stands between the beginnings and ends of blocks."""
    run: list[str] = []
    for event, element in etree.iterwalk(node, events=("start", "end")):
        if element.tag in _BLOCKS:
            if text := " ".join("".join(run).split()):
                yield text
            run = []
        piece = element.text if event == "start" else element.tail
        if isinstance(element.tag, str) and event == "start" and element.tag in ("script", "style"):
            continue
        run.append(piece or "")
    if text := " ".join("".join(run).split()):
        yield text


def folded(text: str) -> str:
    """Only what is a letter or a digit, in lower case."""
    return _LETTERS.sub("", text).casefold()


def expected(path: Path) -> Iterator[tuple[str, str]]:
    """Each quotation of an article as people marked it, folded: its words, and its words with what is beside them."""
    for paragraph in paragraphs(html.fromstring(path.read_text(encoding="utf-8"))):
        for found in marked(paragraph):
            inner = paragraph[found.inner_start : found.inner_end]
            if len(inner.split()) >= FEWEST:
                before, after = folded(paragraph[: found.start]), folded(paragraph[found.end :])
                words = folded(inner)
                yield words, before[-AROUND:] + words + after[:AROUND]


def score(folders: list[Path], *, show: bool = False) -> Score:
    """Count over the folders that hold a page with quotations."""
    made = Score()
    for folder in folders:
        wanted = list(expected(folder / "expected.html"))
        if not wanted:
            continue
        made.pages += 1
        try:
            text = folded(page.read((folder / "source.html").read_bytes(), KNOWN).text)
        except InputError as error:
            text = ""
            print(f"{folder.name}: {error}")
        for words, context in wanted:
            made.quotations += 1
            made.kept += words in text
            made.context += context in text
            if context not in text:
                made.missing.append((folder.name, words[:70] + ("" if words in text else " [gone]")))
    if show:
        for name, words in made.missing:
            print(f"  {name}: {words}")
    return made


def speed(folders: list[Path], jobs: int) -> tuple[int, float]:
    """Pages read, with extraction, by processes that may be killed; and the seconds that it took."""
    pages = [(folder / "source.html").read_bytes() for folder in folders]
    with Apart(jobs) as apart, ThreadPoolExecutor(jobs) as threads:
        list(threads.map(lambda _: apart.read(os.getpid), range(jobs)))
        begun = time.perf_counter()
        list(threads.map(lambda data: _outcome(apart, data), pages))
        return len(pages), time.perf_counter() - begun


def _outcome(apart: Apart, data: bytes) -> None:
    try:
        apart.read(reading.page, data, KNOWN)
    except InputError as error:
        print(error)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds a folder for each page")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", action="store_true", help="name what is missing")
    parser.add_argument("--speed", action="store_true", help="measure pages a second as well")
    given = parser.parse_args(arguments)
    folders = sorted(
        path.parent for path in given.folder.glob("*/expected.html") if (path.parent / "source.html").is_file()
    )
    found = score(folders, show=given.show)
    print(f"{found.pages} pages with {found.quotations} quotations: {found.kept} kept, {found.context} with context")
    if given.speed:
        count, seconds = speed(folders, given.jobs)
        print(f"{count} pages in {seconds:.1f} s: {count / seconds:.0f} a second")


if __name__ == "__main__":
    main()
