"""Sender known: a letter says truly who writes, and where to find them."""

from __future__ import annotations

from dealwright.domain.connections import Mailbox
from dealwright.domain.letter import Letter
from dealwright.domain.offer import Sender
from dealwright.domain.situation import Held, Passed, Situation, Verdict


def sender_known(situation: Situation) -> Verdict:
    """Hold what does not leave from a mailbox of ours with our name and postal address in it."""
    mailbox = situation.mailbox
    if mailbox is None or situation.connections.mailbox(mailbox.id) != mailbox:
        return Held(because="the mailbox is none of the connected ones")
    if not situation.connections.public_url:
        return Held(because="public_url is not set, so nobody could unsubscribe")
    if not _is_aligned(mailbox):
        return Held(because=f"{mailbox.address} is not within the domain it signs for (DKIM)")
    if against := _against(situation, mailbox):
        return Held(because=against)
    return Passed(ground=f"{mailbox.id}: {mailbox.address}")


def _against(situation: Situation, mailbox: Mailbox) -> str | None:
    letter, signs = situation.letter, situation.signs
    if letter is None:
        return situation.trouble or "no letter could be composed"
    if (letter.sender, letter.sender_name) != (mailbox.address, " ".join(mailbox.name.split())):
        return "the letter names another sender than the mailbox"
    if signs is None or not _identifies(letter, signs):
        return "the letter does not say who we are and where to find us"
    return None


def _is_aligned(mailbox: Mailbox) -> bool:
    if mailbox.dkim is None:
        return True
    domain = mailbox.address.rpartition("@")[2].lower()
    return domain == mailbox.dkim.domain or domain.endswith(f".{mailbox.dkim.domain}")


def _identifies(letter: Letter, signs: Sender) -> bool:
    needed = [" ".join(text.split()) for text in (signs.company, signs.postal_address)]
    return all(text and text in letter.text for text in needed)
