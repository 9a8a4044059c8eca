"""`up`: everything in one process: triggers, the department, the outbox, the public doors."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer

from dealwright.cli.call import INTERRUPTED, Call, Ended, command
from dealwright.cli.finding import campaign_of_form
from dealwright.cli.output import counted, say
from dealwright.cli.progress import Tally
from dealwright.cli.stopping import until_stopped
from dealwright.cli.working import WORK
from dealwright.connected import Connected, connected
from dealwright.orchestration.dispatch.port import Dispatcher
from dealwright.runtime import Runtime, opts_out
from dealwright.settings import secret
from dealwright.store.connection import address
from dealwright.web.doors import Doors

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class Services:
    """What runs beside the department, until the department stops."""

    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def beside(
        self, working: Coroutine[Any, Any, None], others: Sequence[Coroutine[Any, Any, None]]
    ) -> None:
        """Run all; when the department's work ends, tell the others to end, too."""
        async with asyncio.TaskGroup() as group:
            for other in others:
                group.create_task(other)
            await group.create_task(working)
            self.ended.set()


@command(app, WORK, departments=True)
async def up(
    call: Call,
    *,
    host: Annotated[str, typer.Option(help="Where the public doors listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0: no doors.", min=0, max=65535)] = 8321,
) -> object:
    """Run everything: read mail, take leads in, work them, let out what may leave. Ctrl-C stops."""
    tally = Tally()
    async with call.runtime(tally.watch) as runtime, connected(call.settings) as world:
        await runtime.tidy()
        dispatcher = runtime.dispatcher(distributed=address(call.settings.database).path is None)
        services = Services()
        others = [
            runtime.outbox(world).keep(services.ended),
            runtime.mail_watch(world).keep(services.ended),
            runtime.herald(world).keep(services.ended),
            _timetable(runtime, services.ended),
        ]
        if port:
            from dealwright.web.serving import listening, serve

            doors = _doors(call, runtime, world, dispatcher)
            others.append(serve(doors, listening(host, port), services.ended))
        _greet(runtime, world, f"http://{host}:{port}" if port else "closed")
        await until_stopped(dispatcher, services.beside(dispatcher.work(), others))
    say(f"Stopped after {counted(tally.leads, 'turn')}, {counted(tally.calls, 'agent call')}.")
    return Ended({"turns": tally.leads, "agent_calls": tally.calls}, INTERRUPTED)


def _greet(runtime: Runtime, world: Connected, doors: str) -> None:
    boxes = ", ".join(box.address for box in world.connections.mailboxes) or "no mailbox"
    say(f"{runtime.department.name} is up for {runtime.settings.workspace}. Mail: {boxes}.")
    say(f"Public doors: {doors}. Ctrl-C stops.")


async def _timetable(runtime: Runtime, ended: asyncio.Event) -> None:
    keeping = asyncio.create_task(runtime.timetable.keep())
    await ended.wait()
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)


def _doors(call: Call, runtime: Runtime, world: Connected, dispatcher: Dispatcher) -> Doors:
    async def campaign(name: str) -> str:
        return await campaign_of_form(runtime.store, call, name)

    return Doors(
        store=runtime.store,
        workspace=call.settings.workspace,
        clock=runtime.clock,
        campaign=campaign,
        secrets=lambda connection: secret(call.settings, connection),
        webhooks=frozenset(world.connections.webhooks),
        opts_out=opts_out,
        public_url=world.connections.public_url,
        ring=dispatcher.ring,
    )
