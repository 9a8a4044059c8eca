"""A letter: exactly what one person will read, composed by code from what was approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dealwright.domain.digests import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One e-mail to one person, complete but for its Date and its signatures.

    An approval binds all of it: change one field and the approval is void.
    """

    to: str
    """The one address it goes to; a column only imports, people and the CRM write."""
    to_name: str
    sender: str
    """The mailbox's own address."""
    sender_name: str
    subject: str
    text: str
    """The plain part, whole: words, signature, identity, postal address, way out."""
    html: str
    """The same words as HTML, made by code."""
    language: str
    """ISO 639-1 of the words."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """What else goes into the head: `List-Unsubscribe` and its like; never To, From or Subject."""
    in_reply_to: str = ""
    """The Message-ID it answers, angle brackets included; empty for a first touch."""
    references: tuple[str, ...] = ()
    """The Message-IDs of the thread, the oldest first."""
    calendar: str = ""
    """An invitation, or its withdrawal, as a file for calendar programs (RFC 5546)."""

    @property
    def digest(self) -> str:
        """SHA-256 over every field."""
        return digest_of(
            {
                "to": self.to,
                "to_name": self.to_name,
                "sender": self.sender,
                "sender_name": self.sender_name,
                "subject": self.subject,
                "text": self.text,
                "html": self.html,
                "language": self.language,
                "headers": dict(self.headers),
                "in_reply_to": self.in_reply_to,
                "references": list(self.references),
                "calendar": self.calendar,
            }
        )
