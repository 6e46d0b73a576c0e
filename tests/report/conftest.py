"""Reports made by hand, so that what is tested is the rendering alone."""

from __future__ import annotations

import pytest

from bot.model import Agreement, Claim, Coverage, Report, Wording
from tests.report.reports import peace


@pytest.fixture
def report() -> Report:
    """One verbatim variant in one outlet, one with inserted words in two."""
    return peace()


@pytest.fixture
def nothing() -> Report:
    """Nothing found."""
    return Report(
        claim=Claim("nobody said this"),
        wording=Wording.NOT_FOUND,
        attribution=Agreement.NOT_CLAIMED,
        severity=0,
        variants=(),
        independent_texts=0,
        coverage=Coverage(0, 0, 0),
        policy="test",
    )
