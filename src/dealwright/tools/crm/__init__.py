"""What the systems of record have in common: what may be written, CSV cells, and their wire."""
