"""A file that is written takes its name when it is whole, and until then is in nobody's way."""

import gzip

import pytest

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
