"""Whatever stands in a bulk source, reading it gives quotations and articles or tells what is wrong, nothing else."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InputError
from bot.fetch import forms
from bot.model import Article, Quoted
from tests.fetch import bulk

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
VALUES = st.recursive(
    LEAVES,
    lambda held: st.lists(held, max_size=4) | st.dictionaries(st.text(max_size=8), held, max_size=4),
    max_leaves=12,
)
MODELS = {
    "onrecord": {"text": "a", "outlet": "b.example"},
    "articles": {"text": bulk.TEXT, "url": bulk.URL},
    "gqg": bulk.GQG,
    "quotebank": bulk.QUOTEBANK,
    "quotebank-articles": bulk.QUOTEBANK_ARTICLE,
    "ninjs": bulk.NINJS_3,
}


def reads(name: str, data: bytes) -> None:
    """Read one piece, which may raise nothing but `InputError`."""
    with suppress(InputError):
        for item in forms.FORMS[name].parse(data):
            assert isinstance(item, Quoted | Article)


@st.composite
def changed(draw: st.DrawFn, model: dict[str, object]) -> object:
    """A good value with one of its parts, at any depth, replaced by anything."""
    value = json.loads(json.dumps(model))
    at: dict[str, object] | list[object] = value
    while True:
        keys = sorted(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return value
        key = draw(st.sampled_from(keys))
        inner = at[key]  # type: ignore[index, call-overload]
        if isinstance(inner, dict | list) and draw(st.booleans()):
            at = inner
            continue
        at[key] = draw(VALUES)  # type: ignore[index, call-overload]
        return value


@pytest.mark.parametrize("name", MODELS)
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_any_json_is_read_or_refused(name, data):
    value = data.draw(VALUES | changed(MODELS[name]))
    reads(name, json.dumps(value).encode())


@pytest.mark.parametrize("name", forms.FORMS)
@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(name, data):
    reads(name, data)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_change_of_an_xml_file_is_read_or_refused(data):
    item = bytearray(bulk.news_item(data.draw(st.sampled_from([bulk.NITF, bulk.XHTML, bulk.PLAIN]))))
    at = data.draw(st.integers(0, len(item) - 1))
    item[at : at + data.draw(st.integers(0, 80))] = data.draw(st.binary(max_size=12))
    reads("newsml", bytes(item))


@settings(deadline=None, max_examples=60)
@given(
    told=st.dictionaries(st.sampled_from(["url", "charset", "packed", "limit"]), LEAVES), body=st.binary(max_size=200)
)
def test_any_page_of_an_archive_is_read_or_refused(told, body):
    reads("warc", json.dumps(told).encode() + b"\n" + body)
    reads("warc", json.dumps(told).encode() + b"\n" + bulk.page() + body)
