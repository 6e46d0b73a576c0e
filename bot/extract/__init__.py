"""An article's text in, quotations with their speakers out: plain functions over values.

``read`` gives all that an article says, ``quotations`` its marked passages alone, ``explain`` what was weighed for
each.
"""

from __future__ import annotations

from bot.extract.assemble import explain, quotations, read

__all__ = ["explain", "quotations", "read"]
