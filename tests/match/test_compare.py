"""Every class of finding, its severity and the wording it makes, on sentences made for it."""

from __future__ import annotations

import pytest

from bot.match import compare
from bot.model import Claim, FindingClass, Kind, Wording
from tests.match.conftest import witness

PAIRS = [
    # claim, witness, wording, class, severity
    ("“We won’t close the harbour”", "We won't close the harbour", "verbatim", "", 0),
    ("we will not close the harbor", "We will not close the harbour.", "verbatim", "spelling", 1),
    ("The cafe will reopen", "The café will reopen", "verbatim", "spelling", 1),
    ("Five percent of the boats sank", "5 per cent of the boats sank", "verbatim", "number_format", 1),
    ("The U.S. fleet sailed", "The US fleet sailed", "verbatim", "typography", 0),
    ("The EU will pay for the pier", "The European Union will pay for the pier", "verbatim", "spelling", 1),
    ("The re-election was a farce", "The reelection was a farce", "verbatim", "spelling", 1),
    ("We will, you know, rebuild the pier", "We will rebuild the pier", "verbatim", "disfluency", 1),
    ("The the pier will stay", "The pier will stay", "verbatim", "disfluency", 1),
    ("The рier will stay open", "The pier will stay open", "verbatim", "homoglyph", 1),
    ("The ferry sails at dawn", "I told them that the ferry sails at dawn and returns at dusk.", "trimmed", "trim", 0),
    ("The ferry … returns at dusk", "The ferry sails at dawn and returns at dusk", "elided", "elision", 1),
    ("The ferry … returns at dusk", "The ferry does not sail if it returns at dusk", "elided", "elision", 3),
    ("The ferry returns at dusk", "The ferry [...] returns at dusk", "elided", "elision", 1),
    ("It [the ferry] returns at dusk", "It returns at dusk", "elided", "bracket", 1),
    ("It returns at dusk", "It [the Orsa] returns at dusk", "elided", "bracket", 3),
    ("We will open the gates", "We will open the gates, but only for a day", "cropped", "cropped", 4),
    ("We will open the gates", "We will open the gates unless it storms", "cropped", "cropped", 4),
    ("We will open the gates", "We will open the gates if the storm passes", "cropped", "cropped", 4),
    ("the council lied about the pier", "Perhaps the council lied about the pier", "cropped", "cropped", 4),
    ("The pier will reopen", "The pier will reopen. If you like fish, come.", "trimmed", "trim", 0),
    ("a direct relationship", "a direct and lasting relationship", "reworded", "insertion", 3),
    ("a direct and lasting relationship", "a direct relationship", "reworded", "omission", 3),
    ("we think the pier is safe", "we think that the pier is safe", "reworded", "insertion", 2),
    ("the pier closed on the day", "the pier closes on the day", "reworded", "inflection", 2),
    ("the pier is a marvel", "the pier is a wonder", "reworded", "substitution", 3),
    ("a pier in the bay is enough", "the pier in the bay is enough", "reworded", "substitution", 2),
    (
        "the boats were late and the nets were torn",
        "the nets were torn and the boats were late",
        "reworded",
        "reorder",
        3,
    ),
    ("We will close the harbour", "We will not close the harbour", "altered", "polarity", 5),
    ("The army still backs the mayor", "The army no longer backs the mayor", "altered", "polarity", 5),
    ("We support the new pier", "We oppose the new pier", "altered", "polarity", 5),
    ("The pier is safe", "The pier is unsafe", "altered", "polarity", 5),
    ("The plan would increase the fees", "The plan would cut the fees", "altered", "polarity", 5),
    ("I never met the harbour master", "I met the harbour master", "altered", "polarity", 5),
    ("The pier will collapse", "The pier may collapse", "altered", "modality", 5),
    ("We accept the offer", "We would probably accept the offer", "altered", "modality", 5),
    ("We must repair the pier", "We could repair the pier", "altered", "modality", 5),
    ("All of the boats were lost", "Some of the boats were lost", "altered", "quantifier", 5),
    ("The boats were always late", "The boats were sometimes late", "altered", "quantifier", 5),
    ("Fifty boats were lost", "Five boats were lost", "altered", "number", 5),
    ("The boats left in 1987", "The boats left in 1978", "altered", "number", 5),
    ("They paid $5 million", "They paid $5 billion", "altered", "number", 5),
    ("They met on Monday", "They met on Tuesday", "altered", "number", 5),
    ("The pier is 40 miles long", "The pier is 40 kilometres long", "altered", "number", 5),
    ("It is the mayor of Norway who lied", "It is the mayor of Sweden who lied", "altered", "name", 5),
    ("We asked Lorentz to leave", "We asked Brandt to leave", "altered", "name", 5),
    ("We broke the rules of the port", "They broke the rules of the port", "altered", "person", 5),
    ("He stole the nets", "She stole the nets", "altered", "person", 5),
]


@pytest.mark.parametrize(("claim", "held", "wording", "cls", "severity"), PAIRS)
def test_a_difference_has_its_class_and_severity(claim: str, held: str, wording: str, cls: str, severity: int) -> None:
    """The graver finding is the one asked for, and nothing graver stands beside it."""
    found = compare(Claim(claim), witness(held))
    told = [(str(finding.cls), finding.severity) for finding in found.findings]
    assert found.wording == Wording(wording), told
    assert found.severity == severity, told
    assert not cls or (cls, severity) in told, told


@pytest.mark.parametrize(("claim", "held", "wording", "cls", "severity"), PAIRS)
def test_case_and_typographic_marks_move_no_verdict(
    claim: str, held: str, wording: str, cls: str, severity: int
) -> None:
    """A quote typed in lower case, or in capitals with curly marks, is judged as the same quote."""
    plain = compare(Claim(claim), witness(held))
    for typed in (claim.lower(), claim.upper(), "“" + claim.replace("'", "’") + "”"):
        again = compare(Claim(typed), witness(held))
        assert (again.wording, again.severity) == (plain.wording, plain.severity), typed


def test_spans_point_at_the_words() -> None:
    """A finding's words are those that its spans cut out of either text."""
    claim, held = Claim("We will surely close the harbour"), witness("We will not close the old harbour.")
    for finding in compare(claim, held).findings:
        assert finding.claim_span.of(claim.text) == finding.claim
        assert finding.witness_span is not None
        assert finding.witness_span.of(held.text) == finding.witness


def test_words_in_prose_are_a_paraphrase() -> None:
    """The same words outside marks are flagged, whatever else holds."""
    found = compare(Claim("the union voted by 611 to 48"), witness("The union voted by 611 to 48.", kind=Kind.PROSE))
    assert found.wording is Wording.PARAPHRASE
    assert FindingClass.UNMARKED in {finding.cls for finding in found.findings}


def test_what_indirect_speech_shifts_is_no_change_of_person() -> None:
    """ "We will" is told as "they would": person and tense follow the reporter, the hedge that is lost does not."""
    told = witness("The keeper said they would light the lamp by dusk.", kind=Kind.PROSE)
    assert compare(Claim("We will light the lamp by dusk"), told).wording is Wording.PARAPHRASE
    hedged = witness("The keeper said they would probably light the lamp by dusk.", kind=Kind.PROSE)
    assert compare(Claim("We will light the lamp by dusk"), hedged).wording is Wording.ALTERED


def test_a_negation_before_a_fragment_is_cropped_away() -> None:
    """He said it was not "a priority": the fragment alone says the opposite."""
    held = witness("a priority for the port", kind=Kind.MIXED, before="The keeper said that it was not “")
    assert compare(Claim("a priority for the port"), held).wording is Wording.CROPPED


def test_a_long_unmarked_skip_over_a_full_stop_is_a_splice() -> None:
    """Two statements of one quotation set side by side, with what stood between them gone."""
    held = witness("The pier is safe. We tested every beam of it twice in the spring. Come and see the lamps.")
    found = compare(Claim("The pier is safe, come and see the lamps"), held)
    assert FindingClass.SPLICE in {finding.cls for finding in found.findings}
