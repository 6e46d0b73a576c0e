"""The JSON object holds to its published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.model import Agreement, FindingClass, Kind, Report, Wording
from bot.report import data

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


@pytest.mark.parametrize("name", ["report", "nothing"])
def test_every_report_fits_the_schema(name: str, schema: dict[str, Any], request: pytest.FixtureRequest) -> None:
    answer = json.loads(json.dumps(data.report(request.getfixturevalue(name))))
    jsonschema.Draft202012Validator(schema).validate(answer)


def test_the_schema_knows_every_word_of_the_model(schema: dict[str, Any]) -> None:
    """A new wording, agreement, finding class or kind has to be published in the schema too."""
    kinds = schema["$defs"]
    assert set(kinds["wording"]["enum"]) == set(Wording)
    assert set(schema["properties"]["attribution"]["enum"]) == set(Agreement)
    assert set(kinds["finding"]["properties"]["class"]["enum"]) == set(FindingClass)
    assert set(kinds["witness"]["properties"]["kind"]["enum"]) == set(Kind)


def test_a_wrong_object_is_refused(schema: dict[str, Any], report: Report) -> None:
    answer = data.report(report) | {"wording": "fake"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(answer)
