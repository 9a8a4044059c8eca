"""The demo's stories: what became of each lead, as the store, the servers and the CRM have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dealwright.cli.demo_diary import ZONE
from dealwright.cli.demo_show import Show, by_rule, step
from dealwright.cli.leads_table import Ranked
from dealwright.cli.output import shortened
from dealwright.domain.case import Snapshot
from dealwright.domain.conversation import Conversation, Direction, MessageKind
from dealwright.domain.intent import Intent, IntentKind, IntentState
from dealwright.domain.scheduling import Appointment
from dealwright.store.questions import OpenTask
from dealwright.tools.ports import CrmRecord

if TYPE_CHECKING:
    from dealwright.rehearsal.calendar_host import Booked
    from dealwright.rehearsal.mail_host import Sent
    from dealwright.rehearsal.prospects import Said

LONGEST = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What became of one lead."""

    lead: Ranked
    snapshot: Snapshot
    talk: Conversation
    intents: Sequence[Intent]
    """The oldest first."""
    told: Sequence[tuple[Said, str]]
    """What they wrote and meant, and how it was read; empty where it was not."""
    tasks: Sequence[OpenTask]
    """What people have to do."""
    meeting: Appointment | None
    suppressed: str | None
    """Why nobody writes to them any more."""
    record: CrmRecord | None
    """What the system of record says."""

    @property
    def sent(self) -> list[str]:
        """The steps whose letters left."""
        done = (i for i in self.intents if i.state is IntentState.DONE)
        return [step(i) for i in done if i.kind is IntentKind.EMAIL]

    @property
    def held(self) -> Intent | None:
        """The letter that waits for more than its day."""
        waiting = (i for i in self.intents if i.kind is IntentKind.EMAIL and i.held)
        return next(waiting, None)

    @property
    def barred(self) -> bool:
        """Whether a rule, and not a person, keeps them from being written to."""
        return not self.sent and self.held is not None and by_rule(self.held)

    @property
    def waits(self) -> bool:
        """Whether they are not written to for want of a person's word."""
        return not self.sent and self.held is not None and not by_rule(self.held)

    @property
    def bounced(self) -> bool:
        """Whether a letter came back."""
        return any(m.kind is MessageKind.BOUNCE for m in self.talk.messages)

    @property
    def rank(self) -> int:
        """Where it stands in the report: what came furthest is first."""
        signs = (self.meeting is not None, bool(self.talk.replies), bool(self.sent), self.barred)
        return next((rank for rank, sign in enumerate(signs) if sign), len(signs))

    @property
    def happened(self) -> str:
        """What came of it, in a few words."""
        if self.meeting is not None:
            at = self.meeting.start.astimezone(ZONE)
            return f"meeting {self.meeting.state}, {at:%a %d %b %H:%M}"
        if self.bounced or self.suppressed:
            return "dead address" if self.bounced else "opted out"
        if self.barred and self.held is not None:
            return f"held by `{self.held.held.partition(': ')[0]}`"
        if self.waits:
            return "written and reviewed"
        if self.tasks:
            return "handed to a person"
        return "to be continued" if self.planned else "no answer yet"

    @property
    def planned(self) -> Intent | None:
        """The letter that waits for its day."""
        ready = (i for i in self.intents if i.state is IntentState.READY and not i.held)
        return next((i for i in ready if i.kind is IntentKind.EMAIL), None)

    @property
    def next(self) -> str:
        """What happens next, in a few words."""
        if self.suppressed:
            return "nothing, for good"
        if self.tasks:
            return f"you: {shortened(self.tasks[0].because, LONGEST)}"
        if self.meeting is not None and self.meeting.stands:
            return "the meeting"
        if self.planned is not None:
            return f"a letter on {self.planned.not_before.astimezone(ZONE):%d %b %Y}"
        if self.barred:
            return "you: ask for consent"
        return "you: approve the draft" if self.waits else self.lead.next

    def as_json(self) -> dict[str, object]:
        """Return it as part of the command's answer."""
        replies = [
            {"temper": said.temper, "meant": said.meaning, "read": read, "text": said.text}
            for said, read in self.told
        ]
        return {
            "lead": self.lead.lead.name,
            "email": self.lead.lead.email,
            "tier": self.lead.lead.tier,
            "sent": self.sent,
            "replies": replies,
            "bounced": self.bounced,
            "held": self.held.held if self.held else None,
            "meeting": self.meeting,
            "suppressed": self.suppressed,
            "crm": self.record,
            "happened": self.happened,
            "next": self.next,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What stands at the end of a demo."""

    stories: Sequence[Story]
    booked: Sequence[Booked]
    """What the calendar server says."""
    wire: Sequence[Sent]
    """What crossed the mail server."""
    approved: int

    def as_json(self) -> dict[str, object]:
        """Return it as part of the command's answer."""
        wire = [
            {
                "from": one.sender,
                "to": one.recipient,
                "subject": str(one.message["Subject"]),
                "message_id": str(one.message["Message-ID"]),
                "text": one.text,
            }
            for one in self.wire
        ]
        return {
            "stories": [story.as_json() for story in self.stories],
            "calendar": list(self.booked),
            "wire": wire,
            "approved": self.approved,
        }


async def ending_of(show: Show, leads: Sequence[Ranked]) -> Ending:
    """Return how a show has ended."""
    listed = await show.runtime.store.intents.listed(show.workspace)
    intents = [intent for intent, _ in reversed(listed)]
    tasks = await show.tasks()
    return Ending(
        stories=[await _story(show, each, intents, tasks) for each in leads],
        booked=await show.market.calendar.booked(),
        wire=tuple(show.market.mail.sent),
        approved=show.approved,
    )


async def _story(
    show: Show, each: Ranked, intents: Sequence[Intent], tasks: Sequence[OpenTask]
) -> Story:
    store, lead = show.runtime.store, each.lead
    address = lead.email or ""
    snapshot = await store.cases.snapshot(lead.id)
    talk, meeting = _kept(snapshot, "conversation"), _kept(snapshot, "meeting")
    conversation = Conversation.model_validate(talk) if talk else Conversation()
    records = await show.connected.crm.find(address=address)
    return Story(
        lead=each,
        snapshot=snapshot,
        talk=conversation,
        intents=[intent for intent in intents if intent.case_id == lead.id],
        told=_told(show, lead.name, address, conversation),
        tasks=[task for task in tasks if task.case_id == lead.id],
        meeting=Appointment.model_validate(meeting) if meeting else None,
        suppressed=await store.suppressions.why(show.workspace, address),
        record=next(iter(records), None),
    )


def _told(show: Show, lead: str, address: str, talk: Conversation) -> list[tuple[Said, str]]:
    """Return what somebody said beside how it was read."""
    heard = {_flat(m.text): m.number for m in talk.messages if m.direction is Direction.IN}
    told: list[tuple[Said, str]] = []
    for said in show.said:
        if said.address == address:
            number = next((heard[text] for text in heard if _flat(said.text) in text), 0)
            reading = show.diary.read.get((lead, number))
            told.append((said, str(reading.main) if reading else ""))
    return told


def _flat(text: str) -> str:
    return " ".join(text.split())


def _kept(snapshot: Snapshot, slot: str) -> Mapping[str, object] | None:
    state = snapshot.slots.get(slot)
    return state.value if state else None
