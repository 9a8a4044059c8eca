"""The shared context store: everything anybody knows stands here."""
