"""What tests of fetching share: the watch on the event loop."""

from tests.chat.conftest import heartbeat

__all__ = ["heartbeat"]
