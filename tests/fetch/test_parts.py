"""A list in parts: bounded, each known by all that stands before its end."""

from functools import partial

from bot.errors import InputError
from bot.fetch import parts

Parts = partial(parts.Parts, most_lines=3, most_bytes=100)


def lines(*texts):
    """The pieces, in blocks of two."""
    return [list(texts[at : at + 2]) for at in range(0, len(texts), 2)]


def digests(*texts):
    return [part.digest for part in Parts(lines(*texts))]


def test_every_line_is_in_one_part():
    texts = [b"%d" % number for number in range(1, 8)]
    assert [(part.first, part.pieces, part.last) for part in Parts(lines(*texts))] == [
        (1, [b"1", b"2", b"3"], 3),
        (4, [b"4", b"5", b"6"], 6),
        (7, [b"7"], 7),
    ]


def test_long_lines_make_short_parts():
    """So that a part has a bounded size whatever its lines hold."""
    assert [len(part.pieces) for part in Parts(lines(b"x" * 150, b"y" * 60, b"z" * 60, b"a"))] == [1, 2, 1]


def test_parts_do_not_depend_on_how_lines_come():
    """A pipe hands over what there is, a file much at once; the digests are to be the same."""
    texts = [b"x" * size for size in (3, 40, 70, 0, 200, 1, 1, 1, 1, 99)]
    whole, single = Parts([texts]), Parts([[text] for text in texts])
    assert list(whole) == list(single) == list(Parts(lines(*texts)))


def test_a_longer_list_has_the_same_parts_at_its_beginning():
    assert digests(*[b"x"] * 6) == digests(*[b"x"] * 7)[:2]


def test_a_change_shows_in_its_part_and_all_that_follow():
    before, after = digests(*[b"x"] * 9), digests(*[b"x"] * 4, b"y", *[b"x"] * 4)
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, False]


def test_what_stands_before_a_damage_is_handed_over():
    def damaged():
        yield from lines(b"x", b"y")
        raise InputError("damaged at line 3", hint="Again.")

    read = Parts(damaged())
    assert [len(part.pieces) for part in read] == [2]
    assert str(read.damage) == "damaged at line 3"


def test_the_same_lines_of_another_form_are_another_list():
    """What was read under a wrong name is read again under the right one."""
    named = [part.digest for part in Parts(lines(b"x", b"y"), form="gqg")]
    assert named != digests(b"x", b"y")


def test_a_list_begins_with_short_parts(monkeypatch):
    """So that every process soon has work; each is twice as long as the one before, up to the most."""
    monkeypatch.setattr(parts, "FIRST_LINES", 1)
    assert [len(part.pieces) for part in Parts(lines(*[b"x"] * 12))] == [1, 2, 3, 3, 3]
