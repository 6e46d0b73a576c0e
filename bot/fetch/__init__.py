"""Bytes in: files, folders, pages and tables, read into articles and claims.

Each module turns bytes into values and raises `InputError` with a hint; nothing here knows the record.
"""
