"""Who speaks a quotation of which only the few words around it are known, as lists of quotations print them.

A quick look, for quotations by the million: somebody is named only where a cue stands near the marks and a name right
beside the cue: “…,” Ana Lorentz said · “…,” Lorentz said. “…” · said Mayor Lorentz · Lorentz, the mayor, told a rally:
“…” · according to Lorentz. Pronouns and roles name nobody here, and no name is taken from farther away; so it finds
fewer speakers than the reading of a whole article does (`bot.extract.read`), and is as seldom wrong.
"""

from __future__ import annotations

import re

from bot.extract.language import Language, Tag

_NEAR = 80
"""Characters on either side of the marks that are looked at."""
_GAP = 8
"""Tokens that may stand between a cue and the marks that follow it."""
_LONGEST = 5
"""Words of a name."""
_ASIDE = 9
"""Tokens of an apposition: "Lorentz, *the director of the port of Kelmar*, said"."""
_TOKEN = re.compile(r"\w+(?:[-'’&]\w+)*|[^\w\s]|\n")
_OWNING = ("'s", "’s")
_STOPS = frozenset(".?!;…\n")
_LEADS = frozenset(",:-–—\"“”«»„'‘’(")
_CLOSING = frozenset('"”»“')
_PARTICLES = frozenset(
    {"de", "del", "della", "der", "den", "di", "da", "dos", "du", "van", "von", "al", "el", "la", "bin"}
)
_NO_NAME = frozenset(
    {Tag.PRONOUN, Tag.DETERMINER, Tag.PREPOSITION, Tag.CONJUNCTION, Tag.AUXILIARY, Tag.RELATIVE, Tag.OWNER, Tag.ADVERB}
)
_BEFORE_NAMES = frozenset({Tag.DETERMINER, Tag.OWNER, Tag.ROLE, Tag.BODY})
_INVERTED = frozenset({"say", "report"})

Tokens = list[str]


class Beside:
    """Looks beside marks with the words of one language."""

    def __init__(self, tongue: Language) -> None:
        self._tongue = tongue
        self._have = tongue.lists["have"]
        self._phrases: dict[str, list[list[str]]] = {}
        for phrase in tongue.phrases:
            self._phrases.setdefault(phrase[-1], []).append(list(phrase))

    def speaker(self, before: str, content: str, after: str) -> str | None:
        """The name of who said `content`, by what stands before and after its marks; `None` where it is not told."""
        if before.rstrip().endswith(":"):
            return self._before(self._tokens(before[-_NEAR:]))
        joined = after.lstrip()[:1] == "," or not content.endswith(".")
        found = self._after(_sentence(self._tokens(after[:_NEAR]))) if joined else None
        return found or self._before(self._tokens(before[-_NEAR:]))

    def _tokens(self, text: str) -> Tokens:
        """Words and marks; the full stop of an initial or of a title's abbreviation ends no sentence."""
        found: Tokens = _TOKEN.findall(text)
        stops = [at for at, word in enumerate(found) if word == "." and at]
        for at in reversed(stops):
            last = found[at - 1]
            if last.isalpha() and (len(last) == 1 or last.lower() in self._tongue.titles):
                found[at - 1 : at + 1] = [f"{last}."]
        return found

    # --- behind the marks -------------------------------------------------------------------------------------------

    def _after(self, tokens: Tokens) -> str | None:
        """The speaker in the rest of the sentence: "said Lorentz", "Lorentz said", "according to Lorentz"."""
        at = 1 if tokens and tokens[0] in _LEADS else 0
        for place, word in enumerate(tokens):
            low = word.lower()
            if low in self._phrases and self._is_phrase(tokens, place + 1, low):
                return self._name_from(tokens, place + 1)
            group = self._tongue.cues.get(low)
            if group is None:
                continue
            if place == at and group in _INVERTED:
                inverted = self._name_from(tokens, place + 1)
                if inverted:
                    return inverted
            name, first = self._name_before(tokens, place)
            return name if first == at or self._resumes(tokens[at:first]) else None
        return None

    def _resumes(self, between: Tokens) -> bool:
        """Whether a quotation's sentence goes on to a comma and the speaker: “sham” *vote,* Lorentz said."""
        return (
            len(between) <= _ASIDE
            and between[-1:] == [","]
            and all(map(str.islower, between[:-1]))
            and (self._tag(between[0]) is not Tag.CONJUNCTION)
        )

    def _is_phrase(self, tokens: Tokens, end: int, low: str) -> bool:
        lows = [word.lower() for word in tokens[:end]]
        return any(lows[-len(phrase) :] == phrase for phrase in self._phrases[low])

    # --- before the marks -------------------------------------------------------------------------------------------

    def _before(self, tokens: Tokens) -> str | None:
        """The speaker in the sentence so far: "Lorentz told a rally that", "LORENTZ:"."""
        end = len(tokens)
        while end and tokens[end - 1] in _LEADS:
            end -= 1
        begin = end
        while begin and tokens[begin - 1] not in _STOPS:
            begin -= 1
        if begin == end:
            return self._split(tokens[:end])
        tokens, colon = tokens[begin:end], end < len(tokens) and tokens[end] == ":"
        for place in range(len(tokens) - 1, max(-1, len(tokens) - 1 - _GAP), -1):
            low = tokens[place].lower()
            if low in self._phrases and self._is_phrase(tokens, place + 1, low):
                return self._name_from(tokens, place + 1)
            if low in self._tongue.cues:
                return self._name_before(tokens, place)[0]
        name, first = self._run_before(tokens, len(tokens)) if colon else (None, 0)
        return name if first == 0 else None

    def _split(self, tokens: Tokens) -> str | None:
        """The speaker of the sentence before, where that breaks into what is said: “…,” Lorentz said. “…”"""
        end = len(tokens)
        while end and tokens[end - 1] in _STOPS:
            if tokens[end - 1] == "\n":  # a new paragraph, and as often a new speaker
                return None
            end -= 1
        for place in range(end - 1, max(-1, end - 1 - _ASIDE), -1):
            if tokens[place] in _STOPS:
                return None
            if tokens[place] in _CLOSING:
                return self._after(tokens[place + 1 : end])
        return None

    def _name_before(self, tokens: Tokens, cue: int) -> tuple[str | None, int]:
        """The name right before a cue, past adverbs, "has" and an apposition; and where it begins."""
        at = cue
        while at and (tokens[at - 1].lower() in self._have or self._tag(tokens[at - 1]) is Tag.ADVERB):
            at -= 1
        if not at or tokens[at - 1] != ",":
            return self._run_before(tokens, at)
        name, first = self._run_before(tokens, at - 1)
        if name and first and tokens[first - 1] == ",":  # the mayor, Ana Lorentz, said
            return name, first
        for comma in range(at - 2, max(-1, at - 2 - _ASIDE), -1):
            if tokens[comma] == ",":
                return self._run_before(tokens, comma)
        return None, 0

    # --- names ------------------------------------------------------------------------------------------------------

    def _name_from(self, tokens: Tokens, at: int) -> str | None:
        """The name that begins at a token, past a title or role before it: "the mayor, *Ana Lorentz*"."""
        for place in range(at, min(at + _LONGEST, len(tokens))):
            word = tokens[place]
            if self._names(word):
                return self._run_from(tokens, place)
            if word != "," and self._tag(word) not in _BEFORE_NAMES and not self._is_title(word):
                return None
        return None

    def _run_from(self, tokens: Tokens, first: int) -> str | None:
        last = first
        while last < len(tokens) and (self._names(tokens[last]) or _joins(tokens, last)):
            last += 1
        if last < len(tokens) and self._tag(tokens[last]) is Tag.ROLE:  # Kelmar mayor Ana Lorentz
            return self._name_from(tokens, last + 1)
        owner = last < len(tokens) and tokens[last].endswith(_OWNING)  # said *Lorentz's* deputy
        return None if owner else self._name(tokens[first:last])

    def _run_before(self, tokens: Tokens, last: int) -> tuple[str | None, int]:
        """The name that ends before a token, and where it begins."""
        first = last
        while first and (self._names(tokens[first - 1]) or (first < last and _joins(tokens, first - 1))):
            first -= 1
        while first < last and tokens[first].islower():
            first += 1
        name = self._name(tokens[first:last])
        while first and self._tag(tokens[first - 1]) in _BEFORE_NAMES:
            first -= 1
        return name, first

    def _name(self, words: Tokens) -> str | None:
        while words and self._is_title(words[0]):
            words = words[1:]
        if not 0 < len(words) <= _LONGEST or (len(words) == 1 and len(words[0]) < 2):
            return None
        return " ".join(words)

    def _names(self, token: str) -> bool:
        """Whether a token may be part of a name: capitalised, and not for another reason."""
        if not token[0].isupper() or token.endswith(_OWNING):
            return False
        low = token.lower()
        return self._tongue.tags.get(low) not in _NO_NAME and low.rstrip(".") not in self._tongue.calendar

    def _is_title(self, token: str) -> bool:
        low = token.lower()
        return low.rstrip(".") in self._tongue.titles or self._tongue.tags.get(low) in (Tag.ROLE, Tag.TITLE)

    def _tag(self, token: str) -> Tag:
        return self._tongue.tags.get(token.lower(), Tag.WORD)


def _sentence(tokens: Tokens) -> Tokens:
    """The tokens up to the end of their sentence."""
    for at, token in enumerate(tokens):
        if token in _STOPS:
            return tokens[:at]
    return tokens


def _joins(tokens: Tokens, at: int) -> bool:
    """Whether a small word stands within a name: Ana *de* Lorentz."""
    return tokens[at] in _PARTICLES and at + 1 < len(tokens) and tokens[at + 1][0].isupper()
