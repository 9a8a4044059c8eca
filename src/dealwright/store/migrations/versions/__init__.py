"""One module and two SQL files per revision."""
