"""`--form`: answers, utterances and lists for other programs."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

QUOTE = "We will not close the harbour while there is a ship in it"
TEXT = f"Harbour stays open\n\n“{QUOTE},” said Ana Lorentz, the harbour master, on Tuesday in Kelmar.\n"


@pytest.fixture
def harbour(run, folder):
    """A record of one article in two outlets."""
    Path("story.txt").write_text(TEXT)
    for outlet in ("bay.example", "cape.example"):
        assert run("add", "story.txt", "--outlet", outlet, "--published", "2026-03-04").exit_code == 0
    return run


def rows(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_json_is_the_short_way_to_say_so(harbour):
    assert harbour("check", QUOTE, "--json").stdout == harbour("check", QUOTE, "--form", "json").stdout


def test_an_answer_is_a_line_of_json(harbour):
    (line,) = harbour("check", QUOTE, "--form", "jsonl").stdout.splitlines()
    assert json.loads(line)["wording"] == "verbatim"


def test_an_answer_is_a_row(harbour):
    (row,) = rows(harbour("check", QUOTE, "--form", "csv").stdout)
    assert (row["wording"], row["speakers_found"]) == ("verbatim", "Ana Lorentz")


def test_a_draft_of_a_review_is_one_object(harbour):
    draft = json.loads(harbour("check", QUOTE, "--speaker", "Lorentz", "--form", "claimreview").stdout)
    assert draft["claimReviewed"] == f"Lorentz: “{QUOTE}”"


def test_what_is_not_on_record_is_not_reviewed(harbour):
    result = harbour("check", "Nobody ever said these seven odd words", "--form", "claimreview")
    assert result.exit_code == 2
    assert "rests on what was printed" in result.stderr


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "jsonld"])
def test_an_utterance_tells_both_carriers_in_every_form(form, harbour):
    told = harbour("utterance", "show", "1", "--form", form).stdout
    assert "bay.example" in told
    assert "cape.example" in told


def test_a_list_of_passages_says_which_copy_one_another(harbour):
    found = rows(harbour("export", "--form", "csv").stdout)
    assert {row["outlet"] for row in found} == {"bay.example", "cape.example"}


def test_a_list_in_json_ld_has_a_document_a_line(harbour):
    lines = harbour("export", "--form", "jsonld").stdout.splitlines()
    assert [json.loads(line)["@type"] for line in lines] == ["Quotation", "Quotation"]


def test_passim_is_given_whole_articles(harbour):
    result = harbour("export", "--form", "passim", "-o", "articles.jsonl.gz")
    assert "2 articles in articles.jsonl.gz." in result.stdout
    found = [json.loads(line) for line in gzip.decompress(Path("articles.jsonl.gz").read_bytes()).splitlines()]
    assert [(one["series"], one["text"]) for one in found] == [("bay.example", TEXT), ("cape.example", TEXT)]


def test_a_list_for_passim_is_not_picked_by_speaker(harbour):
    assert harbour("export", "--form", "passim", "--speaker", "Lorentz").exit_code == 2
