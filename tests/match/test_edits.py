"""What an outlet changed in its quotations after publication."""

from __future__ import annotations

from bot.match.edits import Edit, edits
from bot.model import Attribution, FindingClass, Kind, SpeakerKind, Witness
from bot.text import fold

WORDS = "We will not open the lower gate before the river has fallen"


def witness(number: int, text: str = WORDS, speaker: str = "Ana Lorentz") -> Witness:
    said = Attribution(speaker=speaker, kind=SpeakerKind.PERSON, rule="test", confidence=0.9)
    return Witness(id=number, text=text, kind=Kind.DIRECT, outlet="bay.example", article=1, attribution=said)


def found(before: list[Witness], after: list[Witness]) -> list[Edit]:
    weight = {word: 6.0 for one in (*before, *after) for word in fold(one.text)}
    return list(edits(before, after, weight))


def test_the_same_words_are_no_edit_however_they_are_printed() -> None:
    assert not found([witness(1)], [witness(2, WORDS.upper() + ".")])


def test_other_words_are_held_against_those_that_stood_there() -> None:
    (edit,) = found([witness(1)], [witness(2, "A bridge is a bridge"), witness(3, WORDS.replace(" not", ""))])
    assert edit.after is not None
    assert (edit.before.id, edit.after.id, edit.severity) == (1, 3, 5)


def test_a_quote_that_is_gone_has_no_successor() -> None:
    (edit,) = found([witness(1)], [witness(2, "A bridge is a bridge and nothing else to anybody")])
    assert edit.after is None
    assert edit.newer.id == 1
    assert [one.cls for one in edit.findings] == [FindingClass.CHANGED]


def test_a_quote_that_stood_there_before_succeeds_none() -> None:
    """Of two renderings one is dropped: the other is no new wording of it."""
    shorter = witness(2, WORDS.removesuffix(" before the river has fallen"))
    (edit,) = found([witness(1), shorter], [witness(3, shorter.text)])
    assert edit.after is None


def test_the_same_words_from_another_mouth() -> None:
    (edit,) = found([witness(1)], [witness(2, speaker="Piet Haan")])
    assert [one.cls for one in edit.findings] == [FindingClass.SPEAKER]
    assert edit.severity == 5


def test_a_fuller_name_is_the_same_mouth() -> None:
    assert not found([witness(1, speaker="Lorentz")], [witness(2)])


def test_words_that_stand_twice_tell_of_no_other_mouth() -> None:
    assert not found([witness(1), witness(2, speaker="Piet Haan")], [witness(3, speaker="Piet Haan"), witness(4)])
