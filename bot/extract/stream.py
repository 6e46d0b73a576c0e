"""The words of one layer of an article as parallel lists, each quotation in it standing as a single token.

The reporter's prose is one layer; the inside of a quotation that holds others is one more, and so is a line that
links to another article ("Read more: …"). What names a speaker is looked for in the layer that a quotation stands in,
so nothing inside marks is ever taken for a cue or a name, and a link line is neither a cue nor a break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.extract.language import Language, Tag
from bot.extract.marks import Marked

PROSE = -1
"""The layer outside all marks."""

_LABEL = re.compile(r"[A-Z][A-Z.'’ -]{1,30}(?:, [A-Z ]{2,30})?:(?=\s)")
"""A transcript's label inside the marks ("ORTEGA: …"): its words are read as if they stood before them."""

_ENDS = frozenset(".?!")
_CLOSERS = frozenset("\"”’')]»")
_OPENERS = frozenset("\"“‘'([«—–-*•")


class Stream:
    """Parallel lists over the tokens of one layer, in order.

    `low` is lower case without a final apostrophe mark, `start` and `end` are offsets into the text, `quote` is the
    index of the quotation a token stands for (-1: none), `sentence` and `paragraph` count from 0.
    """

    __slots__ = ("end", "initial", "low", "paragraph", "quote", "sentence", "start", "tag", "text", "word")

    def __init__(self, text: str) -> None:
        self.text = text
        self.word: list[str] = []
        self.low: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.tag: list[Tag] = []
        self.quote: list[int] = []
        self.initial: list[bool] = []
        self.sentence: list[int] = []
        self.paragraph: list[int] = []

    def __len__(self) -> int:
        return len(self.word)

    def string(self, first: int, last: int) -> str:
        """The text from token `first` up to token `last` exclusive."""
        return self.text[self.start[first] : self.end[last - 1]]


Bounds = tuple[int, int]


def streams(text: str, passages: list[Marked], tongue: Language) -> dict[int, Stream]:
    """The stream of each layer, the prose's (`PROSE`) first; a passage that holds others is named by its index."""
    links = {PROSE - number: line.span() for number, line in enumerate(tongue.link.finditer(text), 1)}
    children: dict[int, list[int]] = {layer: [] for layer in (PROSE, *links)}
    for index, parent in enumerate(_parents(passages, links)):
        children.setdefault(parent, []).append(index)
    prose = _between(links.values(), len(text))
    made = {}
    for layer, held in children.items():
        inner = [(passages[layer].inner_start, passages[layer].inner_end)] if layer >= 0 else [links.get(layer, (0, 0))]
        inside = [(index, passages[index]) for index in held]
        made[layer] = _stream(text, prose if layer == PROSE else inner, inside, tongue)
    return made


def _between(cut: Iterable[Bounds], size: int) -> list[Bounds]:
    """What is left of a text of `size` characters where some lines are cut out."""
    kept, at = [], 0
    for start, end in cut:
        kept.append((at, start))
        at = end
    return [*kept, (at, size)]


def _parents(passages: list[Marked], links: dict[int, Bounds]) -> list[int]:
    parents: list[int] = []
    around: list[int] = []
    lines = iter(links.items())
    layer, (_, end) = next(lines, (PROSE, (0, -1)))
    for index, passage in enumerate(passages):
        del around[passage.depth :]
        while layer != PROSE and end < passage.end:
            layer, (_, end) = next(lines, (PROSE, (0, -1)))
        linked = layer != PROSE and links[layer][0] <= passage.start
        parents.append(around[-1] if around else layer if linked else PROSE)
        around.append(index)
    return parents


def _stream(text: str, spans: list[Bounds], inside: list[tuple[int, Marked]], tongue: Language) -> Stream:
    made = Stream(text)
    waiting = iter([*inside, (-1, None)])
    index, passage = next(waiting)
    for start, end in spans:
        at = start
        while passage is not None and passage.end <= end:
            _tokens(made, at, passage.start, tongue)
            label = _LABEL.match(text, passage.inner_start, passage.inner_end)
            if label is not None and passage.depth == 0:
                _tokens(made, label.start(), label.end(), tongue)
            _put(made, "“”", passage.start, passage.end, Tag.QUOTATION, index)
            at = passage.end
            index, passage = next(waiting)
        _tokens(made, at, end, tongue)
    _mark_initial(made)
    _mark_capitals(made, tongue)
    _mark_owners(made, tongue)
    _mark_nouns(made, tongue)
    _count(made)
    return made


def _put(made: Stream, word: str, start: int, end: int, tag: Tag, quote: int = -1) -> None:
    made.word.append(word)
    made.low.append(word.lower())
    made.start.append(start)
    made.end.append(end)
    made.tag.append(tag)
    made.quote.append(quote)


def _tokens(made: Stream, start: int, end: int, tongue: Language) -> None:
    tags = tongue.tags
    for found in tongue.token.finditer(made.text, start, end):
        word = found[0]
        low = word.lower()
        first = word[0]
        if first.isalpha():
            tag = tags.get(low, Tag.WORD)
        elif first.isdigit():
            tag = Tag.CALENDAR if ":" in word else Tag.NUMBER
        elif word == "\n":
            tag = Tag.BREAK
        elif word in _ENDS:
            tag = Tag.STOP
        elif low in ("'s", "’s") or (word in _APOSTROPHES and _owns(made, found.start())):
            tag = Tag.POSSESSIVE
        else:
            tag = Tag.AUXILIARY if first in "'’" and len(word) > 1 else tags.get(low, Tag.PUNCTUATION)
        _put(made, word, found.start(), found.end(), tag)


_APOSTROPHES = frozenset("'’")


def _owns(made: Stream, at: int) -> bool:
    """Whether the apostrophe at offset `at` makes a plural an owner: "the residents' groups"."""
    behind = made.text[at + 1 : at + 3]
    return (
        bool(made.end)
        and made.end[-1] == at
        and made.low[-1].endswith("s")
        and behind[:1] == " "
        and behind[1:].isalpha()
    )


def _mark_initial(made: Stream) -> None:
    """Whether each token opens a sentence, as far as that is known before names are."""
    fresh = True
    for at, tag in enumerate(made.tag):
        made.initial.append(fresh)
        if tag is Tag.STOP or tag is Tag.BREAK:
            fresh = True
        elif tag is Tag.QUOTATION:
            fresh = fresh or _ends_sentence(made.text, made.start[at], made.end[at])
        elif made.word[at] not in _OPENERS and not (fresh and made.word[at] in _CLOSERS):
            fresh = made.word[at] == ":" or (fresh and ":" in made.word[at])  # a time of day opens nothing


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether a quotation closes with a full stop, a question or an exclamation mark."""
    last = end - 1
    while last > start and text[last] in _CLOSERS:
        last -= 1
    return text[last] in _ENDS or text[last] == "…"


# --- capitals -------------------------------------------------------------------------------------------------------

_KEEP = frozenset({Tag.DETERMINER, Tag.PREPOSITION, Tag.CONJUNCTION, Tag.PRONOUN, Tag.RELATIVE, Tag.OWNER})


def _mark_capitals(made: Stream, tongue: Language) -> None:
    """Tell names from words that are capitalised for another reason."""
    common = {low for word, low in zip(made.word, made.low, strict=True) if word == low}
    proper = set(_inside_sentences(made))
    for at, word in enumerate(made.word):
        if not word[0].isupper():
            continue
        made.tag[at] = _capital(made, at, tongue, common, proper)


def _inside_sentences(made: Stream) -> Iterable[str]:
    return (
        low
        for word, low, initial in zip(made.word, made.low, made.initial, strict=True)
        if not initial and word[0].isupper() and word != low
    )


def _capital(made: Stream, at: int, tongue: Language, common: set[str], proper: set[str]) -> Tag:
    low, tag, word = made.low[at], made.tag[at], made.word[at]
    bare = low.rstrip(".")
    if bare in tongue.calendar:
        return Tag.CAPITAL if _named_like(made, at, low, tongue) else Tag.CALENDAR
    if bare in tongue.titles:
        return Tag.TITLE
    if tag is Tag.PREPOSITION and low in tongue.given and not made.initial[at] and _before_surname(made, at):
        return Tag.CAPITAL  # "added Per Lindahl" is not "per Lindahl"
    if tag in _KEEP:
        return Tag.CAPITAL if len(word) > 1 and word.isupper() and low not in common else tag
    if not made.initial[at]:
        return Tag.CAPITAL
    if tag is Tag.WORD:
        name = low in proper or (low not in common and _reads_as_name(made, at))
        return Tag.CAPITAL if name else Tag.WORD
    if _before_surname(made, at) and (low in tongue.given or low in proper):
        return Tag.CAPITAL
    return tag


def _reads_as_name(made: Stream, at: int) -> bool:
    """Whether a capitalised word at a sentence's start, seen nowhere else, stands where a name does."""
    if made.low[at].endswith(("ing", "ly")) or at + 1 == len(made.word):
        return False
    return made.tag[at + 1] in _AFTER_NAMES or made.word[at + 1][0].isupper() or made.word[at].isupper()


_AFTER_NAMES = frozenset(
    {Tag.CUE, Tag.AUXILIARY, Tag.POSSESSIVE, Tag.PUNCTUATION, Tag.BREAK, Tag.CONJUNCTION, Tag.QUOTATION, Tag.ADVERB}
)


def _named_like(made: Stream, at: int, low: str, tongue: Language) -> bool:
    """Whether a month's name is a person's: April Jones, Theresa May."""
    given = low in tongue.given and _before_surname(made, at)
    return given or (low == "may" and at > 0 and made.low[at - 1] in tongue.given)


def _before_surname(made: Stream, at: int) -> bool:
    return at + 1 < len(made.word) and made.word[at + 1][0].isupper() and made.tag[at + 1] not in _KEEP


def _mark_owners(made: Stream, tongue: Language) -> None:
    """Take a word that is object and owner ("her") for an owner before a noun: "her claim", "her “sham” remark"."""
    lows, tags = made.low, made.tag
    for at in range(len(lows) - 1):
        if lows[at] in tongue.lists["owning"]:
            after = at + 2 if tags[at + 1] is Tag.QUOTATION and at + 2 < len(lows) else at + 1
            if tags[after] in _OWNED or (tags[after] is Tag.CUE and lows[after] in tongue.nouns):
                tags[at] = Tag.OWNER


_OWNED = frozenset({Tag.WORD, Tag.ROLE, Tag.BODY})


def _mark_nouns(made: Stream, tongue: Language) -> None:
    """Take a cue's form for a noun where only a noun can stand: "his claim", "the report", "in reply"."""
    before: Tag = Tag.BREAK
    for at, tag in enumerate(made.tag):
        if tag is Tag.CUE and before in _BEFORE_NOUNS and made.low[at - 1] not in tongue.lists["infinitive"]:
            low = made.low[at]
            told = (
                before is Tag.DETERMINER and made.low[at - 1] not in tongue.lists["articles"] and _is_past(low, tongue)
            )
            if not told and not low.endswith("ed") and not (low.endswith("ing") and before is Tag.PREPOSITION):
                made.tag[at] = Tag.WORD
        before = made.tag[at]


def _is_past(low: str, tongue: Language) -> bool:
    """Whether a form can only be a verb's past: "others *said*", not "some *reports*"."""
    bases = (f"{low}s", f"{low}es", f"{low[:-1]}ies")
    return not low.endswith(("s", "ing")) and not any(form in tongue.cues for form in bases)


_BEFORE_NOUNS = frozenset({Tag.DETERMINER, Tag.OWNER, Tag.PREPOSITION})

# --- sentences ------------------------------------------------------------------------------------------------------


_LONGEST = 400
"""A sentence that has no end after so many tokens is cut: it is a list, or meant to keep us busy."""


def _count(made: Stream) -> None:
    """Number the sentences and paragraphs; what ends one belongs to it, and empty ones do not count."""
    sentence = paragraph = 0
    begun = 0  # tokens that the sentence at hand holds
    for at, tag in enumerate(made.tag):
        made.sentence.append(sentence)
        made.paragraph.append(paragraph)
        if tag is Tag.BREAK:
            sentence += begun > 0
            paragraph += at > 0 and made.tag[at - 1] is not Tag.BREAK
            begun = 0
        elif tag is Tag.STOP or begun + 1 == _LONGEST or (tag is Tag.QUOTATION and _closes(made, at)):
            sentence += 1
            begun = 0
        else:
            begun += 1


def _closes(made: Stream, at: int) -> bool:
    """Whether a quotation ends its sentence: with a full stop, or with another stop and no "Smith said" follows."""
    if not _ends_sentence(made.text, made.start[at], made.end[at]) or at + 1 >= len(made.tag):
        return False
    if "." in made.text[made.end[at] - 2 : made.end[at]]:
        return made.word[at + 1][0].isupper() or made.tag[at + 1] in (Tag.QUOTATION, Tag.NUMBER)
    following = made.tag[at + 1]
    if following is Tag.QUOTATION:
        return True
    if not made.word[at + 1][0].isupper():
        return False
    return not any(tag is Tag.CUE for tag in _run(made, at + 1, 4))


def _run(made: Stream, at: int, length: int) -> Iterator[Tag]:
    """The tags from `at` on, up to the first mark."""
    for tag in made.tag[at : at + length]:
        if tag in (Tag.PUNCTUATION, Tag.STOP, Tag.BREAK, Tag.QUOTATION):
            return
        yield tag
