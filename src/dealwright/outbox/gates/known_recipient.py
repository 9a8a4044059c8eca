"""Known recipient: the address was written down by an import, a person, the CRM or a form."""

from __future__ import annotations

import re

from dealwright.domain.situation import Held, Passed, Refused, Situation, Verdict

_TRUSTED = re.compile(r"(?:.+ )?line \d+|(?:import|person|crm|form)(?::.*)?")
_FOUND = re.compile(r"(?:web|reply|page|enrichment)(?::.*)?")


def known_recipient(situation: Situation) -> Verdict:
    """Refuse addresses found on pages and in replies: a person has to look at them first.

    An address that only a form told us gets the one answer to the form, and nothing more.
    """
    recipient, letter = situation.recipient, situation.letter
    if recipient is None or not recipient.address:
        return Held(because="no address is known")
    provenance = recipient.provenance.strip()
    if _FOUND.fullmatch(provenance):
        return Refused(because=f"the address was only found ({provenance}); a person may enter it")
    if not _TRUSTED.fullmatch(provenance):
        return Held(because=f"nobody knows who wrote the address down ({provenance or 'no note'})")
    if not situation.proven and not situation.answers:
        return Refused(because="nobody has written from the address; anybody could have entered it")
    if letter is not None and letter.to != recipient.address:
        return Held(because="the letter is addressed to somebody else")
    return Passed(ground=provenance)
