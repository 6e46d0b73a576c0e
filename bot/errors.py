"""Every exception that On Record raises on purpose.

    OnRecordError
    ├── InputError            what the user gave cannot be used
    │   ├── ArticleError      a file or page that is not an article we can read
    │   │   └── TooComplex    a document that takes more time or memory than is allowed
    │   ├── FeedError         an address that is no feed, or one that nobody should read
    │   ├── ClaimError        a posted quote that cannot be checked
    │   └── ConfigError       the configuration; all its faults at once
    │       └── NoToken       the bot's token, or what Discord grants its owner
    ├── RecordError           the database that holds the record
    │   ├── NotOurDatabase    a file that On Record did not make
    │   ├── NewerDatabase     made by a later version of the program
    │   ├── DatabaseLocked    another process holds it
    │   ├── DiskFull          there is no space left for what is to be stored
    │   └── DamagedDatabase   SQLite says that the file is malformed
    ├── FetchError            something of the web that was not fetched
    │   ├── Refused           by our own guard or by the site's robots.txt; not tried again by itself
    │   ├── Unreachable       by the network, or the server is ill or busy; may work later
    │   │   └── LeftAlone     the server was not asked, since it has failed too often of late
    │   └── Gone              the server says that it is not there, or not for us
    ├── NotInRecord           an identifier that the record does not know
    └── NotYours              something that belongs to another user

Each carries a `hint`: one sentence that tells the user how to mend it.
"""

from __future__ import annotations

from functools import partial
from typing import Any


class OnRecordError(Exception):
    """Base of the tree. `str(error)` says what and where; `hint` says how to mend it."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is sent from one process to another, hint and all."""
        return partial(type(self), **vars(self)), (str(self),)


class InputError(OnRecordError):
    """What the user gave cannot be used; nothing was stored."""


class ArticleError(InputError):
    """A file or page that is not an article we can read."""


class TooComplex(ArticleError):
    """A document that takes more time or memory than is allowed; where the machine was busy it is no fault of its."""


class FeedError(InputError):
    """What was fetched is no feed, or one that nobody should read."""


class ClaimError(InputError):
    """A posted quote that cannot be checked."""


class ConfigError(InputError):
    """The configuration is wrong; the message lists every fault, a line each."""


class NoToken(ConfigError):
    """The bot cannot log in: no token, a wrong one, or an intent that is not granted."""


class RecordError(OnRecordError):
    """The database that holds the record cannot be used."""


class NotOurDatabase(RecordError):
    """The file is not a database, or not one that On Record made."""


class NewerDatabase(RecordError):
    """The database was made by a later version of the program."""


class DatabaseLocked(RecordError):
    """Another process holds the database and did not let go in time."""


class DiskFull(RecordError):
    """There is no space left for what is to be stored; nothing of it was."""


class DamagedDatabase(RecordError):
    """SQLite says that the file is malformed."""


class FetchError(OnRecordError):
    """Something of the web that was not fetched."""


class Refused(FetchError):
    """Our own guard or the site's robots.txt says no; asking again would change nothing.

    `code` names the rule in one word: "private_address", "scheme", "robots" …; `bot.fetch.guard.RULES` has them all.
    """

    def __init__(self, message: str, *, hint: str, code: str) -> None:
        super().__init__(message, hint=hint)
        self.code = code


class Unreachable(FetchError):
    """The network failed, the time was up, or the server is ill or busy; it may work later.

    `retry_after` is in how many seconds the server wants to be asked again, where it says so.
    """

    def __init__(self, message: str, *, hint: str, retry_after: float | None = None) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class LeftAlone(Unreachable):
    """A server that has failed too often of late is not asked before `retry_after` seconds have passed."""


class Gone(FetchError):
    """The server says that it is not there, or not for us: `status` is 404, 410, 401, 403, 451 or the like."""

    def __init__(self, message: str, *, hint: str, status: int) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class NotInRecord(OnRecordError):
    """An identifier that the record does not know."""


class NotYours(OnRecordError):
    """Something that belongs to another user; nothing was changed."""
