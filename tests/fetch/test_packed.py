"""Files are read line by line in bounded pieces; one that is written takes its name when it is whole."""

import gzip
import io
import tracemalloc
from itertools import chain

import pytest
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
