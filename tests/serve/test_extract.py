"""`extract`: what is read in an article, for people and as lines for programs."""

import json


def test_each_quotation_is_shown_with_speaker_cue_and_rule(run, articles):
    result = run("extract", "wire.txt")
    assert result.exit_code == 0
    assert "Port chief refuses to dredge · outlet not named · 2 quotations" in result.stdout
    assert '"We will not dredge the channel unless the city pays for it,"' in result.stdout
    assert "Ana Lorentz" in result.stdout
    assert "rule " in result.stdout


def test_nothing_is_stored(run, articles):
    run("extract", "wire.txt", "post.html")
    assert not (articles / "onrecord.db").exists()


def test_lines_are_answered_by_lines(run):
    rows = [{"id": "a", "text": "“No,” Ana Lorentz said.\n"}, {"id": "b", "text": "Nothing here."}]
    result = run("extract", "--jsonl", "-", input="\n".join(map(json.dumps, rows)) + "\n\n")
    assert result.exit_code == 0
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["id"], first["text"]) == ("a", rows[0]["text"])
    (quote,) = first["quotes"]
    assert (quote["start"], quote["end"], quote["text"]) == (0, 5, "“No,”")
    assert second["quotes"] == []


def test_a_bad_line_is_told_and_stops_no_other(run, folder):
    (folder / "in.jsonl").write_bytes(b'{"id": "a", "text": "x"}\n{\n[]\n\xff\n{"id": "b", "text": "y"}\n')
    result = run("extract", "--jsonl", "in.jsonl")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "b"]
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == ["in.jsonl:2", "in.jsonl:3", "in.jsonl:4"]
    assert result.stderr.splitlines()[-1] == "error: in.jsonl:4: not valid UTF-8 at byte 0 (0xff)"


def test_a_file_that_is_not_there_is_status_2(run):
    assert run("extract", "none.txt").exit_code == 2
    assert run("extract", "--jsonl", "none.jsonl").exit_code == 2
