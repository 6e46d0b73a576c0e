"""One spelling for the common words that British and American newsrooms write differently.

`american("centre") == "center"`. The result is a key for comparison, never shown: a rule may also rewrite a word that
has no other spelling ("promised" → "promized"), which is harmless as long as no two different words get one key.
Endings: Wikipedia, "American and British English spelling differences".
"""

from __future__ import annotations

import re

_WORDS = {
    "ageing": "aging",
    "aluminium": "aluminum",
    "amongst": "among",
    "anaemia": "anemia",
    "burnt": "burned",
    "cheque": "check",
    "cheques": "checks",
    "cosy": "cozy",
    "diarrhoea": "diarrhea",
    "draught": "draft",
    "dreamt": "dreamed",
    "enrol": "enroll",
    "enrolment": "enrollment",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "grey": "gray",
    "instalment": "installment",
    "instalments": "installments",
    "jewellery": "jewelry",
    "judgement": "judgment",
    "judgements": "judgments",
    "kerb": "curb",
    "leant": "leaned",
    "leapt": "leaped",
    "learnt": "learned",
    "mum": "mom",
    "mums": "moms",
    "plough": "plow",
    "programme": "program",
    "programmes": "programs",
    "pyjamas": "pajamas",
    "sceptic": "skeptic",
    "sceptical": "skeptical",
    "scepticism": "skepticism",
    "sceptics": "skeptics",
    "skilful": "skillful",
    "spelt": "spelled",
    "spoilt": "spoiled",
    "towards": "toward",
    "tyre": "tire",
    "tyres": "tires",
    "whilst": "while",
    "wilful": "willful",
}

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\w{4})is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)"), "iz"),
    (re.compile(r"(anal|paral|catal)ys(?=(?:e|ed|es|ing)$)"), r"\1yz"),
    (
        re.compile(
            r"^(mis|dis|un)?(arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl"
            r"|ranc|rig|rum|sav|splend|tum|val|vap|vig)our"
        ),
        r"\1\2or",
    ),
    (re.compile(r"(calib|cent|fib|lit|lust|meag|met|sab|somb|spect|theat)re(?=[sd]?$)"), r"\1er"),
    (
        re.compile(
            r"(cancel|channel|counsel|dial|equal|fuel|grovel|jewel|label|level|libel|marshal|marvel|model|panel|quarrel"
            r"|rival|shovel|signal|spiral|total|travel|tunnel|unravel)l(?=(?:ed|ing|er|ers|or|ors)$)"
        ),
        r"\1",
    ),
    (re.compile(r"(anal|catal|dial|epil|monol|prol)ogue(?=[sd]?$)"), r"\1og"),
    (re.compile(r"(def|off|lic|pret)ence(?=[sd]?$)"), r"\1ense"),
    (re.compile(r"manoeuv(?:re|er)"), "maneuver"),
    (re.compile(r"^(arch|gyn|h|orthop|p)ae(?=[cdmo])"), r"\1e"),
)


_BRITISH = re.compile(r"is(?:e|ing|ation)|ys(?:e|ing)|our|re[sd]?$|ll|ogue|ence|manoeuv|ae")
"""What every rule's words have in them: most words have none of it."""


def american(word: str) -> str:
    """The American spelling of a folded (lower-case, unaccented) word, or the word itself."""
    known = _WORDS.get(word)
    if known is not None:
        return known
    if _BRITISH.search(word) is None:
        return word
    for pattern, spelling in _RULES:
        word = pattern.sub(spelling, word)
    return word
