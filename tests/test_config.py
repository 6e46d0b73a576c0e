"""Configuration: defaults, the file, the environment, and every fault at once."""

from dataclasses import fields
from pathlib import Path

import pytest

from bot.config import SETTINGS, Config, load
from bot.errors import ConfigError
from bot.extract.assemble import UNSURE

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_field_has_a_setting():
    assert [field.name for field in fields(Config)] == list(SETTINGS)


def test_a_speaker_is_as_sure_by_default_as_extraction_wants_it():
    assert Config().speaker_confidence == UNSURE


def test_nothing_given_is_the_defaults():
    assert load(None, {}) == Config()


def test_the_example_names_every_key_and_loads_to_exactly_the_defaults(tmp_path):
    text = EXAMPLE.read_text(encoding="utf-8")
    assert all(f"\n{key} = " in text and f"ONRECORD_{key.upper()}" in text for key in SETTINGS)
    assert load(written(tmp_path, text), {}) == Config(database=tmp_path / "onrecord.db", token_file=tmp_path / "token")


def test_the_environment_wins_over_the_file(tmp_path):
    path = written(tmp_path, "results = 5\nspeaker_confidence = 0.75")
    assert load(path, {"ONRECORD_RESULTS": "7"}) == Config(results=7, speaker_confidence=0.75)


def test_a_database_path_in_the_file_counts_from_the_files_folder_and_in_the_environment_from_here(tmp_path):
    path = written(tmp_path, 'database = "news.db"')
    assert load(path, {}).database == tmp_path / "news.db"
    assert load(path, {"ONRECORD_DATABASE": "2026"}).database == Path("2026")


def test_a_home_in_the_database_path_is_expanded(tmp_path):
    path = written(tmp_path, 'database = "~/news.db"')
    assert load(path, {}).database == Path.home() / "news.db"


def test_the_name_of_the_file_itself_is_no_key():
    assert load(None, {"ONRECORD_CONFIG": "anywhere.toml", "HOME": "/"}) == Config()


def test_every_fault_is_told_at_once_with_its_key_value_and_what_is_allowed(tmp_path):
    path = written(
        tmp_path, 'results = "many"\nspeaker_confidence = 1.5\ncolour = 1\nmax_file_mb = true\ndatabase = ""'
    )
    with pytest.raises(ConfigError) as caught:
        load(path, {"ONRECORD_RESULTS": "0", "ONRECORD_COLOUR": "1"})
    assert str(caught.value).splitlines() == [
        f"{path}: results = 'many': allowed is a whole number from 1 to 1000",
        f"{path}: speaker_confidence = 1.5: allowed is a number from 0 to 1",
        f"{path}: colour: no such key; the keys are database, speaker_confidence, results, max_file_mb, "
        "token_file, health_port, fetch_mb, fetch_seconds, allow_private, user_agent_contact, backup, backup_folder",
        f"{path}: max_file_mb = True: allowed is a whole number from 1 to 1000",
        f"{path}: database = '': allowed is the path of a file",
        "environment: ONRECORD_RESULTS = 0: allowed is a whole number from 1 to 1000",
        "environment: ONRECORD_COLOUR: no such key; the keys are ONRECORD_DATABASE, "
        "ONRECORD_SPEAKER_CONFIDENCE, ONRECORD_RESULTS, ONRECORD_MAX_FILE_MB, "
        "ONRECORD_TOKEN_FILE, ONRECORD_HEALTH_PORT, ONRECORD_FETCH_MB, ONRECORD_FETCH_SECONDS, "
        "ONRECORD_ALLOW_PRIVATE, ONRECORD_USER_AGENT_CONTACT, ONRECORD_BACKUP, ONRECORD_BACKUP_FOLDER",
    ]
    assert "config.example.toml" in caught.value.hint


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "yes", ""])
def test_what_is_not_a_fraction_is_refused(value):
    with pytest.raises(ConfigError, match="ONRECORD_SPEAKER_CONFIDENCE"):
        load(None, {"ONRECORD_SPEAKER_CONFIDENCE": value})


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"results =\n", "line 1"), (b"results = 5 \xff", "not UTF-8 at byte 12"), (None, "No such file")],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, content, said):
    path = tmp_path / "config.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=said):
        load(path, {})


def test_private_networks_are_a_list_in_the_file_and_stand_between_commas_in_the_environment(tmp_path):
    path = written(tmp_path, 'allow_private = ["10.1.0.0/16", "fd00::/8"]')
    assert load(path, {}).allow_private == ("10.1.0.0/16", "fd00::/8")
    assert load(path, {"ONRECORD_ALLOW_PRIVATE": "192.168.1.0/24, ::1"}).allow_private == ("192.168.1.0/24", "::1/128")
    assert load(path, {"ONRECORD_ALLOW_PRIVATE": ""}).allow_private == ()


@pytest.mark.parametrize("value", ['"10.1.0.0/8"', '["intranet"]', "[10]", "true", "10"])
def test_what_is_no_network_is_refused(tmp_path, value):
    """10.1.0.0/8 neither: it is a server's address with the size of a network."""
    with pytest.raises(ConfigError, match="allow_private"):
        load(written(tmp_path, f"allow_private = {value}"), {})


@pytest.mark.parametrize("value", ["desk@harbour.example", "https://harbour.example/bot", ""])
def test_a_contact_is_an_address(value):
    assert load(None, {"ONRECORD_USER_AGENT_CONTACT": value}).user_agent_contact == value


@pytest.mark.parametrize("value", ["two words", "a\r\nHost: b", "é@harbour.example", "(a)", "a" * 201])
def test_what_would_break_a_header_is_no_contact(value):
    with pytest.raises(ConfigError, match="ONRECORD_USER_AGENT_CONTACT"):
        load(None, {"ONRECORD_USER_AGENT_CONTACT": value})


@pytest.mark.parametrize(("value", "read"), [("on", True), ("False", False), ("off", False)])
def test_a_switch_is_read_from_the_environment(value, read):
    assert load(None, {"ONRECORD_BACKUP": value}).backup is read


def test_a_backup_folder_in_the_file_counts_from_the_files_folder(tmp_path):
    assert load(written(tmp_path, 'backup_folder = "copies"'), {}).backup_folder == tmp_path / "copies"
    with pytest.raises(ConfigError, match="true or false"):
        load(written(tmp_path, 'backup = "perhaps"'), {})
