"""Configuration: `config.toml` and the environment, read into one frozen `Config`.

Every key can be set in the file or as ``ONRECORD_<KEY>`` in the environment, which wins. Nothing is read at import.
`config.example.toml` describes every key and loads to exactly the defaults below.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from bot.errors import ConfigError

PREFIX = "ONRECORD_"
"""What the name of an environment variable begins with."""
TOKEN = "ONRECORD_TOKEN"  # noqa: S105 — the name of a variable
"""The variable that holds the bot's token; it is no setting, so that no setting is ever secret."""
_OTHERS = (f"{PREFIX}CONFIG", TOKEN)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, with their defaults."""

    database: Path = Path("onrecord.db")  # in a file: relative to that file's folder
    speaker_confidence: float = 0.25  # 0..1: a speaker that we are less sure of is kept as "speaker unclear"
    results: int = 20  # how many rows `search`, `speaker` and `article list` show
    max_file_mb: int = 20  # million bytes: a larger file, or a larger line of a JSONL file, is refused
    token_file: Path = Path("token")  # in a file: relative to that file's folder; ONRECORD_TOKEN holds the token itself
    health_port: int = 8787  # of 127.0.0.1, where the running bot says how it is; 0: nowhere
    fetch_mb: int = 5  # million bytes of one answer of the web, packed and unpacked
    fetch_seconds: int = 15  # for one address with all its redirections
    allow_private: tuple[str, ...] = ()  # private networks (CIDR) that pages may be fetched from all the same
    user_agent_contact: str = ""  # where sites can complain; sent with every request
    backup: bool = True  # whether the running bot copies the record every hour
    backup_folder: Path | None = None  # in a file: relative to that file's folder; none: backups/ beside the database


@dataclass(frozen=True, slots=True)
class Setting:
    """How one key is read: `read` raises `ValueError` on what is not `allowed`."""

    allowed: str
    read: Callable[[Any], Any]
    number: bool = True


def _path(value: Any) -> Path:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError
    return Path(value).expanduser()


def _folder(value: Any) -> Path | None:
    return None if value == "" else _path(value)


def _switch(value: Any) -> bool:
    if isinstance(value, str):
        value = {"true": True, "on": True, "false": False, "off": False}.get(value.strip().lower())
    if not isinstance(value, bool):
        raise ValueError
    return value


def _whole(low: int, high: int) -> Setting:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError
        return value

    return Setting(f"a whole number from {low} to {high}", read)


def _fraction(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError
    return float(value)


def _networks(value: Any) -> tuple[str, ...]:
    """A list of CIDR; in the environment, where all is text, with commas between them."""
    each = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
    if not isinstance(each, list) or not all(isinstance(one, str) for one in each):
        raise ValueError
    return tuple(str(ip_network(one)) for one in each)


def _contact(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[\x21-\x27\x2a-\x7e]{0,200}", value):
        raise ValueError
    return value


SETTINGS: dict[str, Setting] = {
    "database": Setting("the path of a file", _path, number=False),
    "speaker_confidence": Setting("a number from 0 to 1", _fraction),
    "results": _whole(1, 1000),
    "max_file_mb": _whole(1, 1000),
    "token_file": Setting("the path of a file", _path, number=False),
    "health_port": _whole(0, 65535),
    "fetch_mb": _whole(1, 20),
    "fetch_seconds": _whole(1, 60),
    "allow_private": Setting('networks in CIDR, as ["10.1.0.0/16"]', _networks, number=False),
    "user_agent_contact": Setting("an address of mail or of a page, at most 200 characters", _contact, number=False),
    "backup": Setting("true or false", _switch, number=False),
    "backup_folder": Setting('the path of a folder, or ""', _folder, number=False),
}
"""Every key; the same as the fields of `Config`."""


def load(path: Path | None, environ: Mapping[str, str]) -> Config:
    """The defaults, overlaid by the file at `path` and then by the environment.

    Raises `ConfigError` with every fault of both, a line each: where, key, value and what is allowed.
    """
    written = _file(path) if path else {}
    named = {key: text for key, text in environ.items() if key.startswith(PREFIX) and key not in _OTHERS}
    exported = dict(_exported(key.removeprefix(PREFIX).lower(), text) for key, text in named.items())
    faults = [*_faults(written, str(path), str), *_faults(exported, "environment", lambda key: PREFIX + key.upper())]
    if faults:
        raise ConfigError("\n".join(faults), hint="config.example.toml describes every key.")
    values = {key: SETTINGS[key].read(value) for key, value in written.items()}
    for key in ("database", "token_file", "backup_folder"):
        if path and values.get(key) is not None:
            values[key] = path.parent / values[key]
    return replace(Config(), **values | {key: SETTINGS[key].read(value) for key, value in exported.items()})


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", hint="Name a file that can be read with --config.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}", hint="Save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}", hint='A line reads: key = value, with text in "marks".') from error


def _exported(key: str, text: str) -> tuple[str, int | float | str]:
    """A key and the value of its environment variable, which is always text."""
    if key not in SETTINGS or SETTINGS[key].number:
        for number in (int, float):
            try:
                return key, number(text)
            except ValueError:
                continue
    return key, text


def _faults(values: Mapping[str, Any], where: str, name: Callable[[str], str]) -> Iterator[str]:
    for key, value in values.items():
        if key not in SETTINGS:
            yield f"{where}: {name(key)}: no such key; the keys are {', '.join(map(name, SETTINGS))}"
            continue
        try:
            SETTINGS[key].read(value)
        except ValueError:
            yield f"{where}: {name(key)} = {value!r}: allowed is {SETTINGS[key].allowed}"
