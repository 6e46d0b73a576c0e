"""`import` of bulk sources: quotations and articles of every form onto the record, resumed where they stopped."""

import builtins
import gzip
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.bulk import gqg, ninjs
from bot.orders import WatchKind
from storage.store import Store
from tests.fetch import bulk
from tests.serve import killed

FILES = {
    "20260304000300.gqg.json": (bulk.lines_of(bulk.GQG), "2 new quotations"),
    "quotes-2026.json": (bulk.lines_of(bulk.QUOTEBANK), "2 new quotations"),
    "quotebank-2026.json": (bulk.lines_of(bulk.QUOTEBANK_ARTICLE), "1 new article, 0 new editions"),
    "item-1.json": (bulk.lines_of(bulk.NINJS_1), "1 new article, 0 new editions"),
    "item-3.json": (json.dumps(bulk.NINJS_3, indent=2).encode(), "1 new article, 0 new editions"),
    "item.xml": (bulk.news_item(), "1 new article, 0 new editions"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bulk_source_is_known_and_put_on_record(run, folder, name):
    data, said = FILES[name]
    Path(f"{name}.gz").write_bytes(gzip.compress(data))
    result = run("import", f"{name}.gz", "--jobs", "1")
    assert result.exit_code == 0
    assert f"{said}, 0 known already." in result.stdout
    found = json.loads(run("check", bulk.SAID, "--json").stdout)
    assert found["wording"] == "verbatim"
    witnesses = {(witness["outlet"], witness["speaker"]) for witness in found["variants"][0]["witnesses"]}
    assert ("harbourdaily.example", "Ana Lorentz") in witnesses
    again = run("import", f"{name}.gz", "--jobs", "1")
    assert "read before" in again.stderr


def test_a_web_archive_is_put_on_record_by_several_processes(run, folder):
    pytest.importorskip("fastwarc")
    kept = [bulk.record(f"https://outlet{number}.example/a", bulk.page(number)) for number in range(4)]
    Path("crawl.warc.gz").write_bytes(b"".join(map(gzip.compress, kept)))
    result = run("import", "crawl.warc.gz", "--jobs", "2")
    assert result.exit_code == 0
    assert "4 new articles" in result.stdout


def test_what_reads_web_archives_may_be_missing(run, folder, monkeypatch):
    """The error says how to install it."""
    known = builtins.__import__

    def without(name, *args):
        if name.startswith("fastwarc"):
            raise ImportError(name)
        return known(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    Path("crawl.warc").write_bytes(bulk.record(bulk.URL, bulk.page()))
    result = run("import", "crawl.warc", "--jobs", "1")
    assert result.exit_code == 2
    assert "pip install 'onrecord[bulk]'" in result.stderr


def test_another_text_of_an_article_is_an_edition_and_a_copy_is_found(run, folder):
    first, later = bulk.TEXT, f"{bulk.TEXT}\n\nIt will be shallow for years, she said."
    long = " ".join(f"{word}{number}" for number in range(30) for word in ("silt", "river", "ship"))
    items = [
        bulk.NINJS_3,
        bulk.NINJS_1 | {"body_text": later},
        bulk.NINJS_1 | {"uri": "https://a.example/a", "body_text": long},
        bulk.NINJS_1 | {"uri": "https://b.example/b", "body_text": f"{long} and more"},
    ]
    assert first != later
    Path("items.json").write_bytes(bulk.lines_of(*items))
    assert "3 new articles, 1 new edition, 0 known already." in run("import", "items.json", "--jobs", "1").stdout
    with Store.open("onrecord.db", readonly=True) as store:
        assert sorted(summary.copies for summary in store.articles()) == [1, 2, 2]
        assert store.verify().sound


def test_bad_pieces_are_told_with_their_number_and_reason_and_only_once(run, folder):
    """They stop no other. A foreign dump is not for the user to mend."""
    bad = [b"{broken", b'{"url": "nowhere", "quotes": [{"quote": "a b c"}]}', b'{"quotes": [{"quote": "a b c"}]}']
    Path("dump.gqg").write_bytes(bulk.lines_of(bulk.GQG) + b"\n".join([*bad, b""]))
    result = run("import", "dump.gqg", "--jobs", "1", "--faults", "faults.txt")
    assert result.exit_code == 1
    assert "2 new quotations" in result.stdout
    told = dict(line.split("\t") for line in Path("faults.txt").read_text().splitlines())
    assert told["2"].startswith("not JSON")
    assert told["3"].startswith("url 'nowhere' is not an http or https address")
    assert told["4"].startswith("the outlet is not known")
    again = run("import", "dump.gqg", "--jobs", "1")
    assert again.exit_code == 0
    assert "4 lines were read before" in again.stderr


def test_a_dump_that_was_named_wrongly_is_read_again_under_its_own_name(run, folder):
    Path("dump.json").write_bytes(bulk.lines_of(bulk.GQG))
    assert run("import", "dump.json", "--form", "quotebank", "--jobs", "1").exit_code == 1
    assert "2 new quotations" in run("import", "dump.json", "--jobs", "1").stdout


def test_our_own_articles_are_imported_where_they_are_named(run, folder):
    Path("articles.jsonl").write_text(json.dumps({"text": bulk.TEXT, "outlet": "a.example"}))
    result = run("import", "-", "--form", "articles", "--jobs", "1", input=Path("articles.jsonl").read_bytes())
    assert "1 new article" in result.stdout


def test_a_back_catalogue_alerts_nobody(run, folder):
    Path("items.json").write_bytes(bulk.lines_of(bulk.NINJS_3))
    with Store.open("onrecord.db") as store:
        store.users.add_watch(1, WatchKind.SPEAKER, "Ana Lorentz")
    run("import", "items.json", "--jobs", "1")
    with Store.open("onrecord.db", readonly=True) as store:
        assert store.coverage().quotations == 1
        assert not store.outbox.due(datetime.now(UTC) + timedelta(days=1))


@pytest.mark.parametrize(("made", "lines"), [(gqg, 4_000), (ninjs, 120)], ids=["quotations", "articles"])
def test_a_killed_import_of_a_dump_goes_on_and_doubles_nothing(run, folder, made, lines):
    """Killed in the middle and started again, it comes to the record that it comes to in one run."""
    Path("dump.json").write_bytes(bulk.lines_of(*made(lines, random.Random(5))))
    killed.after_a_part("dump.json")
    assert run("import", "dump.json", "--jobs", "1").exit_code == 0
    run("--db", "whole.db", "import", "dump.json", "--jobs", "1")
    with Store.open("onrecord.db", readonly=True) as store, Store.open("whole.db", readonly=True) as whole:
        assert store.coverage() == whole.coverage()
        assert store.verify().sound
