"""Prospects: the people of the rehearsal, who read what they were really sent, and write back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr, parsedate_to_datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import cast

from aiosmtplib import send

from dealwright.clock import Clock
from dealwright.domain.reading import Meaning
from dealwright.errors import BadInput
from dealwright.rehearsal.mail_host import LOOPBACK, MailHost, Sent
from dealwright.rehearsal.sites_company import Company, Temper
from dealwright.yaml_lines import load_text

AWAY = timedelta(days=6)
"""How long somebody who is away stays away."""
ACCEPT, AUTOMATIC = "accept", "out_of_office"
SCRIPTS: Mapping[Temper, tuple[str, ...]] = MappingProxyType(
    {
        "curious": ("question", "meeting", ACCEPT),
        "keen": ("meeting", ACCEPT),
        "thrifty": ("price",),
        "busy": ("not_now",),
        "annoyed": ("opt_out",),
        "stranger": ("wrong_person",),
        "away": (AUTOMATIC,),
        "gone": (),
        "silent": (),
    }
)
"""What somebody of a temper answers to one letter after the other."""
_OFFERED = re.compile(r"([^\W\d]+,? \d{1,2}\.?(?: [^\W\d]+)+, \d{1,2}(?::| h )\d{2}) ?–")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a prospect wrote."""

    address: str
    temper: Temper
    meaning: Meaning
    """What they meant by it."""
    message_id: str
    text: str
    """Their own words alone."""


@dataclass(slots=True)
class Prospect:
    """One person with an inbox and a temper."""

    company: Company
    read: int = 0
    """Letters they have read."""
    said: list[Said] = field(default_factory=list[Said])

    @property
    def address(self) -> str:
        """Where they are written to."""
        return self.company.address

    def saying(self, letter: Sent) -> str | None:
        """Return what they answer to a letter; None: nothing."""
        script = SCRIPTS[self.company.person.temper]
        if len(self.said) < len(script) and script[len(self.said)] != ACCEPT:
            return script[len(self.said)]
        # A confirmation names one time, an offer several; a time may be gone, and others come.
        chooses = ACCEPT in script and len(offered(letter.text)) > 1
        return ACCEPT if chooses else None


class Prospects:
    """Everybody at the rehearsal's companies."""

    def __init__(self, companies: Sequence[Company], mail: MailHost, clock: Clock) -> None:
        self.people = tuple(Prospect(company) for company in companies)
        self._mail = mail
        self._clock = clock

    async def answer(self) -> list[Said]:
        """Let everybody read what is new in their inbox, and answer by SMTP as they please."""
        return [said for prospect in self.people for said in await self._answers(prospect)]

    async def _answers(self, prospect: Prospect) -> list[Said]:
        inbox = self._mail.inbox(prospect.address)
        new, prospect.read = inbox[prospect.read :], len(inbox)
        said = [await self._reply(prospect, letter) for letter in new]
        return [one for one in said if one is not None]

    async def _reply(self, prospect: Prospect, sent: Sent) -> Said | None:
        saying = prospect.saying(sent)
        if saying is None:
            return None
        reply, text = written(prospect, saying, sent, self._clock.now())
        await send(reply, hostname=LOOPBACK, port=self._mail.smtp_port, start_tls=False)
        said = Said(
            address=prospect.address,
            temper=prospect.company.person.temper,
            meaning=Meaning.MEETING if saying == ACCEPT else Meaning(saying),
            message_id=str(reply["Message-ID"]),
            text=text,
        )
        prospect.said.append(said)
        return said


def written(prospect: Prospect, saying: str, sent: Sent, at: datetime) -> tuple[EmailMessage, str]:
    """Return a reply as a mail program writes it, the letter quoted below, and its own words."""
    company, letter, theirs = prospect.company, sent.message, sent.text
    who, address = parseaddr(str(letter["From"]))
    text = said_in(company.language, saying).format(
        name=who, offer=next(iter(offered(theirs)), ""), day=at + AWAY
    )
    person = f"{company.person.first} {company.person.last}"
    reply = EmailMessage()
    reply["From"] = f"{person} <{company.address}>"
    reply["To"] = address
    reply["Subject"] = f"Re: {str(letter['Subject']).removeprefix('Re: ')}"
    reply["Date"] = format_datetime(at)
    reply["Message-ID"] = make_msgid(domain=company.domain)
    reply["In-Reply-To"] = letter["Message-ID"]
    reply["References"] = f"{letter.get('References', '')} {letter['Message-ID']}".strip()
    if saying == AUTOMATIC:
        reply["Auto-Submitted"] = "auto-replied"
    opening = said_in(company.language, "wrote").format(
        at=parsedate_to_datetime(str(letter["Date"])), name=who
    )
    quoted = "\n".join(f"> {line}".rstrip() for line in theirs.splitlines())
    below = "" if saying == AUTOMATIC else f"\n\n{opening}\n{quoted}"
    reply.set_content(f"{text}\n{person}{below}\n")
    return reply, text.strip()


def offered(text: str) -> list[str]:
    """Return the times a letter offers, as it says them."""
    return _OFFERED.findall(" ".join(text.split()))


def said_in(language: str, saying: str) -> str:
    """Return how a language says something.

    Raises:
        KeyError: nobody of that language says it.

    """
    return _words()[language][saying]


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = files("dealwright.rehearsal").joinpath("prospects.yaml").read_text("utf-8")
    data = load_text(text, "prospects.yaml", BadInput).data
    return cast("Mapping[str, Mapping[str, str]]", data)
