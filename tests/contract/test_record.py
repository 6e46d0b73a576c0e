"""What every record promises, held against the one in memory and the one in SQLite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import NotInRecord
from bot.model import AddStatus, Candidates, Extraction, Kind, Quotation, Span, Speaker, SpeakerKind, Witness
from bot.text import fold
from tests.contract.reader import Record, article, read

Add = Callable[..., int]

FERRY = (
    "The council met on Monday.\n\n“We will keep the night ferry running until the bridge is safe,” said Ada Lind.\n\n"
    "“The bridge is a disgrace” said Omar Vance. Nobody else spoke about the crossing that evening."
)
SCHOOL = "“Every child deserves a warm classroom,” said Ada Lind. The heating failed in March."
WIRE = (
    "Port officials shut the eastern quay on Friday after engineers found cracks in the wall that holds back the sea. "
    "“Nobody should walk there until we have looked at every stone,” said Ines Roth. Ships will use the western quay, "
    "and passengers are asked to arrive an hour early because buses will take the longer road around the old town."
)


def texts(found: Candidates | Sequence[Witness]) -> list[str]:
    return [witness.text for witness in (found.witnesses if isinstance(found, Candidates) else found)]


def test_a_new_article_is_stored_once(record: Record) -> None:
    """The same text of the same outlet again is known and changes nothing."""
    first = record.add(article(FERRY), read(FERRY))
    before = record.coverage()
    again = record.add(article(FERRY), read(FERRY))
    assert (first.status, again.status) == (AddStatus.NEW, AddStatus.KNOWN)
    assert (again.article, first.quotations) == (first.article, 2)
    assert record.coverage() == before


def test_another_outlet_with_the_same_text_is_another_article(record: Record) -> None:
    one = record.add(article(FERRY), read(FERRY))
    other = record.add(article(FERRY, outlet="quay.example"), read(FERRY))
    assert other.status is AddStatus.NEW
    assert other.article != one.article


def test_a_changed_text_under_the_same_address_is_an_edition(record: Record) -> None:
    """The newest edition's passages are witnesses, and the quotations of an older one that are there no more."""
    changed = FERRY.replace("until the bridge is safe", "all winter")
    first = record.add(article(FERRY, url="https://a.example/1"), read(FERRY))
    second = record.add(article(changed, url="https://a.example/1"), read(changed))
    assert (second.status, second.article) == (AddStatus.EDITION, first.article)
    assert record.articles()[0].editions == 2
    assert record.coverage().articles == 1
    assert record.coverage().quotations == 2
    found = texts(record.candidates("keep the night ferry running"))
    assert "We will keep the night ferry running all winter," in found
    (former,) = [one for one in record.candidates("until the bridge is safe").witnesses if "safe" in one.text]
    assert not former.current
    assert all(one.current for one in record.candidates("running all winter").witnesses if "winter" in one.text)
    assert record.article(first.article)[0].text == changed
    assert [found.current for found in record.search("safe")] == [False]
    assert all(found.current for found in record.speaker("Kask"))


def test_an_older_edition_again_is_known(record: Record, add: Add) -> None:
    changed = FERRY.replace("Monday", "Tuesday")
    add(FERRY, url="https://a.example/1")
    add(changed, url="https://a.example/1")
    again = record.add(article(FERRY, url="https://a.example/1"), read(FERRY))
    assert again.status is AddStatus.KNOWN
    assert record.article(again.article)[0].text == changed


def test_one_text_under_two_addresses_is_two_articles_of_one_group(record: Record, add: Add) -> None:
    one = add(WIRE, url="https://a.example/1")
    other = record.add(article(WIRE, url="https://a.example/2"), read(WIRE))
    assert other.copies_of == (one,)


def test_what_was_read_comes_back(record: Record) -> None:
    """Article, quotations with their attribution, sentences, entities and credits are given back as stored."""
    given = replace(article(FERRY, url="https://a.example/1"), credits=("Agency",))
    added = record.add(given, read(FERRY))
    assert record.article(added.article) == (given, read(FERRY))


def test_a_witness_shows_what_stands_around_it(record: Record, add: Add) -> None:
    add(FERRY, url="https://a.example/1")
    witness = record.candidates("We will keep the night ferry running until the bridge is safe").witnesses[0]
    assert witness.text == "We will keep the night ferry running until the bridge is safe,"
    assert witness.before.endswith("Monday.\n\n“")
    assert witness.after.startswith("” said Ada Lind.")
    assert len(witness.before) <= 240
    assert len(witness.after) <= 240
    assert (witness.outlet, witness.url, witness.title) == ("harbour.example", "https://a.example/1", "Title")
    assert witness.attribution is not None
    assert (witness.attribution.speaker, witness.attribution.via) == ("Ada Lind", ("Wire",))
    assert witness.credits == ("Wire",)


def test_words_without_marks_are_found_as_prose(record: Record, add: Add) -> None:
    add(FERRY)
    witness = record.candidates("Nobody else spoke about the crossing that evening").witnesses[0]
    assert witness.kind is Kind.PROSE


def test_the_parts_of_a_split_quotation_are_also_one_passage(record: Record) -> None:
    text = "“We looked at every stone,” said Ines Roth, “and none of them is loose.”"
    whole = read(text)
    split = tuple(replace(quotation, utterance=1) for quotation in whole.quotations)
    record.add(article(text), Extraction(split))
    witness = record.candidates("we looked at every stone and none of them is loose").witnesses[0]
    assert (witness.kind, witness.text) == (Kind.JOINED, "We looked at every stone, and none of them is loose.")
    assert witness.attribution is not None
    assert record.article(1)[1].quotations == split


def test_candidates_bear_changed_words(record: Record, add: Add) -> None:
    """Case, accents, inserted, dropped and replaced words do not hide a passage."""
    add(FERRY)
    add(SCHOOL)
    for claim in (
        "WE WILL KEEP THE NIGHT FERRY RUNNING",
        "we will stop the night ferry",
        "every child dèserves a classroom",
    ):
        assert record.candidates(claim).witnesses, claim
    assert texts(record.candidates("every cold child deserves a warm clean classroom"))[0].startswith("Every child")


def test_a_claim_of_nothing_has_no_candidates(record: Record, add: Add) -> None:
    add(FERRY)
    assert record.candidates("…") == Candidates((), {})
    assert not record.candidates("zebra xylophone").witnesses


def test_rarer_words_weigh_more(record: Record, add: Add) -> None:
    add(FERRY)
    weight = record.candidates("the ferry").weight
    assert 0 < weight["the"] < weight["ferry"]


def test_carriers_are_passages_that_hold_the_words_in_one_piece(record: Record, add: Add) -> None:
    """Every outlet's copy of the passage counts, in marks and in prose."""
    add("“The bridge is a disgrace” said Omar Vance.")
    add("“The bridge is a disgrace” said Omar Vance.", outlet="quay.example")
    assert record.candidates("bridge is a disgrace").carriers == 4
    assert record.candidates("a disgrace bridge").carriers == 0


def test_the_same_wording_lists_every_carrier(record: Record, add: Add) -> None:
    for number in range(5):
        add(SCHOOL, outlet=f"outlet{number}.example")
    found = record.candidates("Every child deserves a warm classroom", limit=2).witnesses
    assert {witness.outlet for witness in found} == {f"outlet{number}.example" for number in range(5)}


@pytest.mark.parametrize("quoted", [True, False])
def test_a_copy_is_found_in_which_every_sentence_was_edited(record: Record, add: Add, quoted: bool) -> None:
    """With quotations that render those of the other, or without any."""
    said = "“The keeper of the {} gate will not be paid before the insurers have seen the harbour wall,” Ada Lind said."
    told = "The keeper of the {} gate was not to be paid before the insurers had seen the harbour wall again."
    sentences = [(said if quoted else told).format(number) for number in ("upper", "lower", "outer", "inner")]
    one = add(" ".join(sentences))
    edited = " ".join(sentence.replace("insurers", "owners") for sentence in sentences)
    assert record.add(article(edited), read(edited)).copies_of == (one,)


def test_copies_of_one_text_are_one_group(record: Record, add: Add) -> None:
    """A text that holds six tenths of a smaller one is its copy; groups hang together through their members."""
    one = add(WIRE)
    other = add("Our own reporter adds this.\n\n" + WIRE, outlet="quay.example")
    third = add(SCHOOL)
    groups = {summary.id: summary.copies for summary in record.articles()}
    assert groups == {one: 2, other: 2, third: 1}
    assert len({witness.copies for witness in record.candidates("Nobody should walk there").witnesses}) == 1
    assert record.remove(one).copies == 2
    assert {summary.copies for summary in record.articles()} == {1}


def test_removing_an_article_removes_all_that_hangs_on_it(record: Record, add: Add) -> None:
    one = add(FERRY)
    other = add(SCHOOL, outlet="quay.example")
    removed = record.remove(one)
    assert (removed.id, removed.quotations) == (one, 2)
    assert not texts(record.candidates("night ferry"))
    assert not record.search("ferry")
    assert not record.speaker("Omar Vance")
    assert [summary.id for summary in record.articles()] == [other]
    assert (record.coverage().articles, record.coverage().outlets, record.coverage().quotations) == (1, 1, 1)
    with pytest.raises(NotInRecord):
        record.article(one)
    with pytest.raises(NotInRecord):
        record.remove(one)


def test_a_shared_wording_outlives_one_of_its_articles(record: Record, add: Add) -> None:
    one = add(SCHOOL)
    add(SCHOOL, outlet="quay.example")
    record.remove(one)
    found = record.candidates("Every child deserves a warm classroom").witnesses
    assert {witness.outlet for witness in found} == {"quay.example"}


def test_an_article_can_come_back(record: Record, add: Add) -> None:
    """A removed article's number is not used again."""
    one = add(FERRY)
    record.remove(one)
    other = add(FERRY)
    assert other != one
    assert texts(record.candidates("the night ferry running"))


def test_search_finds_every_word_in_any_order(record: Record, add: Add) -> None:
    add(FERRY, day=1)
    add(SCHOOL, day=2)
    assert all("ferry" in text for text in texts(record.search("running ferry")))
    assert not record.search("ferry classroom")
    assert texts(record.search("the", speaker="Omar Vance")) == ["The bridge is a disgrace"]
    assert not record.search("ferry", outlet="quay.example")
    assert len(record.search("the", limit=1)) == 1


def test_search_gives_the_newest_first(record: Record, add: Add) -> None:
    add("“The bridge is a disgrace” said Omar Vance. One.", day=3)
    add("“The bridge is a disgrace” said Omar Vance. Two.", day=9)
    add("“The bridge is a disgrace” said Omar Vance. Three.", day=6)
    days = [witness.published and witness.published.day for witness in record.search("disgrace", speaker="vance")]
    assert days == [9, 6, 3]


@pytest.mark.parametrize(
    "text", ['"', "%", "_", "ferry%", "ferry* OR child", "'; DROP TABLE article; --", "NEAR(a b)", "a\0b", "\ud800"]
)
def test_no_text_is_an_operator(record: Record, add: Add, text: str) -> None:
    """Words of query languages are words: what is found holds them all."""
    add(FERRY)
    add(SCHOOL)
    assert all(set(fold(text)) <= set(fold(witness.text)) for witness in record.search(text))
    record.candidates(text)
    record.speaker(text)
    record.search("the", speaker=text, outlet=text)
    assert record.coverage().articles == 2


@pytest.mark.parametrize("name", ["Ada Lind", "lind", "LIND", "Àda Lînd", "Ada"])
def test_a_speaker_is_found_by_any_part_of_the_name(record: Record, add: Add, name: str) -> None:
    add(FERRY)
    add(SCHOOL)
    assert len(record.speaker(name)) == 2


def test_a_full_name_finds_a_speaker_known_by_surname(record: Record) -> None:
    text = "“The bridge is a disgrace” said Omar Vance."
    read_ = read(text)
    said = read_.quotations[0].attribution
    assert said is not None
    record.add(article(text), Extraction((replace(read_.quotations[0], attribution=replace(said, speaker="Vance")),)))
    assert record.speaker("Omar Vance")
    assert not record.speaker("Omar Lind")


def test_articles_are_listed_newest_first_and_in_pages(record: Record, add: Add) -> None:
    numbers = [add(f"{SCHOOL} Number {day}.", day=day) for day in (5, 7, 6)]
    assert [line.id for line in record.articles()] == [numbers[1], numbers[2], numbers[0]]
    assert [line.id for line in record.articles(limit=1, offset=1)] == [numbers[2]]


def test_coverage_tells_what_was_searched(record: Record, add: Add) -> None:
    assert record.coverage().articles == 0
    add(FERRY, day=2)
    add(SCHOOL, day=8, outlet="quay.example")
    covered = record.coverage()
    assert (covered.articles, covered.outlets, covered.quotations) == (2, 2, 3)
    assert covered.oldest is not None
    assert covered.newest is not None
    assert (covered.oldest.day, covered.newest.day) == (2, 8)


def test_a_passage_without_words_is_kept_and_never_found(record: Record) -> None:
    text = "He wrote “…” and left."
    quotation = Quotation(outer=Span(9, 12), inner=Span(10, 11), kind=Kind.DIRECT)
    added = record.add(article(text), Extraction((quotation,)))
    assert record.article(added.article)[1].quotations == (quotation,)
    assert not record.candidates("wrote").witnesses


def test_a_long_claim_finds_all_that_it_is_made_of(record: Record, add: Add) -> None:
    """A claim of hundreds of words is looked up in windows."""
    add(FERRY)
    add(SCHOOL)
    filler = " ".join(f"filler{number}" for number in range(300))
    claim = (
        f"We will keep the night ferry running until the bridge is safe {filler} every child deserves a warm classroom"
    )
    found = texts(record.candidates(claim))
    assert any("night ferry" in text for text in found)
    assert any("warm classroom" in text for text in found)


QUAY = "Engineers met on Friday.\n\n“Nobody should walk there until we have looked at every stone,” said Ines Roth."
QUAY_AGAIN = "The wall is cracked.\n\n“Nobody should walk there until we have looked at every single stone,” said Roth."
OTHER = "The fair opened.\n\n“Come and taste the best apple cake of the valley,” said Tom Berg."


def utterances(record: Record, *claims: str) -> list[int]:
    """The utterance of the best marked witness of each claim."""
    found = [record.candidates(claim).witnesses for claim in claims]
    return [next(one.utterance for one in witnesses if not one.kind.own) for witnesses in found]


def test_renderings_of_one_utterance_are_one_group(record: Record, add: Add) -> None:
    """Another wording of another outlet joins it; another quotation does not."""
    add(QUAY, url="https://a.example/quay")
    add(QUAY_AGAIN, outlet="quay.example")
    add(OTHER, outlet="fair.example")
    one, other, alone = utterances(record, "looked at every stone", "looked at every single stone", "best apple cake")
    assert one == other
    assert one
    assert not alone


def test_a_removed_article_leaves_its_utterance(record: Record, add: Add) -> None:
    add(QUAY, url="https://a.example/quay")
    gone = add(QUAY_AGAIN, outlet="quay.example")
    record.remove(gone)
    assert utterances(record, "looked at every stone") == [0]


def test_an_edition_that_drops_the_words_keeps_them_in_the_utterance(record: Record, add: Add) -> None:
    """The older edition's reading is still a witness of what was said."""
    add(QUAY, url="https://a.example/quay")
    add(QUAY_AGAIN, outlet="quay.example")
    add("Nothing was said in the end.\n\nThe page was emptied on Monday.", url="https://a.example/quay")
    one, other = utterances(record, "looked at every stone", "looked at every single stone")
    assert one == other
    assert one


def test_a_longer_quotation_bridges_two_utterances_until_it_is_removed(record: Record, add: Add) -> None:
    """Then the two stand by themselves again."""
    first, second = (
        "Nobody should walk there until we have looked at every stone.",
        "The ferry sails from the west quay.",
    )
    add(f"The wall is cracked.\n\n“{first}” said Ines Roth", outlet="one.example")
    add(f"A notice was posted.\n\n“{second}” said Ines Roth", outlet="two.example")
    claims = "looked at every stone", "ferry sails from the west quay"
    assert utterances(record, *claims) == [0, 0]
    bridge = add(f"It was a long day.\n\n“{first} {second}” said Ines Roth", outlet="three.example")
    one, other = utterances(record, *claims)
    assert one == other != 0
    record.remove(bridge)
    assert utterances(record, *claims) == [0, 0]


def test_a_back_catalogue_is_on_record_like_any_article(record: Record) -> None:
    """What is not live raises no alert, and is found all the same."""
    added = record.add(article(FERRY), read(FERRY), live=False)
    assert added.status is AddStatus.NEW
    assert record.add(article(FERRY), read(FERRY), live=True).status is AddStatus.KNOWN
    assert record.speaker("Ada Lind")


def test_where_its_dates_were_read_and_when_it_was_changed_is_kept(record: Record) -> None:
    held = replace(article(FERRY), modified=datetime(2024, 3, 2, tzinfo=UTC), dated="json-ld")
    added = record.add(held, read(FERRY))
    assert record.article(added.article)[0] == held


def test_what_several_said_together_is_found_under_each_name(record: Record) -> None:
    text = "“Nobody should walk there until we have looked at every stone,” said Ines Roth and Omar Vance."
    found = read(text)
    said = found.quotations[0].attribution
    assert said is not None
    both = replace(said, others=(Speaker("Omar Vance", SpeakerKind.PERSON),))
    record.add(article(text), replace(found, quotations=(replace(found.quotations[0], attribution=both),)))
    for name in ("Ines Roth", "Vance"):
        (witness,) = record.speaker(name)
        assert witness.attribution is not None
        assert witness.attribution.who == "Ines Roth and Omar Vance"
    assert not record.speaker("Ada Lind")
