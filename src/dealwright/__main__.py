"""Lets `python -m dealwright` do what `dealwright` does."""

from __future__ import annotations

from dealwright.cli import main

if __name__ == "__main__":
    main()
