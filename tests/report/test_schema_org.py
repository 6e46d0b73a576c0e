"""What is written for search engines holds to the documented fields, and claims no more than is known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.errors import ClaimError
from bot.model import Agreement, Attribution, Kind, Report, Speaker, SpeakerKind, Utterance, Witness, Wording
from bot.report import schema_org

DOCUMENTED: dict[str, Any] = json.loads((Path(__file__).parent / "schema_org.json").read_text(encoding="utf-8"))


def validate(value: Any, name: str) -> None:
    schema = {"$ref": f"#/$defs/{name}", "$defs": DOCUMENTED["$defs"]}
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(value)))


def witness(number: int, speaker: str | None = "Ana Lorentz", **more: Any) -> Witness:
    said = Attribution(speaker=speaker, kind=SpeakerKind.PERSON, rule="test", confidence=0.9) if speaker else None
    values = {"text": "a lasting peace", "kind": Kind.DIRECT, "outlet": f"o{number}.example", "attribution": said}
    return Witness(id=number, article=number, **values | more)


def test_a_report_is_a_graph_of_its_carriers(report: Report) -> None:
    found = schema_org.report(report)
    validate(found, "graph")
    assert len(found["@graph"]) == sum(len(variant.witnesses) for variant in report.variants)


def test_each_carrier_names_its_speaker_twice_where_nobody_contradicts() -> None:
    node = schema_org.quotation(witness(1))
    assert node["creator"] == node["spokenByCharacter"] == {"@type": "Person", "name": "Ana Lorentz"}


def test_contested_words_have_no_creator() -> None:
    """Whom an article names stays; that this is who said it is not claimed."""
    found = schema_org.utterance(Utterance(1, (witness(1, utterance=1), witness(2, "Piet Marsh", utterance=1))))
    validate(found, "graph")
    assert [node["spokenByCharacter"]["name"] for node in found["@graph"]] == ["Ana Lorentz", "Piet Marsh"]
    assert not any("creator" in node for node in found["@graph"])


def test_two_utterances_do_not_contest_each_other() -> None:
    nodes = schema_org.quotations([witness(1, utterance=1), witness(2, "Piet Marsh", utterance=2)])
    assert [node["creator"]["name"] for node in nodes] == ["Ana Lorentz", "Piet Marsh"]


def test_an_outlets_own_prose_is_no_quotation() -> None:
    node = schema_org.quotation(witness(1, kind=Kind.INDIRECT))
    assert node["@type"] == "Statement"
    assert "creator" not in node


def test_those_who_speak_together_are_named_together() -> None:
    said = replace(witness(1).attribution, others=(Speaker("Piet Marsh", SpeakerKind.PERSON),))
    node = schema_org.quotation(witness(1, attribution=said))
    validate(schema_org.graph([node]), "graph")
    assert [one["name"] for one in node["creator"]] == ["Ana Lorentz", "Piet Marsh"]


def test_nobody_is_made_up() -> None:
    node = schema_org.quotation(witness(1, None))
    assert not {"creator", "spokenByCharacter"} & node.keys()
    assert node["isPartOf"] == {"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "o1.example"}}


def test_the_draft_of_a_review_lacks_what_only_its_author_knows(report: Report) -> None:
    draft = schema_org.claim_review(report)
    validate(draft, "review")
    assert not set(schema_org.MISSING) & draft.keys()


@pytest.mark.parametrize(("severity", "value"), [(0, 5), (3, 2), (5, 1)])
def test_the_rating_falls_with_the_severity(severity: int, value: int, report: Report) -> None:
    assert schema_org.claim_review(replace(report, severity=severity))["reviewRating"]["ratingValue"] == value


def test_a_review_never_says_true_or_false(report: Report) -> None:
    for wording in set(Wording) - {Wording.NOT_FOUND, Wording.TOO_COMMON, Wording.SIMILAR}:
        for how in Agreement:
            rating = schema_org.claim_review(replace(report, wording=wording, attribution=how))["reviewRating"]
            assert rating["alternateName"].lower() not in ("true", "false", "fake")


def test_nothing_on_record_is_no_ground_for_a_review(nothing: Report) -> None:
    with pytest.raises(ClaimError, match="not found"):
        schema_org.claim_review(nothing)
