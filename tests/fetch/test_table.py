"""Tables: rows with their line numbers, and no row lost to a bad one."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InputError
from bot.fetch import table


def seen(text: str) -> list[tuple[int, str, str]]:
    return [(row.line, row.cells.get("quote", ""), row.error) for row in table.read(text).rows]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_separator_is_the_one_that_the_header_uses(mark):
    found = table.read(f"Quote{mark}Speaker\nno more{mark}Ana\n")
    assert found.columns == ("quote", "speaker")
    assert next(found.rows).cells == {"quote": "no more", "speaker": "Ana"}


def test_a_cell_in_marks_may_run_over_lines_and_the_next_row_keeps_its_line_number():
    assert seen('quote\n"one\ntwo, ""three"""\nfour\n') == [(2, 'one\ntwo, "three"', ""), (4, "four", "")]


def test_blank_lines_are_passed_over():
    assert seen("\n\nquote\n\none\n\n") == [(5, "one", "")]


def test_a_mark_that_is_never_closed_loses_no_other_row():
    assert [(line, text) for line, text, error in seen('quote\n"one\ntwo\nthree') if not error] == [
        (3, "two"),
        (4, "three"),
    ]
    assert seen('quote\n"one\ntwo')[0] == (2, "", "a quotation mark is not closed")


def test_a_mark_in_the_middle_of_a_plain_cell_is_a_character():
    assert seen('quote\na 5" pipe\nhe said "no"\n') == [(2, 'a 5" pipe', ""), (3, 'he said "no"', "")]


def test_a_mark_that_is_not_doubled_is_told():
    assert seen('quote,id\n"No" he said,1\n')[0][2] == 'a quotation mark inside the cell is not doubled ("")'


def test_more_cells_than_columns_are_told():
    assert "3 cells under 1 columns" in seen("quote\none, two, three\n")[0][2]


def test_fewer_cells_than_columns_are_empty_ones():
    assert next(table.read("quote,speaker\none\n").rows).cells == {"quote": "one"}


def test_a_missing_column_is_named_with_those_that_are_there():
    with pytest.raises(InputError, match="no column 'quote'; the header has 'text', 'who'"):
        table.read("text,who\na,b\n").require(("quote",))


def test_a_cell_of_any_length_costs_no_other_row():
    found = seen(f"quote\n{'x' * 200_000}\ntwo\n")
    assert found[0][2]
    assert found[1] == (3, "two", "")


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=20)


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.tuples(CELL.filter(str.strip), CELL), max_size=6))
def test_what_the_csv_module_writes_is_read_back(rows):
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([("quote", "speaker"), *rows])
    read = list(table.read(stream.getvalue()).rows)
    assert [(row.cells["quote"], row.cells["speaker"]) for row in read] == rows


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from('ab",;\n\t ')))
def test_any_text_is_a_table_or_refused(text):
    try:
        rows = list(table.read(text).rows)
    except InputError:
        return
    assert [row.line for row in rows] == sorted({row.line for row in rows})
