"""Texts for property tests: anything at all, and prose that has what news has."""

from __future__ import annotations

from hypothesis import strategies as st

MARKS = ('"', "“", "”", "‘", "’", "'", "„", "«", "»", "「", "」", "``", "''", ">")
_NEWS = """
Ana Lorentz said told the harbour will not close never “ ” according to mayor of Kelmar he she they probably
five 5 50 % percent U.S. US … ... […] [sea] (the) — – don't can't re-election café naïve but unless if Read more:
Brandt tweeted the so-called deal spokesman for union 1,200 $5 million first 1st per cent
"""
_WORDS = _NEWS.split()

anything = st.text(max_size=300)
"""Any code points, lone surrogates among them."""

marked = st.lists(
    st.sampled_from((*_WORDS, *MARKS, "\n", "\n\n", ".", ",", "?", "\u200b", "\u202e", "а", "\x00")), max_size=60
).map(" ".join)
"""Words and marks in any order: mostly no language, often nearly one."""

prose = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=25).map(" ".join)
"""Words without line ends."""

text = st.one_of(anything, marked)
