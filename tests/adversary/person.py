"""A person of ours: sees letters as they would leave, and says yes to every one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from dealwright.errors import BadInput, NotFound, OverrideRefused
from dealwright.orchestration.overrides import bytes_to_approve
from dealwright.outbox.situating import Preview
from dealwright.store.questions import Approval, Bound
from tests.adversary.office import AtWork


@dataclass(frozen=True)
class Anna:
    """Whoever has the last word in an assisted campaign."""

    seen: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """(Recipient, text) of the letters she said yes to."""
    read: list[str] = field(default_factory=list[str])
    """What was told to her in questions and tasks."""

    async def approves(self, office: AtWork) -> int:
        """Say yes to all that waits; return how much that was."""
        asked = await office.store.desk.approvals("pending", "default")
        self.read.extend(f"{one.because} {one.case_name}" for one in asked)
        self.read.extend(task.because for task in await office.store.desk.tasks("default"))
        return sum([await self._approves(office, one) for one in asked])

    async def _approves(self, office: AtWork, asked: Approval) -> bool:
        snapshot = await office.store.cases.snapshot(asked.case_id)
        shown: Preview | None = None
        try:
            shown = await office.outbox.preview(asked.case_id, asked.slot)
        except (BadInput, NotFound):
            if asked.slot != "scheduling":
                return False
        letter = shown.letter if shown else None
        bound = Bound(letter=letter.digest, variant=shown.variant) if shown and letter else None
        try:
            digest = bytes_to_approve(snapshot, asked.slot)
            await office.store.desk.decide(
                asked.id, "approved", who="Anna", digest=digest, bound=bound
            )
        except OverrideRefused:
            return False
        if letter is not None:
            self.seen.add((letter.to, letter.text.strip()))
        return True
