"""Overrides: what people do to a case, checked against the department before it is written."""

from __future__ import annotations

from collections.abc import Mapping

from dealwright.domain.case import Snapshot
from dealwright.domain.digests import digest_of
from dealwright.errors import BadAnswer, OverrideRefused
from dealwright.orchestration.department import Department, Given
from dealwright.orchestration.router import Standing, stand
from dealwright.store.store import Store


class Overrides:
    """A person's hands on the cases of one department."""

    def __init__(self, store: Store, department: Department) -> None:
        self._store = store
        self._department = department

    async def inject(
        self, case_id: str, slot: str, value: object, *, who: str, because: str = ""
    ) -> Mapping[str, object]:
        """Put a person's product into a slot; it is final and counts like an agent's.

        Raises:
            OverrideRefused: there is no such slot, or the value does not fit it.

        """
        known = self._department.slots.get(slot)
        if known is None:
            names = ", ".join(sorted(self._department.slots))
            raise OverrideRefused(f"there is no slot {slot!r}; there are: {names}")
        try:
            product = known.shape.dump(known.shape.parse(value))
        except BadAnswer as error:
            raise OverrideRefused(f"this does not fit the slot {slot}: {error}") from error
        about = worldly(self._department, await self._store.cases.snapshot(case_id), slot)
        await self._store.desk.inject(case_id, slot, product, who=who, because=because, about=about)
        return product

    async def retry(self, case_id: str, agent: str, *, who: str) -> tuple[str, ...]:
        """Ask for one step again; return the slots that will be made again with it.

        Raises:
            OverrideRefused: there is no such agent, it never ran, or a person's product is there.

        """
        known = self._department.agents.get(agent)
        if known is None:
            names = ", ".join(sorted(self._department.agents))
            raise OverrideRefused(f"there is no agent {agent!r}; there are: {names}")
        snapshot = await self._store.cases.snapshot(case_id)
        standing = stand(self._department, snapshot)
        if standing[known.writes] is Standing.ABSENT:
            raise OverrideRefused(f"{agent} has not run on this case yet; `explain` says why")
        if is_final(snapshot, known.writes):
            raise OverrideRefused(
                f"a person wrote the {known.writes} of this case, and that is final"
            )
        await self._store.desk.retry(case_id, known.writes, who=who)
        after = self._department.depends_on(known.writes)
        return tuple(slot for slot in after if standing[slot] is not Standing.ABSENT)


def worldly(department: Department, snapshot: Snapshot, slot: str) -> Mapping[str, int]:
    """Return the version of everything the world gives that a slot's product is about.

    What a person writes is final, but an answer to one message is none to the next.
    """
    writer = department.writers.get(slot)
    read = {read.slot for read in writer.reads} if writer else set[str]()
    return {
        name: state.version
        for name, state in snapshot.slots.items()
        if name in read and department.slots[name].given is Given.WORLD
    }


def is_final(snapshot: Snapshot, slot: str) -> bool:
    """Say whether a person wrote what stands in a slot."""
    state = snapshot.slots.get(slot)
    return state is not None and state.status == "final"


def bytes_to_approve(snapshot: Snapshot, slot: str) -> str:
    """Return the digest an approval of this slot has to bind.

    Raises:
        OverrideRefused: nothing stands in the slot.

    """
    state = snapshot.slots.get(slot)
    if state is None or state.value is None:
        raise OverrideRefused(f"nothing stands in {slot}")
    return digest_of(state.value)
