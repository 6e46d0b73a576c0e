"""The record on disk and in memory."""
