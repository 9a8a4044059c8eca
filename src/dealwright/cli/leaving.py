"""`outbox`, `stop`, `start`, `suppress`, `unsuppress`, `take-over`, `give-back`: what leaves."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress as suppress_errors
from typing import Annotated

import typer

from dealwright.cli.call import Call, command
from dealwright.cli.finding import LeadName, lead_meant
from dealwright.cli.output import counted, say, show_table, tail
from dealwright.cli.overriding import STEER
from dealwright.cli.progress import Tally
from dealwright.cli.reviewing import REVIEW
from dealwright.connected import connected
from dealwright.domain.intent import Intent, IntentState
from dealwright.errors import BadInput, DatabaseInUse, NotFound
from dealwright.runtime import memory_of, open_store
from dealwright.store.intents import Settled
from dealwright.store.store import Store
from dealwright.store.suppressions import OptOut, Scope

MOST_SHOWN = 200

app = typer.Typer()
outbox = typer.Typer(help="What shall leave, what has left, and what nobody knows.")

Whom = Annotated[
    str, typer.Argument(metavar="WHOM", help="An address, or a domain like acme.example.")
]


@command(outbox, REVIEW, name="list")
async def listing(
    call: Call,
    *,
    state: Annotated[
        str | None, typer.Option(help="ready, claimed, done, failed, unknown or void.")
    ] = None,
) -> object:
    """List intents, the newest first, and what holds those that wait."""
    wanted = _state(state) if state else None
    async with open_store(call.settings, writing=False) as store:
        found = await store.intents.listed(call.settings.workspace, state=wanted, limit=MOST_SHOWN)
    if call.json:
        return [{"lead": name, "intent": intent} for intent, name in found]
    show_table(
        "Outbox",
        ("id", "lead", "what", "state", "not before", "why"),
        (
            (
                tail(intent.id),
                name,
                f"{intent.kind}: {intent.key}",
                intent.state,
                intent.not_before,
                intent.held or intent.result,
            )
            for intent, name in found
        ),
    )
    return None


@command(outbox, REVIEW, name="work", departments=True)
async def work_off(call: Call) -> object:
    """Let everything leave that may leave now, then stop."""
    tally = Tally()
    async with call.runtime(tally.watch) as runtime, connected(call.settings) as world:
        outbox = runtime.outbox(world)
        begun, doubt = await outbox.work(), await outbox.doubt()
        standing = await runtime.store.intents.listed(call.settings.workspace)
    states = Counter(str(intent.state) for intent, _ in standing)
    if not call.json:
        say(f"{counted(begun, 'act')} begun. Now: {_told(states)}.")
        if doubt:
            say(f"Nothing leaves: {doubt}.")
        for intent, name in standing:
            if intent.held:
                say(f"{name}: {intent.key} waits, {intent.held}")
    return {"begun": begun, "states": states, "doubt": doubt}


@command(outbox, REVIEW, name="settle")
async def settle(
    call: Call,
    intent: Annotated[str, typer.Argument(metavar="ID", help="Its id as `outbox list` shows it.")],
    *,
    sent: Annotated[
        bool, typer.Option("--sent/--not-sent", help="What you found: it left, or it did not.")
    ],
    because: Annotated[str, typer.Option(help="How you know; it stands in the journal.")] = "",
) -> object:
    """Say what became of an act whose outcome nobody knows. Nothing is sent again by this."""
    async with open_store(call.settings, writing=True) as store:
        meant = await _unknown(store, call, intent)
        state = IntentState.DONE if sent else IntentState.FAILED
        told = because or f"{call.who} found that it {'left' if sent else 'did not leave'}"
        settled = Settled(state=state, result=told)
        await store.intents.resolve(meant.id, settled, by=f"person:{call.who}")
    if not call.json:
        say(f"Settled by {call.who}: {meant.key} is {state}.")
    return {"intent": meant.id, "state": state}


@command(app, STEER)
async def stop(call: Call, *, because: Annotated[str, typer.Option(help="Why.")] = "") -> object:
    """Stop everything at once: nothing leaves any workspace of this installation until `start`."""
    file = call.settings.stop_file
    file.write_text(f"{call.who}: {because}\n", encoding="utf-8")
    said = f"Stopped by the file {file}: nothing leaves this machine"
    with suppress_errors(DatabaseInUse):  # the file alone stops this machine
        async with open_store(call.settings, writing=True) as store:
            await store.intents.stop(who=call.who, because=because)
        said += ", and by the database: nothing leaves any other"
    if not call.json:
        say(f"{said}. To go on: {call.again('start')}")
    return {"stopped": True, "file": str(file)}


@command(app, STEER)
async def start(call: Call) -> object:
    """Let everything go on after a `stop`, or from a database that was restored or copied."""
    file = call.settings.stop_file
    was = file.exists()
    async with open_store(call.settings, writing=True) as store:
        was = await store.intents.start() or was
        memory = memory_of(call.settings)
        footprint = await store.footprints.of(call.settings.workspace)
        was = memory.doubt(footprint) is not None or was
        memory.keep(footprint)
    file.unlink(missing_ok=True)
    if not call.json:
        say("Everything goes on." if was else "Nothing was stopped.")
    return {"stopped": False, "was_stopped": was}


@command(app, STEER)
async def suppress(
    call: Call, whom: Whom, *, because: Annotated[str, typer.Option(help="Why.")]
) -> object:
    """Never write to an address or a whole domain again."""
    async with open_store(call.settings, writing=True) as store:
        new = await store.suppressions.suppress(_opt_out(call, whom, because))
    if not call.json:
        say(f"{whom} is {'now' if new else 'already'} suppressed; this outlives every import.")
    return {"suppressed": whom, "new": new}


@command(app, STEER)
async def unsuppress(
    call: Call, whom: Whom, *, because: Annotated[str, typer.Option(help="Why; required.")]
) -> object:
    """Take an address or a domain off the list again, with your name and your reason."""
    async with open_store(call.settings, writing=True) as store:
        await store.suppressions.lift(_opt_out(call, whom, because))
    if not call.json:
        say(f"{whom} may be written to again; {call.who} said so: {because}")
    return {"suppressed": None, "lifted": whom}


@command(app, STEER, name="take-over")
async def take_over(call: Call, lead: LeadName) -> object:
    """Lead a conversation yourself: no agent writes into it until `give-back`."""
    return await _lead(call, lead, takes=True)


@command(app, STEER, name="give-back")
async def give_back(call: Call, lead: LeadName) -> object:
    """Give a conversation back to the department."""
    return await _lead(call, lead, takes=False)


async def _lead(call: Call, words: str, *, takes: bool) -> object:
    async with open_store(call.settings, writing=True) as store:
        meant = await lead_meant(store, call, words)
        await store.messages.lead(meant.id, who=call.who, takes=takes)
    if not call.json:
        now = f"{call.who} leads it" if takes else "the department leads it again"
        say(f"The conversation with {meant.name}: {now}.")
    return {"lead": meant.id, "taken_over": takes}


def _opt_out(call: Call, whom: str, because: str) -> OptOut:
    scope: Scope = "address" if "@" in whom.removeprefix("@") else "domain"
    if "." not in whom:
        raise BadInput(f"{whom!r} is neither an address nor a domain")
    return OptOut(
        workspace=call.settings.workspace,
        scope=scope,
        value=whom,
        reason=because,
        source=f"person:{call.who}",
    )


async def _unknown(store: Store, call: Call, words: str) -> Intent:
    found = await store.intents.listed(call.settings.workspace, state=IntentState.UNKNOWN)
    for intent, _ in found:
        if words in (intent.id, tail(intent.id)):
            return intent
    raise NotFound(f"nothing unknown goes by {words!r}; `dealwright outbox list` shows all")


def _state(text: str) -> IntentState:
    try:
        return IntentState(text)
    except ValueError:
        known = ", ".join(IntentState)
        raise BadInput(f"there is no state {text!r}; there are: {known}") from None


def _told(states: Counter[str]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "nothing"
