"""The garbage collector, told that what is loaded stays: looking at it again and again is dear."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

THRESHOLDS = (20_000, 20, 50)
"""A case at work makes thousands of objects, and nearly all of them go without the collector."""


@contextmanager
def calm_collector() -> Generator[None]:
    """Let the collector pass over what is there already for as long as the work lasts.

    For a process that does nothing else: the collector is the whole process's.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
