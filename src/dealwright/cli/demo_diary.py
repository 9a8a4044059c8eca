"""The demo's diary: what happened when, told line by line as it happens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import wrap
from zoneinfo import ZoneInfo

from dealwright.cli.output import counted, shortened
from dealwright.domain.conversation import Conversation, Direction, Message, MessageKind
from dealwright.domain.intent import Intent, IntentKind
from dealwright.domain.reading import Reading
from dealwright.store.questions import OpenTask

WIDTH = 79
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

    def heard(self, lead: str, talk: Conversation, reading: Reading | None) -> None:
        """Tell what came in, and how the newest was read."""
        if reading is not None:
            self.read[lead, reading.message] = reading
        for message in talk.messages:
            if message.direction is Direction.IN and self._is_new((lead, message.number)):
                self._came(lead, message)

    def briefed(self, lead: str, version: int) -> None:
        """Tell that whoever closes has something to read."""
        if version and self._is_new((lead, "brief")):
            self._below(f"a brief on {lead} is written for whoever closes")

    def handed_on(self, tasks: Sequence[OpenTask]) -> None:
        """Tell what people have to do."""
        for task in tasks:
            if self._is_new(task.id):
                self._below(f"a person looks after {task.case_name}: {task.because}")

    def approved(self, count: int) -> None:
        """Tell that the demo has said yes, and that it is yours to say."""
        if count:
            when = "; in your own campaign you do" if self._is_new("approved") else ""
            self._below(f"the demo approves {counted(count, 'thing')} in your place{when}")

    def left(self, intent: Intent, lead: str, step: str, body: Mapping[str, object]) -> None:
        """Tell what left."""
        if intent.claimed_at is None or not self._is_new(intent.id):
            return
        match intent.kind:
            case IntentKind.EMAIL:
                self._line(intent.claimed_at, "→", lead, f"{step}, “{body['subject']}”")
            case IntentKind.MEETING:
                self._line(intent.claimed_at, "=", lead, "it stands in the calendar")
            case IntentKind.CRM | IntentKind.NOTICE:
                return

    def held(self, because: str, leads: Collection[str]) -> None:
        """Tell which letters stay, and why."""
        new = [lead for lead in leads if self._is_new((lead, because))]
        if new:
            self._below(f"not written to: {', '.join(new)}. {because}")

    def _came(self, lead: str, message: Message) -> None:
        machine = MACHINES.get(message.kind)
        self._line(message.at, "←", lead, machine or f"“{_first_words(message.text)}”")
        reading = self.read.get((lead, message.number))
        if reading is not None:
            sure = "" if reading.sure else ", which is not sure enough to act alone"
            said = reading.main.replace("_", " ")
            self._below(f"read as: {said} ({reading.confidence:.0%}{sure})")

    def _line(self, at: datetime, sign: str, lead: str, words: str) -> None:
        head = f"  {at.astimezone(ZONE):%a %H:%M} {sign} {lead}: "
        self.say(head + shortened(words, WIDTH - len(head)))

    def _below(self, words: str) -> None:
        for each in wrap(words, WIDTH, initial_indent=BESIDE, subsequent_indent=BESIDE):
            self.say(each)

    def _is_new(self, what: object) -> bool:
        new = what not in self._told
        self._told.add(what)
        return new


def _first_words(text: str) -> str:
    """Return a message without its greeting."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    return " ".join(" ".join(parts[1:] or parts).split())
