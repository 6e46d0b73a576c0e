"""A `Report` in words, tables and data: everything that people or programs read."""
