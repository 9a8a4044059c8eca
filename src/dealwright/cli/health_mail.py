"""What `doctor` examines of a workspace's connections: mailboxes, secrets, the DNS, the way out."""

from __future__ import annotations

from collections.abc import Iterator

from dealwright.cli.call import Call
from dealwright.cli.health import Finding, Health
from dealwright.connected import connected, lookup
from dealwright.domain.connections import Connections, Mailbox
from dealwright.errors import DealwrightError
from dealwright.tools.mail.alignment import records


async def connections_examined(call: Call) -> list[Finding]:
    """Return what was found of what a workspace is connected to."""
    path = call.settings.connections
    if not path.exists():
        found = f"no {path}: nothing leaves this installation"
        return [
            Finding("connections", Health.OK, found, "see the how-to on sending, when you want")
        ]
    try:
        async with connected(call.settings) as world:
            linked = world.connections
    except DealwrightError as error:
        return [Finding("connections", Health.BAD, str(error), "put that right, then ask again")]
    findings = [_way_out(linked), _stop(call)]
    for mailbox in linked.mailboxes:
        findings += _mailbox(mailbox)
    return findings


def _way_out(linked: Connections) -> Finding:
    if linked.mailboxes and linked.public_url is None:
        do = "set it to where `dealwright up` can be reached, so that people can unsubscribe"
        return Finding("public_url", Health.BAD, "not set, so no letter leaves", do)
    return Finding("public_url", Health.OK, linked.public_url or "not needed yet")


def _stop(call: Call) -> Finding:
    file = call.settings.stop_file
    if file.exists():
        do = "`dealwright start` lets everything go on"
        return Finding("stop file", Health.WARN, f"{file} is there: nothing leaves", do)
    return Finding("stop file", Health.OK, "not there; `dealwright stop` makes it")


def _mailbox(mailbox: Mailbox) -> Iterator[Finding]:
    what = f"mailbox {mailbox.id}"
    if mailbox.imap is None:
        do = "name its IMAP server, or only first touches leave"
        yield Finding(what, Health.WARN, f"{mailbox.address}: nobody reads its answers", do)
    else:
        yield Finding(what, Health.OK, f"{mailbox.address}, {mailbox.per_day} letters a day")
    for record in records(mailbox, lookup):
        health = {True: Health.OK, False: Health.BAD, None: Health.WARN}[record.there]
        yield Finding(f"{what}, {record.what}", health, record.found, record.do)
