"""`trigger`: the button beside the other triggers. It passes on, and thinks about nothing."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dealwright.cli.call import Call, Ended, command
from dealwright.cli.finding import campaign_of_form
from dealwright.cli.output import counted, say, short, show_table
from dealwright.cli.progress import Tally
from dealwright.cli.working import WORK
from dealwright.clock import SystemClock
from dealwright.connected import connected
from dealwright.domain.conversation import MessageKind
from dealwright.errors import BadInput, Misconfigured, NotFound
from dealwright.orchestration.department import LEAD, MAIL, Department, Tick
from dealwright.orchestration.dispatch.timetable import next_tick
from dealwright.runtime import opts_out, read_department
from dealwright.store.connection import address
from dealwright.store.inquiries import Fate, Received
from dealwright.triggers.form_fields import LARGEST, fields_of
from dealwright.triggers.inbound import Reception, read_form

STANDARD_INPUT = Path("-")
SOME_UNREAD = 1

app = typer.Typer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Something that can be triggered."""

    name: str
    cron: str | None = None
    timezone: str | None = None
    next: datetime | None = None
    """When it goes by itself; None where that is not a matter of time."""
    because: str


@command(app, WORK, departments=True)
async def trigger(
    call: Call,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="WHAT",
            help="A line of the timetable, `mail` or `lead`; without it, all there is is listed.",
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="Of `lead`: a filled-in form as `POST /leads` takes it, a JSON object; "
            "`-` reads it from the standard input.",
        ),
    ] = None,
    *,
    campaign: Annotated[
        str, typer.Option(help="Of `lead`: whose lead it is, where there are several campaigns.")
    ] = "",
) -> object:
    """Start at once what otherwise starts by itself: a tick, a look at the mail, a new lead."""
    department = read_department(call.department)
    if what != LEAD and (file is not None or campaign):
        raise BadInput(f"FILE and --campaign go with `trigger {LEAD}` and nothing else")
    if what is None:
        return _listed(call, department)
    if what == MAIL:
        return await _mail(call)
    if what == LEAD:
        return await _lead(call, _body(file), campaign)
    return await _ring(call, _line(department, what))


def _listed(call: Call, department: Department) -> object:
    now = (call.world.clock if call.world else SystemClock()).now()
    lines = [
        Trigger(
            name=entry.name,
            cron=entry.cron,
            timezone=entry.timezone,
            next=next_tick(entry, now),
            because=entry.because,
        )
        for entry in department.timetable
    ]
    triggers = [
        *lines,
        Trigger(name=MAIL, because="every connected mailbox is looked into"),
        Trigger(name=LEAD, because="a filled-in form is taken in"),
    ]
    if call.json:
        return triggers
    show_table(
        f"What can be triggered in {department.name}",
        ("trigger", "cron", "zone", "next", "why"),
        ((each.name, each.cron, each.timezone, each.next, each.because) for each in triggers),
    )
    return None


async def _ring(call: Call, entry: Tick) -> object:
    async with call.runtime(Tally().watch, beside=True) as runtime:
        by = f"person:{call.who}"
        rung = await runtime.timetable.ring(runtime.department, entry, by=by)
    if not call.json:
        say(f"{counted(len(rung), 'case')} rung by {call.who}: {entry.because}.")
        if rung:
            _what_next(call)
    return {"trigger": entry.name, "because": entry.because, "rung": len(rung)}


async def _mail(call: Call) -> object:
    async with (
        call.runtime(Tally().watch, beside=True) as runtime,
        connected(call.settings) as world,
    ):
        watch = runtime.mail_watch(world)
        if not watch.folders:
            raise Misconfigured(
                "no mailbox is connected that can be read: name one, with its `imap`, in "
                f"{call.settings.connections}"
            )
        read = await watch.look()
    if not call.json:
        say(f"{counted(read.taken, 'message')} of leads taken in{_of_which(read.kinds)}.")
        if read.strange:
            say(f"{counted(read.strange, 'message')} of nobody we know.")
        for mailbox, why in read.troubles.items():
            say(f"The mailbox {mailbox} could not be read to its end: {why}")
        if read.taken:
            _what_next(call)
    return Ended({"trigger": MAIL, "read": read}, SOME_UNREAD if read.troubles else 0)


async def _lead(call: Call, body: bytes, campaign: str) -> object:
    told = fields_of(body)
    named = told.pop("campaign", "").strip()
    form = read_form(told)
    async with call.runtime(Tally().watch, beside=True) as runtime:
        meant = await campaign_of_form(runtime.store, call, campaign or named)
        reception = Reception(
            store=runtime.store,
            workspace=call.settings.workspace,
            clock=runtime.clock,
            opts_out=opts_out,
        )
        received = await reception.receive(meant, form)
        if received.fate is not Fate.KNOWN:
            distributed = address(call.settings.database).path is None
            await runtime.dispatcher(distributed=distributed).ring([received.case_id])
    if not call.json:
        _tell(call, received)
    opened = received.fate is Fate.OPENED
    return {"trigger": LEAD, "lead": received.case_id, "new": opened}


def _tell(call: Call, received: Received) -> None:
    """Say what became of a form."""
    lead = short(received.case_id)
    match received.fate:
        case Fate.OPENED:
            say(f"Taken in: {lead} has written to us.")
            _what_next(call)
        case Fate.ASIDE:
            say(f"They are in touch with us already: a person leads {lead} from here.")
            say(f"Next: {call.again('tasks')}")
        case Fate.KNOWN | Fate.CLASHES:
            say("This form was taken in before; nothing has changed.")


def _what_next(call: Call) -> None:
    say(f"Unless `up` or `worker` runs: {call.again('work')}")


def _of_which(kinds: Mapping[MessageKind, int]) -> str:
    told = ", ".join(f"{kind.replace('_', ' ')}: {count}" for kind, count in kinds.items())
    return f" ({told})" if told else ""


def _line(department: Department, name: str) -> Tick:
    for entry in department.timetable:
        if entry.name == name:
            return entry
    names = ", ".join([*(entry.name for entry in department.timetable), MAIL, LEAD])
    raise NotFound(f"{department.name} has nothing to trigger by the name {name!r}; try: {names}")


def _body(file: Path | None) -> bytes:
    if file is None:
        raise BadInput(f"say where the form is: `trigger {LEAD} FILE`, or `-` to type it in")
    try:
        if file == STANDARD_INPUT:
            body = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with file.open("rb") as opened:
                body = opened.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from error
    if len(body) > LARGEST:
        raise BadInput(f"send at most {LARGEST} bytes")
    return body
