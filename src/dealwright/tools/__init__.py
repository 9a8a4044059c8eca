"""The tool access layer: how agents see the world."""
