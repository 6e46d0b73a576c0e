"""Numbers of equal value get one word: five and 5, 50 % and 50 percent, $5m and five million dollars."""

from __future__ import annotations

import re
from decimal import Decimal

_BELOW_TWENTY = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {name: value for value, name in enumerate(_BELOW_TWENTY)} | {
    name: 10 * value for value, name in enumerate(_TENS, 2)
}
"""Number words below a hundred that stand for themselves."""

SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
UNITS = {
    "percent": "%",
    "pct": "%",
    "%": "%",
    "$": "$",
    "dollar": "$",
    "dollars": "$",
    "€": "€",
    "euro": "€",
    "euros": "€",
    "£": "£",
    "pound": "£",
    "pounds": "£",
    "¥": "¥",
    "yen": "¥",
}
_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ORDINALS = {
    name: f"{value}{'st' if value == 1 else 'nd' if value == 2 else 'rd' if value == 3 else 'th'}"
    for value, name in enumerate(_RANKS, 1)
}

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def digits(figure: str) -> Decimal | None:
    """The value of a figure ("1,000", "2.5"); `None` where it is not one plain number ("1.2.3", "1,5")."""
    if _GROUPED.fullmatch(figure):
        return Decimal(figure.replace(",", ""))
    if re.fullmatch(r"\d+(?:\.\d+)?", figure):
        return Decimal(figure)
    return None


def show(value: Decimal) -> str:
    """The shortest plain figure of a value: no exponent, no trailing zeros behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spelled(names: list[str]) -> tuple[int, int]:
    """The value of the number words that `names` begins with, and how many they are.

    ``["twenty", "five", "people"]`` → ``(25, 2)``; ``["five", "six"]`` → ``(5, 1)``: two numbers.
    """
    total = current = used = 0
    last = 10**15  # the size of the part before: a part must be smaller to belong to the same number
    for at, name in enumerate(names):
        if name in SMALL:
            value = SMALL[name]
            fits = at == 0 or last >= 100 or (last >= 20 and last % 10 == 0 and 0 < value < 10)
            if not fits:
                break
            current += value
            last = value if value else 1
        elif name in SCALES and at:
            scale = SCALES[name]
            if scale == 100:
                current *= scale
                last = scale
            else:
                total += current * scale
                current = 0
                last = 10**15
        elif name == "and" and at and names[at - 1] in SCALES and at + 1 < len(names) and names[at + 1] in SMALL:
            continue
        else:
            break
        used = at + 1
    return total + current, used
