"""Doors: what the public addresses open into."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from dealwright.clock import Clock
from dealwright.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What the public doors open into."""

    store: Store
    workspace: str
    clock: Clock
    campaign: Callable[[str], Awaitable[str]]
    """A campaign's name → its case; the only one's where no name is given."""
    secrets: Callable[[str], str | None]
    """Connection id → its secret: `leads` for the bearer of new leads, or a webhook's id."""
    webhooks: frozenset[str]
    opts_out: Callable[[str], bool]
    """Says whether somebody's words ask never to be written to."""
    ring: Callable[[Sequence[str]], Awaitable[None]]
    """Says which cases there is something to do for."""
    public_url: str | None = None
    """Where the world reaches these doors: what senders of webhooks signed begins with it."""
