"""An answer that is made to hurt costs little memory, never more than its time, and holds nobody else up."""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import zlib

import pytest

from bot.errors import Refused
from bot.fetch.http import Limits
from bot.fetch.inflate import Inflater
from tests.fetch import bombs
from tests.fetch.web import PUBLIC, serving

SECONDS = 0.7


@pytest.mark.parametrize("name", bombs.NAMES)
async def test_a_bomb_is_refused(name: str) -> None:
    async with serving(bombs.thrown) as web, web.fetcher(limits=Limits(seconds=SECONDS)) as fetcher:
        told, took = await bombs.ended(fetcher, f"http://{PUBLIC}:{web.port}/{bombs.NAMES.index(name)}")
    assert told == bombs.expected(name)
    assert took < SECONDS + bombs.SLACK


async def test_all_bombs_together_cost_little_memory_and_hold_nobody_up() -> None:
    """Measured in a process of its own, which reads and nothing else."""
    async with serving(bombs.thrown) as web:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.fetch.bombs", str(web.port), str(SECONDS)), stdout=asyncio.subprocess.PIPE
        )
        printed, _ = await child.communicate()
    found = json.loads(printed)
    assert {name: told for name, (told, _) in found["ends"].items()} == {n: bombs.expected(n) for n in bombs.NAMES}
    assert max(took for _, took in found["ends"].values()) < SECONDS + bombs.SLACK
    assert found["megabytes"] <= 32
    assert found["held"] < 0.1


PAGE = b"<p>page</p>" * 1000
RAW = zlib.compressobj(9, zlib.DEFLATED, -15)
SOUND = {
    "": PAGE,
    "identity": PAGE,
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE),
    "GZIP": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "Deflate": RAW.compress(PAGE) + RAW.flush(),
}


def unpacked(encoding: str, step: int, limit: int) -> bytes:
    packed = SOUND[encoding]
    body = Inflater(encoding, limit)
    for at in range(0, len(packed), step):
        body.feed(packed[at : at + step])
    return body.close()


@pytest.mark.parametrize("encoding", SOUND)
@pytest.mark.parametrize("step", [1, 7, 10_000_000])
def test_a_sound_page_is_unpacked_however_it_is_cut_into_pieces(encoding: str, step: int) -> None:
    """Up to the last byte that is allowed."""
    assert unpacked(encoding, step, len(PAGE)) == PAGE


@pytest.mark.parametrize("encoding", SOUND)
@pytest.mark.parametrize("step", [1, 10_000_000])
def test_a_byte_more_than_is_allowed_is_refused(encoding: str, step: int) -> None:
    with pytest.raises(Refused, match="more than 10,999 bytes"):
        unpacked(encoding, step, len(PAGE) - 1)


def test_nothing_may_follow_what_is_packed_not_even_later() -> None:
    body = Inflater("gzip", 100)
    body.feed(b"")
    body.feed(gzip.compress(b"page"))
    with pytest.raises(Refused, match="something follows"):
        body.feed(b"\0")


def test_an_empty_page_is_empty_in_every_encoding() -> None:
    """Servers say gzip of nothing and send nothing."""
    assert Inflater("gzip", 10).close() == b""


@pytest.mark.parametrize(
    "encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, identity", "deflate,gzip", "a\r\nb"]
)
def test_another_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(Refused) as caught:
        Inflater(encoding, 10)
    assert caught.value.code == "encoding"
