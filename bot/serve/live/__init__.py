"""The live record: feeds are polled, the pages that they name are fetched, read and stored, and visited again."""
