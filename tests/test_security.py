"""Every threat has a test, and docs/security.md names those that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
TEXT = (TESTS.parent / "docs" / "security.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| (?P<threat>[A-Z]\d(?:–[A-Z]\d)?) \|.*\|(?P<tests>[^|]*)\|$", re.MULTILINE)
KNOWN = {*(f"S{number}" for number in range(1, 9)), "B1", "B2", "F1", "F2", "F3", "R1", "R2", "Q1", "Q2"}
KNOWN |= {"X1", "X2", "T1", "T2", "T3", "C1", "A1", "P1", "P2", "P3", "P4", "L1"}


def there() -> set[str]:
    """The names of all tests."""
    return {
        node.name
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


def test_every_threat_has_a_test_that_is_there() -> None:
    named = {row["threat"]: re.findall(r"`(\w+)`", row["tests"]) for row in _ROW.finditer(TEXT)}
    assert all(named.values())
    assert {name for names in named.values() for name in names} <= there()
    assert named.keys() >= KNOWN


def test_no_row_of_the_table_is_passed_over() -> None:
    assert len(_ROW.findall(TEXT)) == sum(line.startswith("| ") for line in TEXT.splitlines()) - 1
