"""The Discord bot: a client, its commands, and what it does on its own."""
