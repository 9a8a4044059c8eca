"""Writing: what may be written to a system of record, what it changes, and what undoes it."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager

from pydantic import TypeAdapter, ValidationError

from dealwright.domain.connections import MailAddress
from dealwright.domain.digests import digest_of_parts
from dealwright.domain.mail_addresses import ascii_host, bare_host, email_key
from dealwright.domain.product import one_line, plain
from dealwright.errors import Forbidden, NotThere, OutcomeUnknown
from dealwright.tools.ports import CrmNote, CrmRecord, Written

LONGEST_NAME = 200
LONGEST_VALUE = 2000
LONGEST_NOTE = 10_000
MOST_FOUND = 500
"""People read for one question; a company with more is told by its first."""

_KEY = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_ADDRESS = TypeAdapter[str](MailAddress)


def writable(record: CrmRecord, allowed: Iterable[str]) -> CrmRecord:
    """Return the record as it may be written: known fields, one line each, within bounds.

    Raises:
        Forbidden: it names a field outside the allowed ones.
        NotThere: a value is none a system of record keeps; the message says which field.

    """
    inside(record.fields, allowed)
    key(record.key)
    return bounded(record)


def bounded(record: CrmRecord) -> CrmRecord:
    """Return who a record is and its fields, one line each, within bounds.

    Raises:
        NotThere: a value is none a system of record keeps; the message says which field.

    """
    return CrmRecord(
        key=record.key,
        name=_line("name", record.name, LONGEST_NAME),
        address=_address(record.address),
        company=_line("company", record.company, LONGEST_NAME),
        domain=_domain(record.domain),
        fields={name: _line(name, text, LONGEST_VALUE) for name, text in record.fields.items()},
    )


def inside(names: Iterable[str], allowed: Iterable[str]) -> None:
    """Refuse fields that may not be written.

    Raises:
        Forbidden: there is one.

    """
    outside = sorted(set(names) - set(allowed))
    if outside:
        raise Forbidden(f"these fields may not be written: {', '.join(outside)}", fields=outside)


def key(text: object) -> str:
    """Return an external key of ours: letters, digits and `._:-`, 100 at most.

    Raises:
        NotThere: it is none.

    """
    if not isinstance(text, str) or not _KEY.fullmatch(text):
        raise NotThere("key: not an external key of ours", field="key")
    return text


def writable_note(note: CrmNote) -> CrmNote:
    """Return the note as it may be written.

    Raises:
        NotThere: its text is empty, too long or holds control characters, or its time has no zone.

    """
    text = _text("note", note.text, LONGEST_NOTE)
    if not text:
        raise NotThere("note: it is empty", field="note")
    if note.at.tzinfo is None:
        raise NotThere("note: its time has no zone", field="note")
    return CrmNote(at=note.at, text=text)


def receipt(record_key: str, note_key: str) -> str:
    """Return by what a note is known again: the same for the same note of the same record."""
    return digest_of_parts((record_key, note_key))[:32]


def changes(now: Mapping[str, str], wished: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return what writing would change: field → (old, new)."""
    return {
        name: (now.get(name, ""), text)
        for name, text in wished.items()
        if now.get(name, "") != text
    }


def restored(now: Mapping[str, str], written: Written, allowed: Iterable[str]) -> dict[str, str]:
    """Return what to write so that the old values stand again; nothing for those that do.

    Raises:
        Forbidden: a field may not be written.
        NotThere: somebody has changed a field since; then nothing is to be written at all.

    """
    inside(written.changed, allowed)
    theirs = sorted(n for n, both in written.changed.items() if now.get(n, "") not in both)
    if theirs:
        raise NotThere(f"somebody has changed {', '.join(theirs)} since", fields=theirs)
    return {n: old for n, (old, _) in written.changed.items() if now.get(n, "") != old}


@contextmanager
def in_doubt(written: Written) -> Generator[None]:
    """Keep with an unknown outcome what was to be changed, so that it can still be undone.

    Raises:
        OutcomeUnknown: the one that came, with `written` among its facts.

    """
    try:
        yield
    except OutcomeUnknown as unknown:
        unknown.facts["written"] = written
        raise


def taken(record: CrmRecord, address: str) -> NotThere:
    """Return the refusal of an address that stands under another external key."""
    told = f"address: {address} stands under the key {record.key}"
    return NotThere(told, field="address", key=record.key, id=record.id)


def same_mailbox(one: str, other: str) -> bool:
    """Say whether two spellings are one mailbox: letter case and +tags mean nothing."""
    return bool(one and other) and email_key(one) == email_key(other)


def host_of(text: str) -> str:
    """Return the host in an address, a URL or a domain, as domains are compared; empty if none."""
    bare = text.strip().lower().rpartition("@")[2].partition("://")
    host = (bare[2] or bare[0]).partition("/")[0].partition(":")[0].rstrip(".")
    return bare_host(ascii_host(host) or "") if host else ""


def _address(text: object) -> str:
    found = _line("address", text, LONGEST_NAME + 54)
    try:
        return _ADDRESS.validate_python(found) if found else ""
    except ValidationError as error:
        raise NotThere("address: not an e-mail address", field="address") from error


def _domain(text: object) -> str:
    found = _line("domain", text, LONGEST_NAME + 53)
    host = host_of(found)
    if found and "." not in host:
        raise NotThere("domain: not a domain", field="domain")
    return host


def _line(name: str, text: object, most: int) -> str:
    found = _text(name, text, most)
    try:
        return one_line(found)
    except ValueError as error:
        raise NotThere(f"{name}: {error}", field=name) from error


def _text(name: str, text: object, most: int) -> str:
    if not isinstance(text, str):
        raise NotThere(f"{name}: not a text", field=name)
    found = text.strip()
    if len(found) > most:
        raise NotThere(f"{name}: longer than {most} characters", field=name)
    try:
        return plain(found)
    except ValueError as error:
        raise NotThere(f"{name}: {error}", field=name) from error
