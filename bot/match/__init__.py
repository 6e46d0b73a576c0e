"""Claim against record: alignment, findings, verdict. Plain functions over values, no input or output."""

from bot.match.align import align
from bot.match.answer import answer
from bot.match.compare import Comparison, compare

__all__ = ["Comparison", "align", "answer", "compare"]
