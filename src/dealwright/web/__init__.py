"""The web: what the world may call."""
