"""`add`: what is found in each file, what is known already, and bad files that stop no other."""

import json

import pytest

from bot.orders import AlertState, WatchKind
from storage.store import Store


def test_each_file_is_told_with_what_was_found(run, articles):
    result = run("add", "--manifest", "manifest.csv", "wire.txt", "post.html")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "wire.txt: article 1, 2 quotations",
        "post.html: article 2, 1 quotation",
        "",
        "2 new articles, 0 new editions, 0 known already; 3 quotations added.",
    ]


def test_the_same_again_changes_nothing(run, record):
    before = run("status", "--json").stdout
    result = run("add", "--manifest", "manifest.csv", "wire.txt", "daily.txt", "post.html")
    assert result.exit_code == 0
    assert "wire.txt: known as article 1; nothing changed" in result.stdout
    assert "0 new articles, 0 new editions, 3 known already; 0 quotations added." in result.stdout
    after = run("status", "--json").stdout
    assert json.loads(after)["articles"] == json.loads(before)["articles"] == 3


def test_another_text_under_a_known_address_is_a_new_edition(run, record, articles):
    (articles / "wire.txt").write_text("Port chief refuses\n\n“We will not dredge it,” Ana Lorentz said.\n", "utf-8")
    result = run("add", "--manifest", "manifest.csv", "wire.txt")
    assert "wire.txt: new edition of article 1, 1 quotation" in result.stdout


def test_a_manifest_alone_adds_what_it_lists(run, articles):
    result = run("add", "--manifest", "manifest.csv")
    assert result.stdout.splitlines()[-1].startswith("2 new articles")


def test_a_folder_is_added_whole(run, articles):
    result = run("add", "--manifest", "manifest.csv", ".")
    assert result.stdout.splitlines()[-1].startswith("3 new articles")


def test_the_details_go_to_the_record(run, articles):
    run(
        "add",
        "wire.txt",
        "--url",
        "https://www.kelmar.example/a?utm_source=x",
        "--published",
        "2026-03-03T10:00:00+02:00",
    )
    (found,) = json.loads(run("article", "list", "--json").stdout)
    assert found["outlet"] == "kelmar.example"
    assert found["url"] == "https://www.kelmar.example/a"
    assert found["published"] == "2026-03-03T08:00:00+00:00"
    assert found["title"] == "Port chief refuses to dredge"


def test_a_bad_file_stops_no_other_and_is_told_at_the_end_with_status_1(run, articles):
    (articles / "empty.txt").touch()
    (articles / "broken.txt").write_bytes(b"He \x93said\x94 so.")
    result = run("add", "--outlet", "x.example", "empty.txt", "wire.txt", "broken.txt", "none.txt")
    assert result.exit_code == 1
    assert "1 new article, " in result.stdout
    assert result.stderr.splitlines() == [
        "error: empty.txt: the file is empty (Was the download complete?)",
        "error: broken.txt: not valid UTF-8 at byte 3 (0x93) "
        "(Save the file as UTF-8; it may be in an older encoding such as Windows-1252.)",
        "error: none.txt: no such file (Check the path; a name with blanks needs quotation marks.)",
        "3 of 4 could not be read; the others are on record.",
    ]


def test_nothing_but_bad_files_is_status_2(run):
    result = run("add", "none.txt", "--outlet", "x.example")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "1 of 1 could not be read; nothing was added."


def test_a_file_of_fifty_megabytes_is_refused_unread(run, folder):
    with (folder / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    result = run("add", "large.txt", "--outlet", "x.example")
    assert result.exit_code == 2
    assert "large.txt: larger than 20 MB (Split it, or raise max_file_mb in config.toml.)" in result.stderr
    assert run("extract", "large.txt").exit_code == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_its_byte_order_mark_and_told_without(run, folder, encoding):
    (folder / "wide.txt").write_bytes("Kelmar\n\n“We will not dredge it,” Ana Lorentz said.\n".encode(encoding))
    result = run("add", "wide.txt", "--outlet", "x.example")
    if encoding == "utf-16":
        assert "article 1, 1 quotation" in result.stdout
    else:
        assert result.exit_code == 2
        assert "wide.txt: UTF-16 without a byte-order mark (Save the file as UTF-8.)" in result.stderr


def test_a_binary_file_is_refused(run, folder):
    (folder / "program.txt").write_bytes(bytes(range(256)) * 20)
    assert (
        "program.txt: not a text file: binary, with a NUL" in run("add", "program.txt", "--outlet", "x.example").stderr
    )


def test_a_bad_line_stops_no_other(run, folder):
    rows = [{"text": "“Yes,” Ana Lorentz said.", "outlet": "a.example"}, {"text": 1}, {"text": "“No,” Piet Haan said."}]
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = run("add", "in.jsonl")
    assert result.exit_code == 1
    assert "in.jsonl:1: article 1" in result.stdout
    assert 'in.jsonl:2: there is no "text"' in result.stderr
    assert "in.jsonl:3: the outlet is not known" in result.stderr


@pytest.mark.parametrize("header", ["filename,outlet", "file,outlet,publised"])
def test_a_manifest_with_a_wrong_column_is_refused_before_anything_is_stored(run, articles, header):
    (articles / "manifest.csv").write_text(f"{header}\nwire.txt,x.example\n", encoding="utf-8")
    result = run("add", "--manifest", "manifest.csv", "wire.txt")
    assert result.exit_code == 2
    assert "file, outlet, url, title, published" in result.stderr
    assert not (articles / "onrecord.db").exists()


@pytest.mark.parametrize(
    ("given", "alerts"), [(["daily.txt"], 1), (["daily.txt", "post.html"], 0), (["."], 0), (["daily.jsonl"], 0)]
)
def test_only_an_article_that_comes_alone_alerts_those_who_asked(run, articles, given, alerts):
    text = (articles / "daily.txt").read_text("utf-8")
    (articles / "daily.jsonl").write_text(json.dumps({"text": text, "outlet": "capitalherald.example"}), "utf-8")
    with Store.open(articles / "onrecord.db") as store:
        store.users.add_watch(1, WatchKind.SPEAKER, "Ana Lorentz")
    assert run("add", "--outlet", "capitalherald.example", *given).exit_code in (0, 1)
    with Store.open(articles / "onrecord.db") as store:
        assert store.coverage().articles
        assert store.outbox.counts()[AlertState.PENDING] == alerts


def test_an_address_without_its_beginning_is_told_what_it_lacks(run):
    result = run("add", "www.harbourdaily.example/kelmar")
    assert result.exit_code == 2
    assert "An address needs https:// in front." in result.stderr
