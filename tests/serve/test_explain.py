"""`extract --explain` and `--json`: why each quotation was read so, and all that is read."""

import json
import subprocess
import sys

import pytest

from bot import extract
from bot.extract.assemble import Explained, Weighed
from bot.model import Article, Attribution, Entity, Kind, Quotation, Span, SpeakerKind
from bot.serve.cli.explained import explained

TEXT = """Port chief refuses to dredge

Port chief Ana Lorentz said on Monday that the harbour was "nearly full." Her deputy, Tom Hale, nodded.

"We will not dredge the channel unless the city pays for it," she told reporters. A "grand bargain" is dead.
"""


MADE = Explained(
    quotation=Quotation(
        outer=Span(135, 196),
        inner=Span(136, 195),
        kind=Kind.DIRECT,
        attribution=Attribution(speaker="Ana Lorentz", kind=SpeakerKind.PERSON, rule="tell:after", confidence=0.87),
    ),
    speech=0.998,
    candidates=(
        Weighed("she", "tell:after", 0.93, (("at:after:s0p0", 1.04), ("leads:after:0", 0.91), ("bare", -0.5))),
        *(Weighed(name, "nearest", 0.01, ()) for name in ("Tom Hale", "Port chief Ana Lorentz", "reporters", "he")),
    ),
    referents=(("Ana Lorentz", 0.94), ("Tom Hale", 0.06)),
    entity=Entity("Ana Lorentz", SpeakerKind.PERSON, ("Ana Lorentz", "Lorentz"), ("Port chief", "head of the port")),
)


@pytest.mark.parametrize("width", [80, 40])
def test_the_explanation_fits_the_width(golden, width):
    scare = Explained(Quotation(outer=Span(219, 234), inner=Span(220, 233), kind=Kind.SCARE), 0.27, (), (), None)
    lines = [line for each in (MADE, scare) for line in explained(each, TEXT, width)]
    assert max(map(len, lines)) <= width
    golden(f"explain-{width}.txt", "\n".join(lines) + "\n")


def test_every_quotation_of_an_article_is_explained():
    """With its candidates, whose shares make one, and the entity that speaks."""
    first, second, scare = extract.explain(Article(text=TEXT, outlet="post.example"))
    for each in (first, second):
        assert sum(candidate.share for candidate in each.candidates) == pytest.approx(1)
        assert each.entity is not None
        assert each.entity.name == "Ana Lorentz"
    assert scare.candidates == ()


def test_lines_are_answered_without_heavy_modules(folder):
    """Peak memory stays small: nothing that only pages, numbers or comparison need is imported."""
    (folder / "in.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}) + "\n")
    program = (
        "import sys\nfrom bot.serve.cli.app import program\n"
        "program(['extract', '--jsonl', 'in.jsonl'], standalone_mode=False)\n"
        "print([name for name in ('numpy', 'trafilatura', 'rapidfuzz', 'lxml') if name in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=folder)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_command_explains(run, folder):
    (folder / "port.txt").write_text(TEXT)
    result = run("extract", "--explain", "port.txt")
    assert result.exit_code == 0
    assert "candidates" in result.stdout
    assert "Ana Lorentz" in result.stdout


def test_all_that_is_read_is_printed_as_json(run, folder):
    """A mixed quotation's sentence is kept with the words in marks; people stand with every form and role."""
    (folder / "port.txt").write_text(TEXT)
    result = run("extract", "--json", "port.txt")
    assert result.exit_code == 0
    (article,) = json.loads(result.stdout)
    assert [each["kind"] for each in article["quotations"]] == ["mixed", "direct", "scare"]
    sentence = next(each for each in article["sentences"] if "nearly full" in each["text"])
    assert sentence["speaker"] == "Ana Lorentz"
    assert [TEXT[start:end] for start, end in sentence["marked"]] == ['"nearly full."']
    entity = next(each for each in article["entities"] if each["name"] == "Ana Lorentz")
    assert "Port chief" in entity["roles"]
