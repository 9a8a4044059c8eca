"""An escalation: a reply that a person of ours has to deal with, with all that is known of it."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from dealwright.domain.conversation import Conversation
from dealwright.domain.product import Errand, Line, Text, WorkProduct
from dealwright.domain.reading import AskedTime, Meaning, Objection, Reading, Sentiment


class Escalation(WorkProduct):
    """A reply, handed to a person. Nothing is written about it meanwhile."""

    message: int = Field(ge=1)
    because: Line
    """Why a person has to deal with it."""
    due_on: date
    """The day it came to us: whoever wrote waits."""
    said: Text
    """The message, in its writer's words."""
    language: str = Field(pattern="^[a-z]{2}$")
    meanings: tuple[Meaning, ...] = Field(min_length=1, max_length=4)
    confidence: float = Field(ge=0, le=1)
    sentiment: Sentiment
    objection: Objection | None = None
    asks: tuple[Line, ...] = Field(default=(), max_length=6)
    times: tuple[AskedTime, ...] = Field(default=(), max_length=6)
    ours: Text = ""
    """The letter of ours it answers."""

    @property
    def errand(self) -> Errand:
        """The task a person finds."""
        return Errand(
            kind="escalate",
            key=f"message.{self.message}",
            because=self.because,
            due_on=self.due_on,
            context=self.model_dump(mode="json", exclude_none=True),
        )


def escalated(
    because: str, conversation: Conversation, reading: Reading, today: date
) -> Escalation:
    """Return the reply that was read as something a person deals with today."""
    read = next((m for m in conversation.messages if m.number == reading.message), None)
    before = [m for m in conversation.ours if m.number < reading.message]
    return Escalation(
        message=reading.message,
        because=because,
        due_on=today,
        said=read.text if read else "",
        language=reading.language,
        meanings=reading.meanings,
        confidence=reading.confidence,
        sentiment=reading.sentiment,
        objection=reading.objection,
        asks=reading.asks,
        times=reading.times,
        ours=before[-1].text if before else "",
    )
