"""The outbox: the one door to the world, and every rule a thing must pass to leave by it."""
