"""A sheet in files: one, one compressed, or several, each whole in itself and none too large."""

from __future__ import annotations

import csv
import gzip
import io
import random
import string

import pytest

from bot.report import sheet
from bot.report.parcels import Parcel, parcels

CHANCE = random.Random(3)
ROWS = [
    ["".join(CHANCE.choices(string.ascii_letters, k=CHANCE.randint(0, 40))) for _ in sheet.HEADER] for _ in range(300)
]


def read(parcel: Parcel) -> list[list[str]]:
    data = gzip.decompress(parcel.data) if parcel.name.endswith(".gz") else parcel.data
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(header) == sheet.HEADER
    return rows


@pytest.mark.parametrize(
    ("limit", "names"),
    [
        (10**6, ["job.csv"]),
        (100_000, ["job.csv.gz"]),
        (60_000, ["job-1-of-2.csv.gz", "job-2-of-2.csv.gz"]),
    ],
)
def test_what_fits_is_left_as_it_is(limit: int, names: list[str]) -> None:
    """What is too large is compressed, then split; no row is lost and no file is over the limit."""
    found = parcels("job", lambda: ROWS, limit)
    assert [parcel.name for parcel in found] == names
    assert all(len(parcel.data) <= limit for parcel in found)
    assert [row for parcel in found for row in read(parcel)] == ROWS


@pytest.mark.parametrize("limit", [1_000, 5_000, 20_000])
def test_any_limit_is_kept(limit: int) -> None:
    """Wherever one row with the header fits, nothing is over it."""
    rows = [["x" * 9, *row[1:]] for row in ROWS[:60]]
    found = parcels("job", lambda: rows, limit)
    assert all(len(parcel.data) <= limit for parcel in found)
    assert [row for parcel in found for row in read(parcel)] == rows


def test_a_row_that_is_too_large_alone_is_sent_alone() -> None:
    rows = [ROWS[0], ["y" * 10, *ROWS[1][1:]], ROWS[2]]
    assert [len(read(parcel)) for parcel in parcels("job", lambda: rows, 10)] == [1, 1, 1]


def test_a_sheet_without_rows_is_a_header() -> None:
    (parcel,) = parcels("job", list, 10**6)
    assert read(parcel) == []


def test_rows_are_not_held() -> None:
    """They are asked for one after another, and a file that will not fit is given up at once."""
    asked = 0

    def rows() -> object:
        nonlocal asked
        for row in ROWS * 100:
            asked += 1
            yield row

    (parcel, *_) = parcels("job", rows, 10**6)  # type: ignore[arg-type]
    assert parcel.name.endswith(".gz")
    assert asked < 2 * 100 * len(ROWS)
