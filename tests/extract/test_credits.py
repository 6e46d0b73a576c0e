"""Whom an article credits."""

from __future__ import annotations

import pytest

from bot import extract
from bot.model import Article


def credited(text: str) -> tuple[str, ...]:
    return extract.read(Article(text=text, outlet="a.example")).credits


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("LISK, May 8 (Coast Agency) - The harbour closed at noon.", ("Coast Agency",)),
        ("LISK (Dispatches) -- The harbour closed at noon.", ("Dispatches",)),
        ("The harbour closed.\n\nab/cd (AFP, AP, Reuters)", ("AFP", "AP", "Reuters")),
        ("The harbour closed.\n\n(Reuters)", ("Reuters",)),
        ("The harbour closed.\n\n© 2026 Coast Agency", ("Coast Agency",)),
        ("The harbour closed.\n\nCopyright 2026 The Tidewire. All rights reserved.", ("Tidewire",)),
        ("The harbour closed.\n\nDistributed by\u00a0Tide Content Services, LLC.", ("Tide Content Services",)),
        ("The harbour closed.\n\n© 2026 Coast Agency. Distributed by Tidewire.", ("Coast Agency", "Tidewire")),
        ("The harbour closed.\n\nWith files from Reuters and the Lisk Herald", ("Reuters", "Lisk Herald")),
        ("A digest, compiled from reports by Reuters and Lisk Herald.", ("Reuters", "Lisk Herald")),
        ("The harbour closed.\n\nThe Associated Press contributed to this report.", ("Associated Press",)),
        ("According to the Associated Press, it closed.\n\n“It was late,” AP reported.", ("Associated Press",)),
    ],
)
def test_credit_lines(line: str, names: tuple[str, ...]) -> None:
    """Datelines, names behind initials, rights, distribution, contributions, and agencies that report."""
    assert tuple(name.removeprefix("The ") for name in credited(line)) == names


@pytest.mark.parametrize(
    "text",
    [
        "The harbour closed at noon.\n\n(Laughter)",
        "The harbour closed at noon.\n\n(Reporting by Ana Lorentz in Lisk; editing by Bo Ek)",
        "Ana Lorentz (left) – who is 45 – closed the harbour.",
        "The parts are (a) the mole, (b) the quay, (c) Lisk bridge.",
        "“It closed,” Ana Lorentz told the weekly Prisma.",
        "Ana Lorentz, mayor of Lisk (Valery Ek/Coast Photo/XYZ)",
    ],
)
def test_other_lines_credit_nobody(text: str) -> None:
    """Stage directions, reporters, asides, lists, outlets that are no agencies, photographs."""
    assert credited(text) == ()
