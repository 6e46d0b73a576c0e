"""How much a word tells: its rarity over the passages on record, steadied by how common it is in English at large.

In a record of a million passages ln(N / df) speaks for itself. In one of fifty every word would look rare, so the
record is counted together with ten thousand imagined passages of ordinary news and fiction.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from bot.memo import Memo
from storage.features import word_id

IMAGINED = 10_000
"""Passages of ordinary English that every record is counted together with."""

# In how many of a hundred passages of about twenty words a word stands, counted over English news, speech and novels.
_COMMON = {
    60: "the",
    50: "and",
    40: "to of",
    30: "a",
    25: "in",
    20: "i that was he it",
    15: "not with his for",
    12: "you had as but is at",
    10: "her on be she have",
    8: "said him this by all which from my they so me",
    6: "were there will would are if do an when no",
    5: "we or what been who them up out",
    4: "their could then more now into very can about",
    3: "some did like man than little time your has only any upon",
    2.5: ("other know well over am see should before after down made such much our never good its how must come great"),
    2: (
        "say old us way go came these again here own may think back might day himself long even where too just "
        "went make being thought"
    ),
    1.5: (
        "eyes last away through men still though without while life most shall hand people those yet house take "
        "off nothing face mrs every young looked many night head place get once ever room"
    ),
    1.2: (
        "saw things look tell seemed another going same found left mind why new always let world put under "
        "because right thing took something quite heard give love"
    ),
    1: (
        "it's knew got moment told lady heart better far seen father against woman between half door years "
        "home enough also having felt asked done herself find does voice each turned both few looking work part "
        "toward round hands poor"
    ),
    0.8: (
        "side course dear almost mother words whole soon perhaps want began myself rather among stood whom since "
        "light gave word till anything end oh set called white nor however friend morning name yes days next sure "
        "best indeed god says kind girl full together believe"
    ),
}
_SHARE = {word: share / 100 for share, words in _COMMON.items() for word in words.split()}
_UNKNOWN = 1 / IMAGINED  # a word that is not in the table stands in one imagined passage
_UNHEARD = -math.log(_UNKNOWN)


def weights(words: Iterable[str], counts: Mapping[str, int], passages: int) -> dict[str, float]:
    """Each word's information in nats, ln(N / df); `counts` says in how many of the `passages` on record it stands."""
    total = passages + IMAGINED
    return {
        word: math.log(total / (counts.get(word, 0) + IMAGINED * _SHARE.get(word, _UNKNOWN))) for word in set(words)
    }


ENGLISH: Memo[str, float] = Memo(lambda word: weights([word], {}, 0)[word])
"""The information of each word in English at large, whatever is on record, in nats."""
_NUMBERED = {word_id(word): ENGLISH[word] for word in _SHARE}


class Numbered(dict[int, float]):
    """The information of words by their numbers, in nats: of those that are not in it, that in English at large."""

    def __missing__(self, number: int) -> float:
        return _NUMBERED.get(number, _UNHEARD)


def rarity(count: int, passages: int) -> float:
    """A word's rarity among the passages on record, 0 to 1; one that is in none can tell no two of them apart."""
    return math.log((passages + 1) / (count + 0.5)) / math.log(passages + 2) if count else 0.2
