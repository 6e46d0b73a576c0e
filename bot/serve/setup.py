"""The only wiring: configuration to a desk over a record. Everything else is handed what it needs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Config
    from bot.desk import Desk
    from bot.fetch.details import Details
    from bot.fetch.http import Fetcher
    from bot.model import Article
    from bot.secret import Secret
    from storage.store import Store

CONFIG = Path("config.toml")
"""The configuration that is read where none is named and this file is there."""


@dataclass
class Setup:
    """What a run was started with; nothing is read or opened before it is asked for."""

    config_file: Path | None = None
    database: Path | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)

    @cached_property
    def config(self) -> Config:
        """The settings. Raises `ConfigError`."""
        from bot import config

        path = self.config_file or (CONFIG if CONFIG.is_file() else None)
        return config.load(path, self.environ)

    @property
    def record_path(self) -> Path:
        """The file that holds the record: ``--db`` before the configuration."""
        return self.database or self.config.database

    @property
    def backup_folder(self) -> Path:
        """The folder that holds the copies of the record."""
        return self.config.backup_folder or self.record_path.absolute().parent / "backups"

    @property
    def file_limit(self) -> int:
        """The most bytes of a file that are read."""
        return self.config.max_file_mb * 1_000_000

    def token(self) -> Secret:
        """The bot's token, out of the environment or of its file. Raises `NoToken`."""
        from bot.config import TOKEN
        from bot.errors import NoToken
        from bot.secret import Secret

        hint = (
            f"Put it into the variable {TOKEN}, or into a file that token_file names. `onrecord run --help` has more."
        )
        given = self.environ.get(TOKEN, "").strip()
        path = self.config.token_file
        if not given:
            try:
                given = path.read_text(encoding="utf-8").strip()
            except FileNotFoundError as error:
                raise NoToken(f"there is no token, and no file {path} that holds it", hint=hint) from error
            except (OSError, UnicodeDecodeError) as error:
                raise NoToken(f"the token cannot be read from {path}", hint=hint) from error
        if not given or not given.isascii() or any(map(str.isspace, given)):
            raise NoToken(
                "what is given as the token is none: a token is one word of letters, digits and dots", hint=hint
            )
        return Secret(given)

    @contextmanager
    def store(self, *, readonly: bool = False) -> Iterator[Store]:
        """The database, which is made where there is none. Raises `RecordError`, also where damage shows later."""
        from storage import opening
        from storage.store import Store

        with Store.open(self.record_path, readonly=readonly) as store, opening.spoken(self.record_path):
            yield store

    @contextmanager
    def desk(self, *, readonly: bool = False) -> Iterator[Desk]:
        """A desk over the database. Raises `RecordError`."""
        from bot.desk import Desk

        with self.store(readonly=readonly) as store:
            yield Desk(store, self.config.speaker_confidence)

    def desk_over(self, articles: Iterable[Article]) -> Desk:
        """A desk over these articles alone, kept in memory."""
        from bot.desk import Desk
        from storage.memory import Memory

        desk = Desk(Memory(), self.config.speaker_confidence)
        for article in articles:
            desk.add(article)
        return desk

    def fetcher(self) -> Fetcher:
        """What fetches pages and feeds; warns in the log where private networks are allowed."""
        from bot.fetch import http

        limits = http.Limits(bytes=self.config.fetch_mb * 1_000_000, seconds=self.config.fetch_seconds)
        agent = http.called(self.config.user_agent_contact)
        return http.Fetcher(limits, allow=self.config.allow_private, agent=agent)

    def articles(self, paths: Iterable[Path], known: Details) -> Iterator[Article]:
        """Every article of the files and folders. Raises `InputError` at the first that cannot be read."""
        from bot.errors import InputError
        from bot.fetch import dump

        for path in dump.files(paths):
            for item in dump.articles(path, known, self.file_limit):
                if isinstance(item.outcome, InputError):
                    raise InputError(f"{item.source}: {item.outcome}", hint=item.outcome.hint)
                yield item.outcome
