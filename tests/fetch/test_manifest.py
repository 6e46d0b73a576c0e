"""The manifest: which details go to which file, and all its faults at once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.fetch import manifest
from bot.fetch.details import Details

LIMIT = 1_000_000


def written(folder: Path, text: str) -> Path:
    path = folder / "manifest.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_gives_its_file_the_details(tmp_path):
    read = manifest.read(
        written(
            tmp_path,
            "file,outlet,url,title,published\n"
            'a.txt,h.example,https://p.example/https/h.example/a?utm_source=x,"Harbour, shut",2025-03-04T01:00+02:00\n'
            "sub/b.txt,h.example,,,2025-03-04\n",
        ),
        LIMIT,
    )
    first = Details("h.example", "https://h.example/a", "Harbour, shut", datetime(2025, 3, 3, 23, tzinfo=UTC))
    assert read.details(tmp_path / "a.txt") == first
    assert read.details(Path("elsewhere") / "b.txt") == Details("h.example", published=datetime(2025, 3, 4, tzinfo=UTC))
    assert read.details(tmp_path / "c.txt") is None
    assert read.files() == [tmp_path / "a.txt", tmp_path / "sub/b.txt"]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    read = manifest.read(written(tmp_path, "file,outlet\na/x.txt,a.example\nb/x.txt,b.example\n"), LIMIT)
    assert read.details(tmp_path / "b" / "x.txt") == Details("b.example")
    assert read.details(Path("elsewhere/x.txt")) is None


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("filename,outlet", "no column 'file'; the header has 'filename', 'outlet'"),
        ("file", "no column 'outlet'"),
        ("file,outlet,publised", "unknown column 'publised'"),
        ("file,outlet,file", "column 'file' stands there 2 times"),
    ],
)
def test_a_wrong_column_is_told_with_the_right_ones(tmp_path, header, said):
    with pytest.raises(InputError, match=said) as caught:
        manifest.read(written(tmp_path, f"{header}\na,b,c\n"), LIMIT)
    assert "file, outlet, url, title, published" in caught.value.hint


def test_every_fault_is_told_with_its_line(tmp_path):
    rows = 'a.txt,h.example,,\nb.txt,,,\n,h.example,,\na.txt,h.example,,\nc.txt,h.example,ftp://x,soon\nd.txt,"h\n'
    with pytest.raises(InputError) as caught:
        manifest.read(written(tmp_path, "file,outlet,url,published\n" + rows), LIMIT)
    told = [line.partition("manifest.csv: ")[2] for line in str(caught.value).splitlines()]
    assert told == [
        "line 3: the outlet is not known",
        "line 4: no file is named",
        "line 5: 'a.txt' is listed twice",
        "line 6: url 'ftp://x' is not an http or https address; published 'soon' is not a date",
        "line 7: a quotation mark is not closed",
    ]


def test_a_manifest_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        manifest.read(tmp_path / "none.csv", LIMIT)
