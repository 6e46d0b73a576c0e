"""The catalogue of what the bot says: one file of sentences for each language, in ``words/``.

A key names its section and itself, ``verify.description``. A sentence may hold ``{names}`` of values. Where the value
`count` is 1 and there is a sentence of that key with ``_one`` behind it, that one is said.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "es")
"""English is complete; what another does not have is said in English."""


def say(locale: str | None, key: str, **values: object) -> str:
    """The sentence of `key` in the language of a locale ("es-419" is Spanish). Raises `KeyError` for an unknown key."""
    sentences = catalogue(language(locale))
    if values.get("count") == 1 and f"{key}_one" in sentences:
        key = f"{key}_one"
    sentence = sentences.get(key) or catalogue(LANGUAGES[0])[key]
    return sentence.format(**values) if values else sentence


def language(locale: str | None) -> str:
    """The language that is spoken for a locale."""
    base = (locale or "").split("-")[0].lower()
    return base if base in LANGUAGES else LANGUAGES[0]


@cache
def catalogue(name: str) -> Mapping[str, str]:
    """Every sentence of one language by its key."""
    text = files("bot.report").joinpath("words", f"{name}.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    return {f"{section}.{key}": sentence for section, table in tables.items() for key, sentence in table.items()}
