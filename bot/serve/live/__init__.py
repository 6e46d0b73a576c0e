"""The live record: feeds are polled, the pages that they name are fetched, read and stored, and visited again."""

NOTE = "poller"
"""Under which the poller notes in the record, each minute, how it is."""


def unheard(_: object) -> None:
    """Nobody listens to what the poller says."""
