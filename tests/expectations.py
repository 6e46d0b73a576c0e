"""What an answer owes to a claim with an expected answer, in the format of ``docs/samples.md``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def mismatches(answer: dict[str, Any], expect: dict[str, Any]) -> Iterator[str]:
    """Each way in which an answer of ``check --json`` falls short of what is expected, in words."""
    variants = answer["variants"]
    outlets = {witness["outlet"] for variant in variants for witness in variant["witnesses"]}
    classes = {finding["class"] for variant in variants for finding in variant["findings"]}
    if answer["wording"] not in _listed(expect["wording"]):
        yield f"wording {answer['wording']}, not {expect['wording']}"
    if answer["attribution"] not in _listed(expect["attribution"]):
        yield f"attribution {answer['attribution']}, not {expect['attribution']}"
    yield from (f"{outlet} is missing" for outlet in expect["outlets"] if outlet not in outlets)
    yield from (f"{outlet} is one too many" for outlet in expect["not_outlets"] if outlet in outlets)
    bounds = expect.get("severity")
    if bounds and not bounds[0] <= answer["severity"] <= bounds[1]:
        yield f"severity {answer['severity']} outside {bounds}"
    if expect.get("flag") and expect["flag"] not in classes:
        yield f"no finding of class {expect['flag']}"
    if expect.get("independent_texts") not in (None, answer["independent_texts"]):
        yield f"{answer['independent_texts']} independent texts, not {expect['independent_texts']}"
    if expect.get("variant") and not any(_shows(variant, expect["variant"]) for variant in variants):
        yield f"no variant shows {expect['variant']}"


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _shows(variant: dict[str, Any], wanted: dict[str, str]) -> bool:
    carried = any(witness["outlet"] == wanted["outlet"] for witness in variant["witnesses"])
    told = ((one["class"], text) for one in variant["findings"] for text in (one["claim"], one["witness"]))
    return carried and (wanted["class"], wanted["text"]) in told
