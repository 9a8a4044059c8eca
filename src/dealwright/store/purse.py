"""The purse: caps that hold under any number of workers, and where every micro-dollar went.

Each movement is written twice over: what account it leaves and what account it reaches. The
counters beside the caps always equal the sums of these movements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import RowMapping, bindparam, delete, select, update

from dealwright.domain.money import shown
from dealwright.errors import BudgetSpent
from dealwright.store.lane import Lane
from dealwright.store.schema import PURSE, RESERVATION, SPEND
from dealwright.store.work import Work

MOVE = (
    update(PURSE)
    .where(PURSE.c.workspace_id == bindparam("of"), PURSE.c.scope == bindparam("on"))
    .values(
        reserved=PURSE.c.reserved + bindparam("more_reserved"),
        spent=PURSE.c.spent + bindparam("more_spent"),
    )
)
TAKE = (
    update(PURSE)
    .where(
        PURSE.c.workspace_id == bindparam("of"),
        PURSE.c.scope == bindparam("on"),
        PURSE.c.reserved + PURSE.c.spent + bindparam("wanted") <= bindparam("limit"),
    )
    .values(reserved=PURSE.c.reserved + bindparam("wanted"), cap=bindparam("limit"))
)
STATE = select(PURSE.c.reserved, PURSE.c.spent).where(
    PURSE.c.workspace_id == bindparam("of"), PURSE.c.scope == bindparam("on")
)


class Closing(NamedTuple):
    """How a reservation ends."""

    reservation: str
    cost: int | None
    """Micro-dollars really spent; None counts the whole reservation as spent."""
    run_id: str | None = None


class Purse:
    """Reserves money before a call, and takes back what the call did not need."""

    def __init__(self, lane: Lane[Work]) -> None:
        self._lane = lane

    async def reserve(
        self,
        scopes: Sequence[tuple[str, int]],
        amount: int,
        *,
        workspace: str,
        campaign: str | None = None,
        case_id: str | None = None,
    ) -> str:
        """Reserve an amount under every cap at once, or under none; return the reservation.

        Raises:
            BudgetSpent: it does not fit under a cap; the message names the scope and the amounts.

        """

        def act(work: Work) -> str:
            reservation = work.ids.new()
            held = {
                "id": reservation,
                "workspace_id": workspace,
                "at": work.now,
                "amount": amount,
                "scopes": sorted(scope for scope, _ in scopes),
                "campaign_id": campaign,
                "case_id": case_id,
            }
            for scope, cap in sorted(scopes):
                _take(work, workspace, (scope, cap), amount)
                work.add(SPEND, _movement(work, held, scope, "reserve", amount))
            work.add(RESERVATION, held)
            return reservation

        return await self._lane.act(act)

    async def release(self, reservation: str) -> None:
        """Give a reservation back whole, because nothing was sent."""
        await self._lane.act(lambda work: settle(work, [Closing(reservation, 0)]))

    async def sweep(self, older_than: datetime) -> int:
        """Count what dead workers had reserved as spent; return how many reservations that was."""

        def act(work: Work) -> int:
            old = select(RESERVATION.c.id).where(RESERVATION.c.at < older_than)
            found = work.connection.execute(old).scalars().all()
            return settle(work, [Closing(reservation, None) for reservation in found])

        return await self._lane.act(act)


def settle(work: Work, closings: Iterable[Closing]) -> int:
    """Close reservations; return how many were still open. Closing one again changes nothing."""
    ends = {closing.reservation: closing for closing in closings}
    if not ends:
        return 0
    gone = delete(RESERVATION).where(RESERVATION.c.id.in_(sorted(ends))).returning(RESERVATION)
    rows = work.connection.execute(gone).mappings().all()
    moves: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        closing, amount, of = ends[row["id"]], row["amount"], row["workspace_id"]
        cost = amount if closing.cost is None else closing.cost
        for scope in row["scopes"]:
            _close(work, row, scope, closing._replace(cost=cost))
            reserved, spent = moves.get((of, scope), (0, 0))
            moves[of, scope] = (reserved - amount, spent + cost)
    if moves:
        work.connection.execute(
            MOVE,
            [
                {"of": of, "on": on, "more_reserved": reserved, "more_spent": spent}
                for (of, on), (reserved, spent) in sorted(moves.items())
            ],
        )
    return len(rows)


def _take(work: Work, workspace: str, scope: tuple[str, int], amount: int) -> None:
    name, cap = scope
    wanted = {"of": workspace, "on": name, "wanted": amount, "limit": cap}
    if work.connection.execute(TAKE, wanted).rowcount:
        return
    work.add_missing(
        PURSE, {"workspace_id": workspace, "scope": name, "cap": cap, "reserved": 0, "spent": 0}
    )
    if work.connection.execute(TAKE, wanted).rowcount:
        return
    reserved, spent = work.connection.execute(STATE, {"of": workspace, "on": name}).one()
    raise BudgetSpent(
        f"the budget {name} is {shown(cap)}; {shown(spent)} is spent and {shown(reserved)} "
        f"reserved, so a call that may cost {shown(amount)} was not made",
        scope=name,
        cap=cap,
        spent=spent,
        reserved=reserved,
    )


def _close(work: Work, held: RowMapping, scope: str, closing: Closing) -> None:
    cost, amount = closing.cost or 0, cast("int", held["amount"])
    parts = {
        "settle": min(cost, amount),
        "release": max(amount - cost, 0),
        "excess": max(cost - amount, 0),
    }
    for kind, part in parts.items():
        if part:
            work.add(SPEND, _movement(work, held, scope, kind, part) | {"run_id": closing.run_id})


def _movement(
    work: Work, held: Mapping[str, object] | RowMapping, scope: str, kind: str, amount: int
) -> dict[str, object]:
    credit, debit = {
        "reserve": ("free", "reserved"),
        "settle": ("reserved", "spent"),
        "release": ("reserved", "free"),
        "excess": ("free", "spent"),
    }[kind]
    return {
        "workspace_id": held["workspace_id"],
        "reservation": held["id"],
        "scope": scope,
        "kind": kind,
        "debit": f"{debit}:{scope}",
        "credit": f"{credit}:{scope}",
        "amount": amount,
        "at": work.now,
        "campaign_id": held["campaign_id"],
        "case_id": held["case_id"],
        "run_id": None,
    }
