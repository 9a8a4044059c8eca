"""The command line: one module per group of commands; `main` is what the shell calls."""

from __future__ import annotations

from dealwright.cli.app import main

__all__ = ["main"]
