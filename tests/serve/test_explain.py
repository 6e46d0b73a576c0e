"""`extract --explain` and `--json`: why each quotation was read so, and all that is read."""

import json

import pytest

from bot import extract
from bot.model import Article
from bot.serve.cli.explained import explained

TEXT = """Port chief refuses to dredge

Port chief Ana Lorentz said on Monday that the harbour was "nearly full." Her deputy, Tom Hale, nodded.

"We will not dredge the channel unless the city pays for it," she told reporters. A "grand bargain" is dead.
"""


@pytest.mark.parametrize("width", [80, 40])
def test_the_explanation_fits_the_width(golden, width):
    found = extract.explain(Article(text=TEXT, outlet="post.example"))
    lines = [line for each in found for line in explained(each, TEXT, width)]
    assert max(map(len, lines)) <= width
    golden(f"explain-{width}.txt", "\n".join(lines) + "\n")


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
