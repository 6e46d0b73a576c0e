"""On Record: who said it, who carries it, and how the wordings differ."""
