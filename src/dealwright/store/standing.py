"""Standing: what stands in the database before a batch of agent calls is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Select, func, select

from dealwright.store.driver import Given, Statement, given, packed
from dealwright.store.holding import Held, Top, hold
from dealwright.store.schema import PRODUCT, RUN

if TYPE_CHECKING:
    from dealwright.domain.run import Run
    from dealwright.store.work import Work


def _known(names: Given) -> Select[*tuple[Any, ...]]:
    """Return the query for how far the slot of each name has come, and for its run.

    Each is looked up by itself: whatever the planner thinks of the tables, an index answers.
    """
    case_id, agent, fingerprint, slot = names.parts
    versions = (PRODUCT.c.case_id == case_id) & (PRODUCT.c.slot == slot)
    run = (RUN.c.case_id == case_id) & (RUN.c.agent == agent) & (RUN.c.fingerprint == fingerprint)
    return select(
        *names.parts,
        select(func.max(PRODUCT.c.version)).where(versions).scalar_subquery(),
        select(func.max(PRODUCT.c.retries)).where(versions).scalar_subquery(),
        select(RUN.c.id).where(run).scalar_subquery(),
        select(RUN.c.product.is_not(None)).where(run).scalar_subquery(),
    ).select_from(names.rows)


KNOWN = Statement(*map(_known, given("names", 4)))


class Known(NamedTuple):
    """A run that is in the log."""

    id: str
    product: bool
    """Whether it left one."""


@dataclass(slots=True)
class State:
    """What stood in the database before this batch, kept up to date as its orders are taken."""

    held: dict[str, Held]
    tops: dict[tuple[str, str], Top]
    runs: dict[tuple[str, str, str], Known]


def state_of(work: Work, case_ids: Iterable[str], runs: Iterable[Run]) -> State:
    """Lock these cases, and return what stands there of these runs and of their slots."""
    state = State(hold(work, case_ids), {}, {})
    names = list({(run.case_id, run.agent, run.fingerprint, run.slot) for run in runs})
    for case_id, agent, fingerprint, slot, version, retries, run_id, product in work.ask(
        KNOWN, {"names": packed(names)}
    ):
        state.tops[case_id, slot] = Top(version or 0, retries or 0)
        if run_id is not None:
            state.runs[case_id, agent, fingerprint] = Known(run_id, bool(product))
    return state
