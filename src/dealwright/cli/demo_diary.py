"""The demo's diary: what happened when, told line by line as it happens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import wrap
from zoneinfo import ZoneInfo

from dealwright.cli.output import counted, shortened
from dealwright.domain.conversation import Conversation, Direction, Message, MessageKind
from dealwright.domain.intent import Intent, IntentKind, IntentState
from dealwright.domain.reading import Reading
from dealwright.store.questions import OpenTask

WIDTH = 79
LONGEST = 150
BESIDE = " " * 14
"""What stands below a line that has a time."""
ZONE = ZoneInfo("Europe/Berlin")
"""The seller's clock."""
MACHINES: Mapping[MessageKind, str] = {
    MessageKind.BOUNCE: "our letter came back, there is no such mailbox",
    MessageKind.COMPLAINT: "our letter was reported as unwanted",
    MessageKind.DELAY: "our letter is late",
}


@dataclass(slots=True)
class Diary:
    """Tells each thing once."""

    say: Callable[[str], None]
    read: dict[tuple[str, int], Reading] = field(default_factory=dict[tuple[str, int], Reading])
    """(lead, message) → how it was read."""
    _told: set[object] = field(default_factory=set[object])

    def chapter(self, at: datetime, title: str) -> None:
        """Begin a part."""
        self.say(f"\n{at.astimezone(ZONE):%A %d %B, %H:%M}: {title}")

    def heard(self, talks: Mapping[str, tuple[Conversation, Reading | None]]) -> None:
        """Tell what came in, and how it was read, in the order in which it came."""
        came: list[tuple[datetime, str, Message]] = []
        for lead, (talk, reading) in talks.items():
            if reading is not None:
                self.read[lead, reading.message] = reading
            theirs = (m for m in talk.messages if m.direction is Direction.IN)
            came += [(m.at, lead, m) for m in theirs if self._is_new((lead, m.number))]
        for _, lead, message in sorted(came, key=lambda one: one[0]):
            self._came(lead, message)

    def briefed(self, leads: Collection[str]) -> None:
        """Tell that whoever closes has something to read."""
        new = [lead for lead in leads if self._is_new((lead, "brief"))]
        if new:
            self._below(f"briefs for whoever closes are written: {', '.join(new)}")

    def handed_on(self, tasks: Sequence[OpenTask]) -> None:
        """Tell what people have to do."""
        for task in tasks:
            if self._is_new(task.id):
                self._below(f"a person looks after {task.case_name}: {task.because}")

    def approved(self, count: int) -> None:
        """Tell that the demo has said yes, and that it is yours to say."""
        if count:
            when = "; in your own campaign you do" if self._is_new("approved") else ""
            self._below(f"the demo says yes {counted(count, 'time')} in your place{when}")

    def left(self, intent: Intent, lead: str, step: str, body: Mapping[str, object]) -> None:
        """Tell what left."""
        if intent.claimed_at is None or not self._is_new(intent.id):
            return
        failed = f": {intent.result}" if intent.state is IntentState.FAILED else ""
        match intent.kind:
            case IntentKind.EMAIL:
                self._line(intent.claimed_at, "→", lead, f"{step}, {body['subject']}{failed}")
            case IntentKind.MEETING:
                booked = failed.removeprefix(": ") or "it stands in the calendar"
                self._line(intent.claimed_at, "=", lead, booked)
            case IntentKind.CRM | IntentKind.NOTICE:
                return

    def held(self, because: str, leads: Collection[str]) -> None:
        """Tell which letters stay, and why."""
        new = [lead for lead in leads if self._is_new((lead, because))]
        if new:
            self._below(f"held by a rule: {', '.join(new)}: {because}")

    def _came(self, lead: str, message: Message) -> None:
        machine = MACHINES.get(message.kind)
        self._line(message.at, "←", lead, machine or f"“{_first_words(message.text)}”")
        reading = self.read.get((lead, message.number))
        if reading is not None:
            sure = "" if reading.sure else ", which is not sure enough to act alone"
            said = reading.main.replace("_", " ")
            self._below(f"read as: {said} ({reading.confidence:.0%}{sure})")

    def _line(self, at: datetime, sign: str, lead: str, words: str) -> None:
        head = f"  {at.astimezone(ZONE):%a %H:%M} {sign} "
        self._wrapped(head, f"{lead}: {shortened(words, LONGEST)}")

    def _below(self, words: str) -> None:
        self._wrapped(BESIDE, words)

    def _wrapped(self, head: str, words: str) -> None:
        for each in wrap(words, WIDTH, initial_indent=head, subsequent_indent=BESIDE):
            self.say(each)

    def _is_new(self, what: object) -> bool:
        new = what not in self._told
        self._told.add(what)
        return new


def _first_words(text: str) -> str:
    """Return a message without its greeting."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    return " ".join(" ".join(parts[1:] or parts).split())
