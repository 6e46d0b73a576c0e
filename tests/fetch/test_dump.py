"""Articles from files: each form, folders, and bad files and lines that stop no other."""

import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.fetch import dump, lines
from bot.fetch.details import UNKNOWN, Details
from bot.model import Article
from tests.fetch import bulk

LIMIT = 1_000_000
KNOWN = Details("harbour.example")


def read(path: Path, known: Details = KNOWN, limit: int = LIMIT) -> list[Article | str]:
    """The articles of a file, an error as its text."""
    return [
        str(item.outcome) if isinstance(item.outcome, InputError) else item.outcome
        for item in dump.articles(path, known, limit)
    ]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT"])
def test_plain_text_is_an_article_with_its_headline(tmp_path, name):
    path = put(tmp_path, name, "# Harbour to close\r\n\r\nThe mayor said so.\r\n")
    known = Details("h.example", "https://h.example/a", published=datetime(2025, 3, 4, tzinfo=UTC))
    (article,) = read(path, known)
    assert article == Article(
        text="# Harbour to close\n\nThe mayor said so.\n",
        outlet="h.example",
        url="https://h.example/a",
        title="Harbour to close",
        published=datetime(2025, 3, 4, tzinfo=UTC),
        dated="given",
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Harbour to close\n\nThe mayor said so.", "Harbour to close"),
        ("Politics\nJoin our channel!\n1. Skip to content\nHarbour to close\n", "Harbour to close"),
        ("‘Never again’: harbour to close\n", "‘Never again’: harbour to close"),
        ("The mayor said so.\nShe left.\n", ""),
        ("word " * 30 + "\nHarbour to close\n", ""),
    ],
)
def test_the_headline_is_the_first_short_line_that_is_no_sentence(text, title):
    assert dump.headline(text) == title


def test_the_outlet_is_the_domain_of_the_address_where_none_is_named(tmp_path):
    (article,) = read(put(tmp_path, "a.txt", "Some text."), Details(url="https://p.harbour.example/a"))
    assert article.outlet == "harbour.example"


def test_an_article_without_outlet_is_refused_with_the_way_out(tmp_path):
    (item,) = dump.articles(put(tmp_path, "a.txt", "Some text."), UNKNOWN, LIMIT)
    assert isinstance(item.outcome, InputError)
    assert "give its outlet" in item.outcome.hint


def test_json_lines_are_read_one_by_one_and_a_bad_one_stops_no_other(tmp_path):
    good = {"text": "He said no.", "outlet": "o.example", "url": "https://o.example/a", "title": "T"}
    rows = [
        json.dumps(good | {"published": "2025-03-04"}),
        "{bad",
        "",
        json.dumps({"text": 7}),
        "[]",
        json.dumps({"text": "x", "published": "yesterday", "url": "x"}),
        json.dumps({"text": " "}),
        json.dumps({"text": "a\0b"}),
        '{"text": "\\ud800"}',
        json.dumps({"text": "Second."}),
    ]
    path = put(tmp_path, "a.jsonl", "\n".join(rows))
    items = list(dump.articles(path, KNOWN, LIMIT))
    assert [item.source.rpartition(":")[2] for item in items] == ["1", "2", "4", "5", "6", "7", "8", "9", "10"]
    first, *bad, last = (item.outcome for item in items)
    assert first == Article(
        text="He said no.", outlet="o.example", url="https://o.example/a", title="T",
        published=datetime(2025, 3, 4, tzinfo=UTC),
    )  # fmt: skip
    assert isinstance(last, Article)
    assert last.outlet == "harbour.example"
    expected = ["not JSON", 'no "text"', 'no "text"', "'x' is not an http", "no text", "NUL", "surrogate"]
    assert all(part in str(error) for part, error in zip(expected, bad, strict=True))
    assert "published 'yesterday' is not a date" in str(bad[3])


def test_a_line_longer_than_the_limit_is_refused_alone_and_not_held_in_memory(tmp_path):
    path = put(tmp_path, "a.jsonl", b'{"text": "one"}\n{"text": "' + b"x" * 30_000_000 + b'"}\n{"text": "three"}\n')
    tracemalloc.start()
    one, two, three = read(path, limit=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (one.text, two, three.text) == ("one", "larger than 0.1 MB", "three")
    assert peak < 3_000_000


def test_json_is_one_article_or_a_list(tmp_path):
    assert [a.text for a in read(put(tmp_path, "a.json", '{"text": "one"}'))] == ["one"]
    assert [a.text for a in read(put(tmp_path, "b.json", '[{"text": "one"}, {"text": "two"}]'))] == ["one", "two"]
    assert read(put(tmp_path, "c.json", '{"text":\n"one"')) == ["not JSON: Expecting ',' delimiter (line 2, column 6)"]
    assert "nested too deep" in read(put(tmp_path, "d.json", "[" * 100_000))[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none/a.txt", None, "no such file"),
        ("none", None, "no such file"),
        ("a.txt", "", "empty"),
        ("a.jsonl", "\n\n", "empty"),
        ("a.json", "[]", "no article"),
        ("a.txt", b"\xff\xfea\xd8", "not valid UTF-16"),
        ("a.txt", b"abc\xffdef", "byte 3"),
        ("a.txt", bytes(range(256)), "binary"),
        ("a.html", b"PK\x03\x04", "zip"),
        ("a.jsonl", '{"text": "x"}'.encode("utf-16"), "UTF-16"),
        ("a.docx", b"x", "not a kind of file"),
        ("a", b"x", "no suffix"),
    ],
)
def test_a_file_that_is_no_use_is_one_error(tmp_path, name, content, said):
    path = tmp_path / name if content is None else put(tmp_path, name, content)
    (error,) = read(path)
    assert said in error


def test_a_file_in_utf_16_is_read(tmp_path):
    (article,) = read(put(tmp_path, "a.txt", "“No,” she said.".encode("utf-16")))
    assert article.text == "“No,” she said."


def test_a_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert read(path, limit=20_000_000) == ["larger than 20 MB"]


def test_folders_are_walked_in_order_and_only_articles_are_taken(tmp_path):
    for name in ("b/z.txt", "b/a.html", "a.md", "b/.hidden.txt", "notes.csv", "c/d/e.jsonl"):
        put(tmp_path, name, "x")
    found = [str(path.relative_to(tmp_path)) for path in dump.files([tmp_path])]
    assert found == ["a.md", "b/a.html", "b/z.txt", "c/d/e.jsonl"]
    assert list(dump.files([tmp_path / "notes.csv"])) == [tmp_path / "notes.csv"]


def test_an_empty_folder_is_told(tmp_path):
    (tmp_path / "none").mkdir()
    (path,) = dump.files([tmp_path / "none"])
    assert "no article" in read(path)[0]


def test_a_folder_that_links_to_itself_ends(tmp_path):
    put(tmp_path, "a.txt", "x")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(list(dump.files([tmp_path]))) == 1


def test_an_article_written_as_a_line_is_read_back():
    article = Article(
        text="“No,” she said.\n",
        outlet="o.example",
        url="https://o.example/a",
        title="T",
        published=datetime(2025, 3, 4, 5, tzinfo=UTC),
        language="de",
        credits=("Meridian Press",),
        modified=datetime(2025, 3, 4, 7, tzinfo=UTC),
        dated="json-ld",
    )
    assert lines.article(lines.parse(lines.line(article))) == article


def test_items_of_news_agencies_are_articles(tmp_path):
    """ninjs as JSON or JSON lines, NewsML-G2 as XML; who published them may be told."""
    both = [bulk.NINJS_2, bulk.NINJS_3]
    for path in (put(tmp_path, "a.json", json.dumps(both)), put(tmp_path, "a.jsonl", bulk.lines_of(*both))):
        assert [getattr(found, "outlet", found) for found in read(path)] == ["harbour.example", "harbour.example"]
    message = bulk.news_message(*(bulk.news_item(guid=f"urn:{number}") for number in range(2)), bulk.news_item(""))
    found = read(put(tmp_path, "a.xml", message), UNKNOWN)
    assert [getattr(one, "outlet", one) for one in found] == [
        "Meridian Press",
        "Meridian Press",
        "there is no text in it (ninat:text)",
    ]
