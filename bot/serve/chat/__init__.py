"""The Discord bot. A callback here reads what was asked, awaits an answer and sends it."""
