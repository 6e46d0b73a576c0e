"""How far a decided speaker can be trusted: features of the decision, whose weights make confidences calibrated.

The shares that rank candidates are too sure of themselves where a kind of mention often misleads: a pronoun among
several people of one sex, a surname that two bear. What is fitted here is how often such decisions were right on
articles that the other weights had not seen.
"""

from __future__ import annotations

from bisect import bisect_right

from bot.extract.features import Candidate, Setting

_STEPS = (0.3, 0.45, 0.6, 0.75, 0.85, 0.92, 0.96, 0.985, 0.995)


def features(here: Setting, best: Candidate, entity: int, referent: float | None) -> list[str]:
    """What speaks for and against a decision: `best` is the mention, `referent` the share of whom it stands for."""
    mention = best.mention
    kind = "i" if mention.head in here.reading.tongue.lists["first"] else mention.kind
    resolved = "named" if entity >= 0 else "unnamed"
    cued = "cued" if best.frame is not None else "bare"
    sure = bisect_right(_STEPS, best.score)
    found = ["bias", f"kind:{kind}:{resolved}", f"{cued}:{kind}", f"sure:{sure}", f"sure:{sure // 3}:{kind}"]
    if referent is not None:
        likely = bisect_right(_STEPS, referent)
        found += (f"referent:{likely}", f"referent:{likely // 3}:{kind}")
    if best.rule == "carried over" or (here.previous is not None and here.previous.mention is mention):
        found.append(f"carried:{kind}")
    if kind == "name" and entity >= 0 and len(mention.name) == 1 and here.reading.shared(entity):
        found.append("shared surname")
    if here.reading.passages[here.quote].depth:
        found.append("inside")
    return found
