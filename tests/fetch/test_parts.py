"""A list in parts: bounded, each known by all that stands before its end."""

import pickle
from functools import partial

from bot.errors import InputError
from bot.fetch import parts
from bot.fetch.packed import Line

Parts = partial(parts.Parts, most_lines=3, most_bytes=100)


def lines(*texts):
    return [Line(number, text) for number, text in enumerate(texts, 1)]


def digests(*texts):
    return [part.digest for part in Parts(lines(*texts))]


def test_every_line_is_in_one_part():
    assert [[line.number for line in part.lines] for part in Parts(lines(*[b"x"] * 7))] == [[1, 2, 3], [4, 5, 6], [7]]


def test_long_lines_make_short_parts():
    """So that a part has a bounded size whatever its lines hold."""
    assert [len(part.lines) for part in Parts(lines(b"x" * 150, b"y" * 60, b"z" * 60, b"a"))] == [1, 2, 1]


def test_a_part_is_sent_to_another_process_as_it_is():
    (part,) = Parts([Line(1, b"x"), Line(7, None)])
    assert pickle.loads(pickle.dumps(part)) == part  # noqa: S301 - our own


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
    assert [len(part.lines) for part in read] == [2]
    assert str(read.damage) == "damaged at line 3"


def test_the_same_lines_of_another_form_are_another_list():
    """What was read under a wrong name is read again under the right one."""
    named = [part.digest for part in Parts(lines(b"x", b"y"), form="gqg")]
    assert named != digests(b"x", b"y")


def test_a_list_begins_with_short_parts(monkeypatch):
    """So that every process soon has work; each is twice as long as the one before, up to the most."""
    monkeypatch.setattr(parts, "FIRST_LINES", 1)
    assert [len(part.lines) for part in Parts(lines(*[b"x"] * 12))] == [1, 2, 3, 3, 3]
