"""Opt-outs against claims: whoever has left gets nothing that was claimed afterwards."""

from __future__ import annotations

from tests.outbox.race import race


async def test_no_claim_is_committed_after_the_opt_out(database_url: str) -> None:
    result = await race(database_url, 60)
    assert (result.opt_outs, result.late) == (60, 0)
    assert result.wired == 60 - result.in_time
    assert result.in_time > 0
