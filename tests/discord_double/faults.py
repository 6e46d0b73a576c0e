"""Outages on demand: what the double answers instead of doing, or after having done, what it was asked."""

from __future__ import annotations

import collections
import dataclasses
import re
from typing import Any

from tests.discord_double.limits import V2

INVALID = (401, 403, 429)  # ten thousand of these in ten minutes and Discord bars the address


@dataclasses.dataclass
class Fault:
    """One planned outage. `status` 0 drops the connection; `performed` does the deed first and loses the answer.

    `method` "" is any; `components`: it strikes only what is sent as Components v2.
    """

    method: str
    pattern: re.Pattern[str]
    status: int
    times: int
    retry_after: float = 0.0
    everywhere: bool = False
    performed: bool = False
    delay: float = 0.0
    components: bool = False

    def strikes(self, method: str, path: str, form: Any) -> bool:
        """Whether it is for this request."""
        met = self.times and self.method in ("", method) and self.pattern.search(path)
        return bool(met) and (not self.components or _v2(form))

    def body(self) -> dict[str, Any]:
        if self.status == 429:
            message = "You are being rate limited."
            return {"message": message, "retry_after": self.retry_after, "global": self.everywhere, "code": 0}
        if self.components:
            error = {"code": "UNION_TYPE_CHOICES", "message": 'Value of field "type" must be one of (1,).'}
            return {
                "code": 50035,
                "message": "Invalid Form Body",
                "errors": {"components": {"0": {"_errors": [error]}}},
            }
        return {"code": 0, "message": f"{self.status}: planned by the test"}

    def headers(self) -> dict[str, str]:
        if self.status != 429:
            return {}
        scope = "global" if self.everywhere else "user"
        return {"Retry-After": str(self.retry_after), "X-RateLimit-Remaining": "0", "X-RateLimit-Scope": scope}


class Faults:
    """The planned outages, and how often each status was answered."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []
        self.statuses: collections.Counter[int] = collections.Counter()

    @property
    def invalid(self) -> int:
        """Answers 401, 403 and 429: those that count towards a ban."""
        return sum(self.statuses[status] for status in INVALID)

    def _plan(self, method: str, pattern: str, status: int, times: int, **more: Any) -> Fault:
        fault = Fault(method, re.compile(pattern), status, times, **more)
        self.planned.append(fault)
        return fault

    def rate_limit(
        self, method: str, pattern: str, *, retry_after: float = 0.05, times: int = 1, everywhere: bool = False
    ) -> Fault:
        """Answer 429 `times` times to requests whose path holds `pattern`."""
        return self._plan(method, pattern, 429, times, retry_after=retry_after, everywhere=everywhere)

    def fail(self, method: str, pattern: str, status: int, *, times: int = 1, performed: bool = False) -> Fault:
        """Answer `status` (500, 502, 503, 403 …)."""
        return self._plan(method, pattern, status, times, performed=performed)

    def drop(self, method: str, pattern: str, *, times: int = 1, performed: bool = False) -> Fault:
        """Cut the connection without an answer."""
        return self._plan(method, pattern, 0, times, performed=performed)

    def slow(self, method: str, pattern: str, seconds: float, *, times: int = 1) -> Fault:
        """Answer rightly, but only after `seconds`."""
        return self._plan(method, pattern, 200, times, performed=True, delay=seconds)

    def refuse_components(self, pattern: str, *, times: int = 1 << 20) -> Fault:
        """Refuse Components v2, and nothing else, in requests whose path holds `pattern`."""
        return self._plan("", pattern, 400, times, components=True)

    def take(self, method: str, path: str, form: Any = None) -> Fault | None:
        """The outage that strikes this request, which is then spent once."""
        for fault in self.planned:
            if fault.strikes(method, path, form):
                fault.times -= 1
                return fault
        return None


def _v2(form: Any) -> bool:
    """Whether a form, or the message in it, is one of Components v2."""
    said = form.get("data") or form if isinstance(form, dict) else {}
    return bool(int(said.get("flags") or 0) & V2)
