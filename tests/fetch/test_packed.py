"""Files are read line by line in bounded pieces; one that is written takes its name when it is whole."""

import bz2
import gzip
import io
import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.fetch import packed


def test_two_at_once_do_not_meet(tmp_path):
    """Whoever ends last has the name; neither holds words of the other."""
    path = tmp_path / "out.jsonl.gz"
    with packed.writing(path) as one:
        one.write(b"one " * 10_000)
        with packed.writing(path) as other:
            other.write(b"other " * 10_000)
        assert gzip.decompress(path.read_bytes()) == b"other " * 10_000
        one.write(b"end")
    assert gzip.decompress(path.read_bytes()) == b"one " * 10_000 + b"end"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_fails_leaves_all_as_it_was(tmp_path, error):
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"before")

    def fail():
        with packed.writing(path) as stream:
            stream.write(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match=r"none/out\.jsonl: No such file"), packed.writing(tmp_path / "none/out.jsonl"):
        pass


@given(
    st.lists(st.binary(max_size=12).filter(lambda line: b"\n" not in line), max_size=12),
    st.integers(1, 9),
    st.booleans(),
)
def test_lines_are_the_same_however_they_are_read(lines, block, ended):
    """One that is too long is told in its place, wherever it is cut by what is read at once."""
    data = b"\n".join(lines) + (b"\n" if ended and lines else b"")
    expected = data.split(b"\n")
    if not expected[-1]:
        expected.pop()
    read = packed.by_line(_Slow(data, block), 5)  # type: ignore[arg-type]
    assert list(chain.from_iterable(read)) == [line if len(line) <= 5 else None for line in expected]


class _Slow(io.BytesIO):
    """Hands over a few bytes at a time, as a pipe may."""

    def __init__(self, data: bytes, block: int) -> None:
        super().__init__(data)
        self.block = block

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read(min(self.block, size or 0))


def test_a_line_without_end_is_never_held(tmp_path):
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        for _ in range(64):
            file.write(b"x" * (1 << 20))
        file.write(b"\nshort\n")
    tracemalloc.start()
    with packed.pieces(path, 1000) as held:
        assert list(chain.from_iterable(held)) == [None, b"short"]
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


LINES = b"".join(b'{"text": "We stay %d", "outlet": "a.example"}\n' % number for number in range(2_000))
PACKED = {
    ".gz": gzip.compress(LINES),
    ".bz2": bz2.compress(LINES),
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress(LINES),
}


def read(path):
    """The lines that were read, and the fault that ended it."""
    lines = []
    try:
        with packed.pieces(path, 1_000) as held:
            for some in held:
                lines += some
    except InputError as error:
        return lines, str(error)
    return lines, ""


@pytest.mark.parametrize("name", ["packed.jsonl", "packed.gz"])
@pytest.mark.parametrize("packing", PACKED)
def test_what_is_packed_is_known_by_how_it_begins(tmp_path, packing, name):
    path = tmp_path / name
    path.write_bytes(PACKED[packing] * 2)
    assert read(path) == (LINES.splitlines() * 2, "")


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("cut", [1, 30, 300])
def test_a_file_that_ends_too_early_is_told(tmp_path, packing, cut):
    path = tmp_path / f"cut{packing}"
    path.write_bytes(PACKED[packing][:-cut])
    lines, fault = read(path)
    assert "damaged at line" in fault
    assert lines == LINES.splitlines()[: len(lines)]


@pytest.mark.parametrize("packing", PACKED)
def test_what_stands_before_the_damage_is_read(tmp_path, packing):
    path = tmp_path / f"junk{packing}"
    path.write_bytes(PACKED[packing] + b"\x28\xb5\x2f\xfd junk")
    lines, fault = read(path)
    assert lines == LINES.splitlines()
    assert ("damaged at line 2,001" in fault) == (packing != ".bz2")  # bz2 leaves out what follows, as its program does


def test_a_frame_that_unpacks_to_much_is_not_held(tmp_path):
    path = tmp_path / "zeros.zst"
    path.write_bytes(zstandard.ZstdCompressor().compress(bytes(1 << 28)))
    tracemalloc.start()
    lines, _ = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == [None]
    assert peak < 40 << 20


def test_a_device_is_written_to_and_not_replaced(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with ThreadPoolExecutor(1) as reader:
        found = reader.submit(path.read_bytes)
        with packed.writing(path) as stream:
            stream.write(b"all of it")
        assert found.result() == b"all of it"
    assert path.is_fifo()
