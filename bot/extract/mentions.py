"""Who is spoken of: names, pronouns and nominals, found in one pass over a stream.

A title or role before a name belongs to the name ("White House press secretary Josh Earnest" is Josh Earnest), a name
before a role belongs to the role ("the Clinton campaign manager"), and what hangs on a preposition does not count as
its head.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.extract.language import Language, Tag
from bot.extract.stream import Stream


@dataclass(slots=True)
class Mention:
    """One noun phrase: tokens `first` up to `last` exclusive.

    `kind` is "name", "pronoun" or "nominal"; `name` are the name's own tokens without titles, `role` the words that
    say what somebody is, `lead` is where the phrase begins with its determiner. `inner`: it only modifies another
    phrase ("the *Ortega* campaign").
    """

    first: int
    last: int
    kind: str
    name: tuple[str, ...] = ()
    role: str = ""
    head: str = ""  # the lower-case head of a nominal, the pronoun itself
    body: bool = False  # an organisation
    title: str = ""  # lower-case title words before a name
    inner: bool = False
    hangs: bool = False  # on a preposition: "of *the port*"
    listed: bool = True  # a list knows its head
    entity: int = -1
    speaks: bool = False  # through a verb
    hears: bool = False  # stands right after a verb that takes a hearer
    lead: int = -1
    others: tuple[Mention, ...] = ()  # who speaks together with it: "Ortega *and Marek* said"
    beside: bool = False  # it is one of those

    @property
    def start(self) -> int:
        """Where the phrase begins, its determiner counted."""
        return self.lead if self.lead >= 0 else self.first


_NOUNLIKE = frozenset({Tag.WORD, Tag.NUMBER, Tag.CAPITAL, Tag.TITLE, Tag.ROLE, Tag.BODY, Tag.POSSESSIVE, Tag.ADVERB})
_HEADS = frozenset({Tag.ROLE, Tag.BODY})
_LEADS = frozenset({Tag.DETERMINER, Tag.OWNER, Tag.NUMBER})
_NAMELIKE = frozenset({Tag.CAPITAL, Tag.TITLE})
_BEFORE_NAMES = frozenset({Tag.ROLE, Tag.TITLE})
_LONGEST = 9
"""A name or the words before a head are cut off after so many tokens."""


def mentions(stream: Stream, tongue: Language) -> list[Mention]:
    """Every mention of a stream in order."""
    found: list[Mention] = []
    start = -1  # where the noun phrase at hand began, -1: in none
    at, size = 0, len(stream.tag)
    tags, lows = stream.tag, stream.low
    while at < size:
        tag = tags[at]
        step = 1
        if tag is Tag.PRONOUN:
            found.append(Mention(at, at + 1, "pronoun", head=lows[at], hangs=_hangs(stream, at)))
            start = -1
        elif tag in _NAMELIKE and stream.word[at][0].isupper():
            mention = _name(stream, at, tongue)
            step = mention.last - at
            start = at if start < 0 or _parted(stream, found, start, at) else start
            mention.lead, mention.hangs = max(start, at - _LONGEST), _hangs(stream, start)
            _unname(stream, mention, tongue)
            if mention.role and mention.lead < at:
                lead = _past_article(stream, mention.lead, at + 1, tongue)
                mention.role = f"{stream.text[stream.start[lead] : stream.start[at]]}{mention.role}"
            found.append(mention)
        elif tag in _HEADS:
            mention = _headed(stream, at, max(start, at - _LONGEST) if start >= 0 else at, tongue)
            mention.hangs = _hangs(stream, start if start >= 0 else at)
            _absorb(found, mention)
            found.append(mention)
            step = mention.last - at
            owns = mention.last < size and tags[mention.last] is Tag.POSSESSIVE
            start = mention.first if owns else -1
        elif tag in _LEADS:
            start = start if start == at - 1 and tags[start] in _LEADS else at
        elif tag in _NOUNLIKE:
            start = at if start < 0 else start
        else:
            start = -1
        at += step
    return found


def _unname(stream: Stream, mention: Mention, tongue: Language) -> None:
    """Make "the Italian", "the Welshman" a nominal: somebody of that country."""
    low = stream.low[mention.last - 1]
    if mention.start == mention.first - 1 and mention.last - mention.first == 1 and not mention.role:
        demonym = low.endswith(("man", "woman")) or low.capitalize() in tongue.countries.values()
        if demonym and stream.low[mention.start] in tongue.lists["definite"]:
            mention.kind, mention.name, mention.body = "nominal", (), False
            mention.head, mention.role = low, stream.word[mention.first]


def _hangs(stream: Stream, start: int) -> bool:
    """Whether a preposition stands before the phrase that begins at `start`."""
    return start > 0 and stream.tag[start - 1] is Tag.PREPOSITION


def _parted(stream: Stream, found: list[Mention], start: int, at: int) -> bool:
    """Whether the phrase begun at `start` is over before the name at `at`: "in a Lisk *interview* Ortega said"."""
    return stream.tag[at - 1] is Tag.WORD and ((bool(found) and found[-1].first >= start) or is_deed(stream, at - 1))


def is_deed(stream: Stream, at: int) -> bool:
    """Whether a word tells what those named before it did: "several groups *granted* Ortega"."""
    low = stream.low[at - 1]
    return stream.low[at].endswith("ed") and is_plural(low) and not low.endswith("us") and stream.tag[at] is Tag.WORD


def _absorb(found: list[Mention], mention: Mention) -> None:
    """Mark the names within a longer phrase as parts of it."""
    for earlier in reversed(found):
        if earlier.first < mention.first:
            break
        earlier.inner = True


def _headed(stream: Stream, at: int, first: int, tongue: Language) -> Mention:
    """The phrase whose head is the role or body at `at`, with the name that follows it, if one does."""
    last = _last_head(stream, at, tongue)
    lead = _past_article(stream, first, last, tongue)
    role = stream.string(lead, last)
    if last < len(stream.tag) and stream.tag[last - 1] in _BEFORE_NAMES and _is_capital(stream, last):
        named = _name(stream, last, tongue)
        if named.kind == "name" and not named.body:
            named.first, named.lead = lead, first
            named.role = f"{role} {named.role}".strip()
            return named
    head = stream.low[last - 1]
    return Mention(first, last, "nominal", role=role, head=head, body=stream.tag[last - 1] is Tag.BODY)


def _past_article(stream: Stream, first: int, last: int, tongue: Language) -> int:
    """The first word of a phrase that is no article and no "his"; its last word at least."""
    while first < last - 1 and (stream.low[first] in tongue.lists["articles"] or stream.tag[first] is Tag.OWNER):
        first += 1
    return first


def _last_head(stream: Stream, at: int, tongue: Language) -> int:
    """Past the last head of the phrase: "*police* chief", "*Senate* Majority Leader", "*conservative* radio host"."""
    size = min(len(stream.tag), at + _LONGEST)
    last = place = at + 1
    while place < size:
        tag = stream.tag[place]
        if tag in _HEADS or (tag is Tag.TITLE and place > last - 1):
            last = place + 1
        elif not (tag is Tag.CAPITAL or stream.low[place] in tongue.lists["modifiers"]):
            break
        place += 1
    return last


def _name(stream: Stream, at: int, tongue: Language) -> Mention:
    """The run of capitalised words at `at`, its titles and honours split from the name."""
    last = _run_end(stream, at, tongue)
    titled = _past_domain(stream, _past_titles(stream, at, last), last)
    body = titled < last and _is_body(stream, titled, last, tongue)
    if not body:
        titled = _past_trade(stream, titled, last, tongue)
    words = _words(stream, titled, last, tongue)
    if len(words) > 2 and words[0].lower() in tongue.lists["flags"]:
        words = words[1:]
    if not words:
        return Mention(at, last, "nominal", role=stream.string(at, last), head=stream.low[last - 1].rstrip("."))
    return Mention(
        at,
        last,
        "name",
        name=words,
        title=" ".join(stream.low[at:titled]),
        role=stream.string(at, titled) if titled > at else "",
        body=body and titled == at,
    )


def _words(stream: Stream, first: int, last: int, tongue: Language) -> tuple[str, ...]:
    """A name's words: without nicknames in marks and letters after it, an apostrophe put to its word."""
    words: list[str] = []
    for at in range(first, last):
        if stream.tag[at] is Tag.QUOTATION:
            continue
        if stream.word[at] in _APOSTROPHES and words:
            words[-1] += stream.word[at]
        elif stream.low[at].replace(".", "") not in tongue.lists["honours"] or not words:
            words.append(stream.word[at])
    return tuple(words)


def _past_titles(stream: Stream, at: int, last: int) -> int:
    titled = at
    for index in range(at, last):
        if stream.tag[index] is Tag.TITLE and (
            index == at or stream.tag[index - 1] is not Tag.CAPITAL or index < last - 1
        ):
            titled = index + 1
    return titled


def _past_trade(stream: Stream, first: int, last: int, tongue: Language) -> int:
    """Past what somebody is, where it has a capital and a given name follows: "*Whistleblower* Ana Ortega"."""
    given = next((at for at in range(first, last - 1) if stream.low[at] in tongue.given), first)
    if given == first or any(stream.tag[at] is not Tag.CAPITAL for at in range(first, given)):
        return first
    before = stream.low[given - 1]
    known = tongue.tags.get(before, Tag.WORD) is not Tag.WORD or before.removesuffix("s").endswith(_TRADES)
    return given if known else first


_TRADES = ("er", "or", "ist", "ian", "man", "woman", "ess", "eer", "ant")
_APOSTROPHES = frozenset("'’")


def _past_domain(stream: Stream, titled: int, last: int) -> int:
    """Past "of State", "of Defense" between a title and the name: the last two words are the name's."""
    if titled < last and stream.tag[titled] is Tag.PREPOSITION:
        return last - 2 if last - titled > 2 else last
    return titled


def _run_end(stream: Stream, at: int, tongue: Language) -> int:
    size = len(stream.tag)
    last = at + 1
    while last < size and last - at < _LONGEST:
        if stream.tag[last] in _NAMELIKE and stream.word[last][0].isupper():
            last += 1
        elif (
            last + 1 < size
            and _is_capital(stream, last + 1)
            and (_joins(stream, last, tongue) or is_nickname(stream, last))
        ):
            last += 2
        else:
            break
    return last


def is_nickname(stream: Stream, at: int) -> bool:
    """Whether a quotation within a name is one of its parts: Ana “Red” Ortega."""
    if stream.tag[at] is not Tag.QUOTATION or stream.end[at] - stream.start[at] > _NICKNAME:
        return False
    inside = stream.text[stream.start[at] + 1 : stream.end[at] - 1].split()
    return 0 < len(inside) < 4 and inside[-1][0].isupper() and inside[-1][-1].isalnum()


_NICKNAME = 24
"""Characters of the longest nickname, with its marks."""


def _is_capital(stream: Stream, at: int) -> bool:
    return stream.tag[at] in _NAMELIKE and stream.word[at][0].isupper()


def _joins(stream: Stream, here: int, tongue: Language) -> bool:
    """Whether the small word at `here` joins the capitals on both sides into one name."""
    low = stream.low[here]
    if low in _APOSTROPHES:
        return stream.low[here - 1].endswith("s") and stream.tag[here + 1] is Tag.CAPITAL
    if low == "of":
        before = stream.low[here - 1]
        return (
            stream.tag[here - 1] is Tag.TITLE
            or tongue.tags.get(before) is Tag.BODY
            or before in tongue.lists["holders"]
        )
    return low in tongue.lists["joins"] or low == "&"


def _is_body(stream: Stream, first: int, last: int, tongue: Language) -> bool:
    """Whether a name reads as an organisation's: it holds a word for one or "&", or is an acronym."""
    if any(tongue.tags.get(stream.low[index]) is Tag.BODY or stream.low[index] == "&" for index in range(first, last)):
        return True
    word = stream.word[first].replace(".", "")
    return last - first == 1 and word.isupper() and 2 <= len(word) <= 6


def heads(found: list[Mention]) -> Iterator[Mention]:
    """The mentions that stand for themselves."""
    return (mention for mention in found if not mention.inner)


_PLURAL = frozenset({"people", "men", "women", "children", "police"})


def is_plural(head: str) -> bool:
    """Whether a nominal's head speaks of several: "officials", not "boss"."""
    return head in _PLURAL or (head.endswith("s") and not head.endswith("ss"))
