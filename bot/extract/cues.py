"""Frames: each cue of a stream with the mention that speaks through it.

A cue is a reporting verb ("said", "told a rally"), a phrase ("according to"), a noun that stands for words ("Ortega's
claim"), a label ("ORTEGA:") or a dash line ("— Ana Ortega"). The speaker of a verb is its subject: after it where the
verb follows a quotation ("said Ortega"), else the first noun phrase of its clause that hangs on no preposition, past
appositions ("Ortega, the mayor, said") and relative clauses, or the subject of the verb that it continues ("and
added").
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.extract.language import Language, Tag
from bot.extract.mentions import Mention, is_deed, is_plural
from bot.extract.stream import Stream


@dataclass(slots=True)
class Frame:
    """A cue at tokens `first` up to `last` exclusive, its class, and who speaks through it."""

    first: int
    last: int
    group: str
    subject: Mention | None
    inverted: bool = False
    form: str = "finite"  # of a verb: "finite", "base" (to add, would add), "ing", or "aside" (between commas)

    @property
    def low(self) -> int:
        """The first token of cue and subject."""
        return min(self.first, self.subject.start) if self.subject else self.first

    @property
    def high(self) -> int:
        """Past the last token of cue and subject."""
        return max(self.last, self.subject.last) if self.subject else self.last


_EDGES = frozenset({Tag.STOP, Tag.BREAK})
_SKIPPED = frozenset({Tag.ADVERB, Tag.AUXILIARY})
_HALTS = frozenset({Tag.STOP, Tag.BREAK, Tag.QUOTATION, Tag.RELATIVE})
_DASHES = frozenset({"—", "–", "―", "-", "--", "~"})
_INSERTS = frozenset({",", "(", "—", "–", "--", "-"})
_CLAUSE = 30
"""No subject stands farther than so many tokens before its verb."""
_BARE = 3
"""A bare plural has no more words than this."""
_LEAD = 9
"""A subject with what hangs on it holds hardly more tokens, before something is inserted."""


class Frames:
    """Finds the frames of one stream. `mentions` gains the subjects that no list knew ("one questioner")."""

    def __init__(self, stream: Stream, found: list[Mention], tongue: Language) -> None:
        self.stream, self.tongue = stream, tongue
        self.mentions = found
        self.begins: dict[int, Mention] = {}
        self.ends: dict[int, Mention] = {}
        for mention in found:
            if not mention.inner and mention.head not in tongue.lists["object"] and not self._relative(mention):
                self.begins[mention.first] = mention
                if mention.lead >= 0:
                    self.begins.setdefault(mention.lead, mention)
                self.ends[mention.last] = mention
        self.frames: list[Frame] = []

    def _relative(self, mention: Mention) -> bool:
        return self.stream.tag[mention.first] is Tag.RELATIVE

    def find(self) -> list[Frame]:
        """Every frame in order of its cue."""
        phrases = {phrase[0] for phrase in self.tongue.phrases}
        tags, lows = self.stream.tag, self.stream.low
        for at, tag in enumerate(tags):
            if lows[at] in phrases:
                self._phrase(at)
            if tag is Tag.CUE:
                self._verb(at)
            if lows[at] in self.tongue.nouns:
                self._noun(at)
            elif lows[at] == ":":
                self._label(at)
            elif lows[at] in _DASHES:
                self._dash(at)
        return self.frames

    # --- verbs ------------------------------------------------------------------------------------------------------

    def _verb(self, at: int) -> None:
        before = self._before(at)
        if before >= 0 and self._is_noun(at, before):
            return
        group = self._group(at)
        subject = self._after(at, before)
        inverted = subject is not None
        if subject is None:
            subject = self._passive(at) if self._is_passive(at) else self._subject(at, before)
        if subject is not None or group in ("say", "report"):
            self.frames.append(Frame(at, at + 1, group, subject, inverted, self._form(at)))
        if subject is not None:
            subject.speaks = True
        hearer = self.begins.get(at + 1)
        if hearer is not None and hearer is not subject:
            hearer.hears = True

    def _form(self, at: int) -> str:
        low, stream = self.stream.low[at], self.stream
        if low.endswith("ing"):
            return "ing"
        place = at - 1
        while place > 0 and stream.tag[place] is Tag.ADVERB:
            place -= 1
        subject = self.ends.get(at)
        if subject is not None and subject.start > 0 and stream.low[subject.start - 1] == "," and self._comma_after(at):
            return "aside"
        modal = stream.tag[place] is Tag.AUXILIARY and stream.low[place] not in self.tongue.lists["have"]
        return "base" if modal or stream.low[place] in self.tongue.lists["infinitive"] else "finite"

    def _comma_after(self, at: int) -> bool:
        """Whether a comma follows within the clause: "it was, *Ortega said on Monday,* over"."""
        for place in range(at + 1, min(at + 9, len(self.stream))):
            if self.stream.low[place] == ",":
                return True
            if self.stream.tag[place] in _HALTS or self.stream.tag[place] is Tag.CUE:
                break
        return False

    def _group(self, at: int) -> str:
        """The class of a verb; "as Ortega put it" reports like "said"."""
        return "say" if self._puts_it(at) else self.tongue.cues[self.stream.low[at]]

    def _puts_it(self, at: int) -> bool:
        low = self.stream.low
        return low[at] in self.tongue.lists["put"] and at + 1 < len(low) and low[at + 1] == "it"

    def _before(self, at: int) -> int:
        """The token before a verb, past adverbs and auxiliaries; -1 at the start."""
        stream = self.stream
        place = at - 1
        while place >= 0 and (
            stream.tag[place] in _SKIPPED
            or (stream.tag[place] is Tag.WORD and stream.low[place].endswith("ly"))
            or (stream.tag[place] is Tag.POSSESSIVE and stream.tag[place - 1] is Tag.PRONOUN)
        ):
            place -= 1
        return place

    def _is_noun(self, at: int, before: int) -> bool:
        """Whether a form that could be a verb stands where a noun does: "Ortega's claim", "report of"."""
        stream, low = self.stream, self.stream.low[at]
        if stream.tag[before] is Tag.POSSESSIVE and before == at - 1:
            return not low.endswith("ed")
        if stream.tag[at - 1] is Tag.QUOTATION and at > 1 and stream.tag[at - 2] in (Tag.OWNER, Tag.POSSESSIVE):
            return low in self.tongue.nouns
        if before == at - 1 and self._is_base(low) and self._is_singular(before) and not self._listed(before):
            return not self._puts_it(at)
        return low in self.tongue.nouns and at + 1 < len(stream) and stream.low[at + 1] in self.tongue.lists["about"]

    def _listed(self, last: int) -> bool:
        """Whether "and" stands in the words up to `last`: "Ortega *and* a friend from Lisk" are several."""
        for place in range(last, max(0, last - _LEAD), -1):
            if self.stream.low[place] in self.tongue.lists["and"]:
                return True
            if self.stream.tag[place] in _HALTS or self.stream.tag[place] is Tag.CUE:
                break
        return False

    def _is_base(self, low: str) -> bool:
        """Whether a verb's form is its bare one: "plan", not "plans" or "said"."""
        cues = self.tongue.cues
        return f"{low}s" in cues or f"{low}es" in cues or f"{low[:-1]}ies" in cues

    def _is_singular(self, at: int) -> bool:
        """Whether the token at `at` is a name or noun for one, after which a bare verb cannot stand."""
        tag, low = self.stream.tag[at], self.stream.low[at]
        if tag in (Tag.CAPITAL, Tag.BODY):
            return True
        return tag in (Tag.WORD, Tag.ROLE) and not is_plural(low)

    def _is_passive(self, at: int) -> bool:
        low = self.stream.low[at]
        if low.endswith("ing"):
            return False
        if at + 2 in self.begins and self.stream.low[at + 1] in self.tongue.lists["by"]:
            return True  # "a letter written by Ortega"
        place = at - 1
        while place >= 0 and self.stream.tag[place] in _SKIPPED:
            if self.stream.low[place] in self.tongue.lists["be"]:
                return True
            place -= 1
        return False

    def _passive(self, at: int) -> Mention | None:
        """Who stands after "by": "was called a sham by Ortega"; "is quoted as saying" leaves the quoted one."""
        for place in range(at + 1, min(at + 9, len(self.stream))):
            if self.stream.tag[place] in _EDGES:
                break
            if self.stream.low[place] in self.tongue.lists["by"]:
                return self.begins.get(place + 1)
        return None

    def _after(self, at: int, before: int) -> Mention | None:
        """The subject after its verb, where the verb follows a quotation or opens its clause; never a participle's."""
        stream = self.stream
        if stream.low[at].endswith("ing"):
            return None
        mention = self.begins.get(at + 1) or self.unlisted(at + 1)
        if mention is None or (mention.kind == "pronoun" and mention.head not in self.tongue.lists["subject"]):
            return None
        place = at - 1
        while place > before and stream.tag[place] is Tag.AUXILIARY:  # « … », a déclaré Morvan
            place -= 1
        if place >= 0 and stream.low[place] != "," and stream.tag[place] is not Tag.QUOTATION:
            place = at - 1
        while place >= 0 and stream.low[place] in (",", "—", "–", "--", ";"):
            place -= 1
        if place < 0 or stream.tag[place] in (Tag.BREAK, Tag.QUOTATION):
            return mention
        if stream.tag[before] is Tag.CONJUNCTION or self._acts(mention.last):
            return None
        opened = stream.tag[place] is Tag.STOP or (place < at - 1 and self._within(at - 1) is None)
        return mention if opened else None

    def _acts(self, at: int) -> bool:
        """Whether a verb may stand at `at`, so that the phrase before it is that verb's subject."""
        return at < len(self.stream) and self.stream.tag[at] in (Tag.AUXILIARY, Tag.CUE, Tag.WORD, Tag.POSSESSIVE)

    def unlisted(self, at: int) -> Mention | None:
        """A noun phrase that no list knows: from a determiner or number to the end of its plain words."""
        stream = self.stream
        if at >= len(stream) or stream.tag[at] not in (Tag.DETERMINER, Tag.OWNER, Tag.NUMBER):
            return None
        last = at + 1
        while last < len(stream) and last - at < 5 and stream.tag[last] in (Tag.WORD, Tag.NUMBER, Tag.CAPITAL):
            last += 1
        return self._add(at, last) if last > at + 1 else None

    def _add(self, first: int, last: int) -> Mention:
        mention = self.begins.get(first)
        if mention is None:
            lead = first
            while lead < last - 1 and self.stream.tag[lead] in (Tag.DETERMINER, Tag.OWNER):
                lead += 1
            role = self.stream.string(lead, last)
            mention = Mention(first, last, "nominal", role=role, head=self.stream.low[last - 1], listed=False)
            self.mentions.append(mention)
            self.begins[first] = mention
            self.ends[last] = mention
        return mention

    def _subject(self, at: int, before: int) -> Mention | None:
        """The subject before its verb."""
        stream = self.stream
        if before < 0 or stream.tag[before] in _EDGES:
            return None
        low = stream.low[before]
        participle = stream.low[at].endswith("ing")
        if participle and (low == "," or low in self.tongue.nouns):
            return self._continued(at) or self.ends.get(at)
        if low in _INSERTS or low == ")" or stream.tag[before] is Tag.QUOTATION:
            return self._within(before) or self._continued(at)
        if low in self.tongue.lists["infinitive"]:
            return self._doer(before) or self._continued(at)
        if stream.tag[before] in (Tag.CONJUNCTION, Tag.PREPOSITION, Tag.CUE, Tag.PUNCTUATION):
            return self._continued(at)
        if stream.tag[before] is Tag.RELATIVE:
            return self._antecedent(before)
        if participle and before == at - 1 and stream.tag[before] is not Tag.POSSESSIVE:
            return self.ends.get(at) or self._continued(at)
        return self._clause(before)

    def _doer(self, to: int) -> Mention | None:
        """Who does what follows "to" in a clause of its own: "what *staff* have come to call"."""
        begin = to
        while begin > max(0, to - _CLAUSE) and not self._opens_clause(begin - 1):
            begin -= 1
        opened = begin > 0 and self.stream.tag[begin - 1] is Tag.CUE
        return None if opened else self._first_free(begin, to)

    def _clause(self, before: int) -> Mention | None:
        """The first noun phrase of the clause that ends with token `before`, unless it hangs on a preposition."""
        stream = self.stream
        nearest = self.ends.get(before + 1)
        if nearest is not None and nearest.head in self.tongue.lists["subject"]:
            return nearest
        begin = before
        floor = max(0, before - _CLAUSE)
        while begin > floor and not self._opens_clause(begin - 1):
            begin -= 1
        if begin > 0 and stream.tag[begin - 1] is Tag.RELATIVE and begin == before + 1:
            return self._antecedent(begin - 1)
        found = self._first_free(begin, before + 1)
        if self._is_relative(begin - 1) and (found is None or found.start > begin or self._several(begin, before)):
            return self._antecedent(begin - 1) or found  # "the agency *that* inspects the ships said"
        if found is not None:
            return found
        if stream.tag[begin] is Tag.WORD and (stream.initial[begin] or self._several(begin, before)):
            return self._add(begin, self.phrase_end(begin, before + 1))
        return self.ends.get(before + 1)

    def _is_relative(self, at: int) -> bool:
        """Whether the word at `at` tells more of the phrase before it: "who", and "that" where it is told to nobody."""
        if at < 1 or self.stream.low[at] not in self.tongue.lists["that"]:
            return at > 0 and self.stream.tag[at] is Tag.RELATIVE
        mention = self.ends.get(at)
        return mention is not None and not mention.hears and mention.kind == "nominal"

    def _several(self, begin: int, last: int) -> bool:
        """Whether a clause up to its verb is a bare plural: "doctors and *night nurses* said"."""
        words = all(tag is Tag.WORD for tag in self.stream.tag[begin : last + 1])
        return words and last - begin < _BARE and is_plural(self.stream.low[last])

    def _first_free(self, begin: int, end: int) -> Mention | None:
        """The first noun phrase between two places that hangs on no preposition."""
        stream, hanging = self.stream, False
        for place in range(begin, end):
            mention = self.begins.get(place)
            if mention is not None and mention.last <= end:
                if not hanging or (mention.kind == "pronoun" and not self._hangs(mention)):
                    return mention
                hanging = False
            elif stream.tag[place] is Tag.PREPOSITION:
                hanging = place > begin or stream.low[place] not in self.tongue.lists["clausal"]
            elif stream.low[place] == ",":
                hanging = False
            elif stream.tag[place] in (Tag.DETERMINER, Tag.OWNER, Tag.NUMBER) and not hanging:
                return self._add(place, self.phrase_end(place, end))
        return None

    def _opens_clause(self, at: int) -> bool:
        stream = self.stream
        tag = stream.tag[at]
        if tag in _HALTS or (tag is Tag.CUE and stream.low[at] not in self.tongue.nouns):
            return True
        if tag is Tag.CONJUNCTION:
            return not (at + 1 in self.begins and (at in self.ends or self._joins(at)))
        return tag is Tag.PUNCTUATION and stream.low[at] in (",", ";", ":", "—", "–", "--", "(", ")")

    def _joins(self, at: int) -> bool:
        """Whether a conjunction joins two phrases: no verb stands in its clause before it."""
        tags, lows = self.stream.tag, self.stream.low
        for place in range(at - 1, max(-1, at - _CLAUSE), -1):
            if tags[place] in _HALTS or lows[place] in _INSERTS:
                return True
            if tags[place] in (Tag.CUE, Tag.AUXILIARY) or (tags[place] is Tag.WORD and lows[place].endswith("ed")):
                return False
        return True

    def phrase_end(self, first: int, limit: int) -> int:
        """Past the plain words of the noun phrase that begins at `first`."""
        last = first + 1
        while last < limit and self.stream.tag[last] in (Tag.WORD, Tag.NUMBER, Tag.ROLE, Tag.BODY, Tag.CAPITAL):
            if is_deed(self.stream, last):
                break
            last += 1
        return last

    def _within(self, comma: int) -> Mention | None:
        """The phrase that an insertion ending at `comma` interrupts: "Ortega, who is 45, said"."""
        stream = self.stream
        for place in range(comma - 1, max(-1, comma - 2 * _CLAUSE), -1):
            if stream.tag[place] in _EDGES:
                return None
            if stream.low[place] not in _INSERTS:
                continue
            mention = self._top(self.ends.get(place))
            if mention is None or self._hangs(mention):
                mention = self._opening(place)
            if mention is None or self._apposed(mention):
                continue
            return mention
        return None

    def _opening(self, comma: int) -> Mention | None:
        """The subject of words that open a sentence and end at `comma`: "*A letter* to Ortega, seen by us, calls"."""
        first = comma - 1
        while first > 0 and comma - first < _LEAD and not self.stream.initial[first]:
            if (
                self.stream.tag[first] in (Tag.CUE, Tag.AUXILIARY, Tag.CONJUNCTION)
                or self.stream.low[first] in _INSERTS
            ):
                return None
            first -= 1
        return self._first_free(first, comma) if self.stream.initial[first] else None

    def _top(self, mention: Mention | None) -> Mention | None:
        """The phrase that a phrase hangs on: "a spokesman" of "a spokesman for the port"."""
        while mention is not None and self._hangs(mention):
            upper = self.ends.get(mention.start - 1) or self.ends.get(mention.start - 2)
            if upper is None:
                return mention
            mention = upper
        return mention

    def _apposed(self, mention: Mention) -> bool:
        """Whether a nominal only explains the phrase before its comma."""
        if mention.kind != "nominal" or mention.first == 0 or self.stream.low[mention.first - 1] != ",":
            return False
        return self.ends.get(mention.first - 1) is not None

    def _hangs(self, mention: Mention) -> bool:
        return mention.hangs or (mention.first > 0 and self.stream.tag[mention.first - 1] is Tag.PREPOSITION)

    def _antecedent(self, relative: int) -> Mention | None:
        """What "who" refers to: the phrase that ends before it."""
        place = relative - 1 if self.stream.low[relative - 1] == "," else relative
        mention = self.ends.get(place)
        if mention is not None and self._hangs(mention) and mention.kind == "name" and mention.body:
            return None
        return mention

    def _continued(self, at: int) -> Mention | None:
        """The subject of the verb before in the same sentence, else the sentence's first free noun phrase."""
        stream = self.stream
        sentence = stream.sentence[at]
        for frame in reversed(self.frames):
            if stream.sentence[frame.first] != sentence or at - frame.first > 4 * _CLAUSE:
                break
            if frame.subject is not None and frame.group != "noun":
                return frame.subject
        place = at
        while place > 0 and stream.sentence[place - 1] == sentence and at - place < 2 * _CLAUSE:
            place -= 1
        return self._first_free(place, at)

    # --- devices ----------------------------------------------------------------------------------------------------

    def _phrase(self, at: int) -> None:
        lows = self.stream.low
        for phrase in self.tongue.phrases:
            last = at + len(phrase)
            if lows[at] == phrase[0] and tuple(lows[at:last]) == phrase:
                subject = self.begins.get(last) or self.unlisted(last)
                if subject is not None:
                    self.frames.append(Frame(at, last, "phrase", subject))
                return

    def _noun(self, at: int) -> None:
        """Such as "Ortega's claim", "a statement from the union", "the remarks by Ortega"."""
        stream = self.stream
        lows = stream.low
        owner = None
        for place in range(at - 1, max(-1, at - 4), -1):
            if stream.tag[place] is Tag.POSSESSIVE:
                owner = self.ends.get(place) or next((m for m in self.mentions if m.last == place), None)
                break
            if stream.tag[place] is Tag.OWNER:
                owner = self._add(place, place + 1)
                owner.kind, owner.head = "pronoun", lows[place]
                break
            if stream.tag[place] not in (Tag.WORD, Tag.ADVERB, Tag.NUMBER, Tag.CUE, Tag.BODY, Tag.QUOTATION):
                break
        if owner is None and at + 2 < len(lows) and lows[at + 1] in self.tongue.lists["said_of"]:
            owner = self.begins.get(at + 2)
        owner = owner or self._utterer(at)
        if owner is not None:
            self.frames.append(Frame(at, at + 1, "noun", owner))

    def _utterer(self, at: int) -> Mention | None:
        """Who uses a word: "*Ortega* has never used the phrase"."""
        verb = at - 1
        while verb > 0 and self.stream.tag[verb] in (Tag.DETERMINER, Tag.OWNER):
            verb -= 1
        used = verb > 0 and self.stream.low[verb] in self.tongue.lists["uttering"]
        return self._subject(verb, self._before(verb)) if used else None

    def _label(self, at: int) -> None:
        """A colon after the name that opens a line: "ORTEGA:", "Ana Ortega, mayor:"."""
        stream = self.stream
        place = at
        while place > 0 and stream.tag[place - 1] is not Tag.BREAK and at - place < 8:
            place -= 1
        while place < at and stream.tag[place] in (Tag.PUNCTUATION, Tag.CALENDAR):
            place += 1
        mention = self.begins.get(place)
        if mention is not None and (mention.last == at or stream.low[mention.last] in (",", "(")):
            if place == 0 or stream.tag[place - 1] in (Tag.BREAK, Tag.PUNCTUATION, Tag.CALENDAR):
                self.frames.append(Frame(at, at + 1, "label", mention))
        elif (mention := self.ends.get(at)) is not None:
            if mention.start > 0 and stream.low[mention.start - 1] in self.tongue.lists["places"]:
                mention = self._clause(at - 1) or mention  # "Ortega is in Lisk:"
            self.frames.append(Frame(at, at + 1, "colon", mention))

    def _dash(self, at: int) -> None:
        """A name after a dash that follows a quotation or opens a line, up to the line's end, a comma or a handle."""
        stream = self.stream
        mention = self.begins.get(at + 1)
        if mention is None or mention.kind == "pronoun":
            return
        before = at - 1 if at == 0 or stream.low[at - 1] != ">" else at - 2
        follows = before < 0 or stream.tag[before] in (Tag.BREAK, Tag.QUOTATION, Tag.STOP)
        last = mention.last
        if last < len(stream) and stream.low[last] in self.tongue.lists["and"] and last + 1 in self.begins:
            last = self.begins[last + 1].last
        closes = last >= len(stream) or stream.tag[last] is Tag.BREAK or stream.low[last] in (",", "(", "@")
        if follows and closes:
            self.frames.append(Frame(at, at + 1, "dash", mention))
