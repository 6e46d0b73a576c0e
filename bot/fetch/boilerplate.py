"""Paragraphs that a page builder puts between those of an article: appeals for money, newsletters, links to others.

Only what is short and quotes nobody is an appeal: an article about donations keeps its words.
"""

from __future__ import annotations

import re

LONGEST = 500
"""Characters of such a paragraph."""

_ASKS = re.compile(
    r"(?:please |to |you can |want to |never miss .{1,40}?|don['’]t miss .{1,40}?|help )*"
    r"(?:donate|make a (?:[\w-]+ ){0,2}(?:donation|gift|contribution)|support (?:our|us|independent|\w+['’]s)|subscribe"
    r"|sign up|register|become an? (?:\w+ )?(?:member|subscriber|supporter)|join (?:our|us|thousands|the)"
    r"|get (?:the|our|more|breaking|daily)|enter your)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:newsletters?|donat\w+|contributions?|journalism|inbox|subscri\w+|membership|e-?mail|app|podcasts?|telegram"
    r"|whatsapp)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?:follow (?:us|.{1,40}?) on (?:x|twitter|facebook|instagram|telegram|youtube|whatsapp|tiktok|bluesky|mastodon)\b"
    r"|(?:download|get) (?:our|the) .{0,30}\bapp\b|(?:click|tap) here to\b|share this (?:article|story|post)\b"
    r"|(?:story|article) continues (?:below|after)\b|scroll to continue\b|advertisement\W*$|loading\W*$"
    r"|(?:this (?:site|website)|we) uses? cookies\b|accept (?:all )?cookies\b|view photos?\W*$|sponsored\W*$).*",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:> )?[\s•►▶*\[(]*(?:(?:read|see|watch|listen)\s+(?:more|also|next|related)|also read|related"
    r"|recommended|read more)"
    r"(?:\s+(?:stories|articles|coverage|reading|on\s+[\w' ]{1,30}))?\s*[:|»→]\s*\S.*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:related|recommended|most (?:read|popular)|trending(?: now)?|more (?:from|on) .{1,40}|read more|see also"
    r"|read also|related (?:stories|articles|coverage|topics|content|links)|comments?|newsletter)[\s:.…»→]*",
    re.IGNORECASE,
)
_MARKS = re.compile('["“”«»„「」]')


def is_one(paragraph: str) -> bool:
    """Whether a paragraph is none of the article's."""
    if len(paragraph) > LONGEST:
        return False
    if _LINK.fullmatch(paragraph) or _HEADING.fullmatch(paragraph):
        return True
    if _MARKS.search(paragraph):
        return False
    return bool(_NOTICE.match(paragraph) or (_ASKS.match(paragraph) and _FOR.search(paragraph)))
