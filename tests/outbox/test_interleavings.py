"""In any order of acts: only what people approved leaves, once, and never while stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outbox.interleavings import walk


@pytest.mark.parametrize("seed", [1, 2])
async def test_only_what_people_approved_leaves_in_any_order_of_acts(
    tmp_path: Path, seed: int
) -> None:
    done = await walk(tmp_path, 150, seed)
    assert done["sent"] > 0
    assert done["stop"] > 5
    assert done["edit"] > 5
