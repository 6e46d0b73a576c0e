"""A web of our own on loopback: a dozen outlets with their pages and feeds, and a clock that tests turn."""

from tests.web_double.clock import Clock
from tests.web_double.setup import Here
from tests.web_double.site import Site, Story
from tests.web_double.web import Web, in_thread, serving

__all__ = ["Clock", "Here", "Site", "Story", "Web", "in_thread", "serving"]
