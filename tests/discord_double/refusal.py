"""What Discord says when it will not do what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Refusal(Exception):
    """An error answer: HTTP `status`, Discord's own `code`, and the faults of the form, if that is what is wrong."""

    def __init__(self, status: int, code: int, message: str, faults: Sequence[str] = ()) -> None:
        super().__init__(f"{status} ({code}): {message} {'; '.join(faults)}".rstrip())
        self.status = status
        self.code = code
        self.message = message
        self.faults = tuple(faults)

    def payload(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.faults:
            body["errors"] = {"_errors": [{"code": "INVALID", "message": fault} for fault in self.faults]}
        return body


class Unusable(AssertionError):
    """A person tried what Discord's own client would not let them do; the test or the bot is wrong."""


def unknown(what: str, code: int) -> Refusal:
    """404: there is no such `what`."""
    return Refusal(404, code, f"Unknown {what}")


def missing_access() -> Refusal:
    return Refusal(403, 50001, "Missing Access")


def missing_permissions() -> Refusal:
    return Refusal(403, 50013, "Missing Permissions")


def malformed(faults: Sequence[str]) -> Refusal:
    """400: the form breaks a limit or a rule."""
    return Refusal(400, 50035, "Invalid Form Body", faults)
