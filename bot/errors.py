"""Every exception that On Record raises on purpose.

    OnRecordError
    ├── InputError            what the user gave cannot be used
    │   ├── ArticleError      a file or page that is not an article we can read
    │   ├── ClaimError        a posted quote that cannot be checked
    │   └── ConfigError       the configuration; all its faults at once
    │       └── NoToken       the bot's token, or what Discord grants its owner
    ├── RecordError           the database that holds the record
    │   ├── NotOurDatabase    a file that On Record did not make
    │   ├── NewerDatabase     made by a later version of the program
    │   ├── DatabaseLocked    another process holds it
    │   ├── DiskFull          there is no space left for what is to be stored
    │   └── DamagedDatabase   SQLite says that the file is malformed
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
        return partial(type(self), hint=self.hint), (str(self),)


class InputError(OnRecordError):
    """What the user gave cannot be used; nothing was stored."""


class ArticleError(InputError):
    """A file or page that is not an article we can read."""


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


class NotInRecord(OnRecordError):
    """An identifier that the record does not know."""


class NotYours(OnRecordError):
    """Something that belongs to another user; nothing was changed."""
