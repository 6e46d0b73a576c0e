"""The program itself: help that teaches, errors with a way out, and a start that waits for nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.serve.cli.app import program


def commands(group: click.Group = program, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*before, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_the_help_of_every_command_gives_examples_of_it(run, command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert f"onrecord {' '.join(command)}" in result.stdout.split("Examples:")[1]


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_option_and_command_is_explained(command):
    found: click.Command = program
    for name in command:
        assert isinstance(found, click.Group)
        found = found.commands[name]
    assert found.help
    assert all(option.help for option in found.params if isinstance(option, click.Option))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "No such command 'chekc'"),
        (["--dbb", "x", "status"], "No such option"),
        (["check", "one", "two"], "one quote at a time"),
        (["bulk", "in.txt"], "Missing option '-o'"),
        (["article", "remove", "seven"], "not a valid integer"),
        (["article", "list", "--limit", "0"], "not in the range"),
        (["add", "--url", "https://x.example/a", "one.txt", "two.txt"], "--url goes with one FILE"),
        (["add", "--outlet", "x"], "name a FILE"),
        (["add", "one.txt", "--published", "yesterday"], "published 'yesterday' is not a date"),
    ],
)
def test_wrong_usage_is_an_error_a_hint_and_status_2(run, arguments, said):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert said in result.stderr
    assert result.stderr.splitlines()[-1].startswith("hint: ")


def test_every_fault_of_the_configuration_is_told(run, folder):
    (folder / "config.toml").write_text("results = 0\ncolour = 1\n", encoding="utf-8")
    result = run("status")
    assert result.exit_code == 2
    assert result.stderr.count("error: ") == 2


def test_config_names_the_file_and_so_does_the_environment(run, folder, monkeypatch):
    (folder / "other.toml").write_text('database = "named.db"\n', encoding="utf-8")
    assert "named.db" in run("--config", "other.toml", "status").stderr
    monkeypatch.setenv("ONRECORD_CONFIG", "other.toml")
    assert "named.db" in run("status").stderr
    assert "mine.db" in run("--db", "mine.db", "status").stderr


def test_a_record_that_is_not_there_is_told(run):
    result = run("check", "we will not dredge the channel")
    assert result.exit_code == 2
    assert "onrecord.db" in result.stderr
    assert "hint: " in result.stderr


def loaded(*arguments: str) -> set[str]:
    """The modules that a run of the program imports."""
    code = (
        "import sys\nfrom bot.serve.cli.app import program\n"
        f"try: program({list(arguments)!r}, prog_name='onrecord')\n"
        "except SystemExit: pass\nprint('\\n' + ' '.join(sys.modules), file=sys.stderr)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stderr.splitlines()[-1].split())


HEAVY = {"numpy", "sqlite3", "sqlite_utils", "trafilatura", "courlan", "rich", "lxml"}


def test_help_imports_nothing_heavy():
    assert not loaded("--help") & HEAVY


def test_extract_of_lines_imports_nothing_heavy(folder):
    path = folder / "in.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "“No,” she said."}), encoding="utf-8")
    assert not loaded("extract", "--jsonl", str(path)) & HEAVY


def test_a_real_process_answers_and_refuses(process):
    done = process("add", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Examples:" in done.stdout
    done = process("status")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error(folder):
    (folder / "in.jsonl").write_text(json.dumps({"id": "a", "text": "“No.” " * 500}) + "\n" * 1, encoding="utf-8")
    root = Path(__file__).parents[2]
    program_ = f"{sys.executable} -c 'from bot.serve.cli import main; main()'"
    done = subprocess.run(
        ["sh", "-c", f"PYTHONPATH={root} {program_} extract --jsonl {folder / 'in.jsonl'} | true"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("article", "show"),
        ("article", "remove", "--yes"),
        ("utterance", "show"),
        ("utterance", "split"),
        ("feed", "pause"),
    ],
)
def test_a_number_that_nothing_can_have_is_told(run, record, command):
    refused = run(*command, str(1 << 63))
    assert refused.exit_code == 2
    assert refused.stderr.startswith("error: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", [("--help",), ("status",), ("search", "harbour"), ("export",)])
def test_output_that_has_no_room_is_told(record, command):
    program = [sys.executable, "-c", "from bot.serve.cli.app import main; main()", *command]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: standard output: No space left on device\nhint: ")
