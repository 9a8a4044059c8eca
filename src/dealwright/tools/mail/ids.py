"""Message-IDs: which are well formed, and where they stand in other people's headers."""

from __future__ import annotations

import re

LONGEST_ID = 250
"""A longer one is none of any mail program; it is left out."""
_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-:;,@\[\]()]{1,248}>")


def well_formed(message_id: str) -> bool:
    """Say whether this is one Message-ID, angle brackets included, safe in any header or search."""
    return len(message_id) <= LONGEST_ID and bool(_ID.fullmatch(message_id)) and "@" in message_id


def ids_in(text: str, most: int = 50) -> tuple[str, ...]:
    """Return the Message-IDs in a text, each once, in order; of too many the first and newest."""
    found = [match[0] for match in _ID.finditer(text[:20_000]) if well_formed(match[0])]
    unique = list(dict.fromkeys(found))
    return tuple(unique if len(unique) <= most else [unique[0], *unique[1 - most :]])
