"""`approvals`, `approve`, `reject`, `edit`: a person's word on what would leave."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from dealwright.cli.call import Call, command
from dealwright.cli.drafts import bases, show_draft
from dealwright.cli.editing import edited
from dealwright.cli.finding import approval_meant, own_lead
from dealwright.cli.output import heading, line, say, show_table, tail
from dealwright.cli.progress import Tally
from dealwright.cli.rerun import report_rerun, work_again
from dealwright.connected import connected
from dealwright.domain.campaign import Autonomy
from dealwright.domain.case import Snapshot
from dealwright.domain.draft import Draft
from dealwright.errors import BadInput, NotFound, OverrideRefused
from dealwright.orchestration.overrides import bytes_to_approve
from dealwright.outbox.outbox import Outbox
from dealwright.outbox.situating import Preview
from dealwright.runtime import Runtime, open_store
from dealwright.store.questions import Approval, Bound
from dealwright.store.store import Store

REVIEW = "Have the last word"

app = typer.Typer()

STATES = ("pending", "approved", "rejected", "expired", "stale", "all")

EFFECT: Mapping[Autonomy, str] = {
    Autonomy.SHADOW: "The campaign is in shadow: nothing leaves, whatever you approve.",
    Autonomy.ASSISTED: "It leaves while `up` runs, or now with `dealwright outbox work`.",
    Autonomy.AUTONOMOUS: "It leaves while `up` runs, or now with `dealwright outbox work`.",
}

Id = Annotated[
    str, typer.Argument(metavar="ID", help="An approval's id as `approvals` shows it, or its lead.")
]
Because = Annotated[str, typer.Option(help="Why; it stands in the journal.")]


@command(app, REVIEW)
async def approvals(
    call: Call,
    *,
    state: Annotated[
        str, typer.Option(help="pending, approved, rejected, expired, stale or all.")
    ] = "pending",
) -> object:
    """List what waits for a person's word."""
    if state not in STATES:
        raise BadInput(f"there is no state {state!r}; there are: {', '.join(STATES)}")
    async with open_store(call.settings, writing=False) as store:
        found = await store.desk.approvals(state, call.settings.workspace)
    if call.json:
        return found
    show_table(
        f"Approvals: {state}",
        ("id", "lead", "what", "why", "until", "digest"),
        (
            (
                tail(a.id),
                a.case_name,
                f"{a.slot} v{a.version}",
                a.because,
                a.expires_at,
                a.digest[:12],
            )
            for a in found
        ),
    )
    if found and state == "pending":
        first = tail(found[0].id)
        say(f"Next: {call.again(f'approve {first}')}, or `reject {first} --because …`, `edit …`")
    return None


@command(app, REVIEW, departments=True)
async def approve(
    call: Call,
    approval: Id,
    *,
    variant: Annotated[int | None, typer.Option(min=1, help="Only this variant may leave.")] = None,
    because: Because = "",
) -> object:
    """Say yes to exactly the bytes shown; any change afterwards voids it."""
    tally = Tally()
    async with call.runtime(tally.watch, beside=True) as runtime, connected(call.settings) as world:
        store = runtime.store
        asked = await approval_meant(store, call, approval)
        snapshot = await store.cases.snapshot(asked.case_id)
        draft = _draft(snapshot, asked.slot)
        if variant is not None and draft is not None and len(draft.variants) > 1:
            asked = await _narrowed(runtime, call, asked, draft, variant)
            snapshot = await store.cases.snapshot(asked.case_id)
        elif variant is not None and variant > 1:
            raise BadInput(f"there is only one variant, so there is no variant {variant}")
        _refuse_stale(asked, snapshot)
        digest = bytes_to_approve(snapshot, asked.slot)
        # What has no words, such as a booking, is approved as it stands in its slot.
        shown = await _preview(runtime.outbox(world), asked) if draft else None
        bound = Bound(letter=shown.letter.digest, variant=shown.variant) if shown else None
        await store.desk.decide(
            asked.id, "approved", who=call.who, digest=digest, because=because, bound=bound
        )
        autonomy = await _autonomy(store, snapshot)
    if not call.json:
        _show(snapshot, asked)
        _show_letter(shown)
        say(f"Approved by {call.who}: {asked.slot} v{asked.version}, SHA-256 {digest}.")
        say(EFFECT[autonomy])
    return {
        "approval": asked.id,
        "state": "approved",
        "digest": digest,
        "letter": shown.letter if shown else None,
        "autonomy": autonomy,
    }


@command(app, REVIEW)
async def reject(
    call: Call, approval: Id, *, because: Annotated[str, typer.Option(help="Why not.")]
) -> object:
    """Say no, and why."""
    if not because.strip():
        raise BadInput("say why: --because with a reason, so that others can learn from it")
    async with open_store(call.settings, writing=True) as store:
        asked = await approval_meant(store, call, approval)
        await store.desk.decide(
            asked.id, "rejected", who=call.who, digest=asked.digest, because=because
        )
    if not call.json:
        say(f"Rejected by {call.who}: {asked.slot} v{asked.version} of {asked.case_name}.")
    return {"approval": asked.id, "state": "rejected", "because": because}


@command(app, REVIEW, departments=True)
async def edit(
    call: Call,
    approval: Id,
    *,
    file: Annotated[
        Path | None,
        typer.Option(
            help="An edited form, written for you if it is not there; else $EDITOR opens."
        ),
    ] = None,
    because: Because = "edited",
) -> object:
    """Write the draft yourself: your text is final, and goes back into the approvals."""
    tally = Tally()
    async with call.runtime(tally.watch, beside=True) as runtime:
        asked = await approval_meant(runtime.store, call, approval)
        lead = await own_lead(runtime.store, call, asked.case_id, runtime.department)
        snapshot = await runtime.store.cases.snapshot(lead.id)
        value = await edited(
            call, asked, snapshot, runtime.department.slots[asked.slot].shape, file
        )
        if value is None:
            return {"approval": asked.id, "changed": False}
        await runtime.overrides.inject(lead.id, asked.slot, value, who=call.who, because=because)
        rerun = await work_again(runtime, tally, lead)
        waiting = await _waiting(runtime.store, call, lead.id)
    if not call.json:
        say(f"The {asked.slot} of {lead.name} is yours now and final.")
        report_rerun(call, lead, rerun)
        for each in waiting:
            say(f"It waits for your word: {call.again(f'approve {tail(each.id)}')}")
    return {"approval": asked.id, "changed": True, "value": value, "worked": rerun, "asks": waiting}


async def _narrowed(
    runtime: Runtime, call: Call, asked: Approval, draft: Draft, variant: int
) -> Approval:
    """Make the one variant the whole draft, and return the approval it is asked for with."""
    if variant > len(draft.variants):
        raise BadInput(f"there is no variant {variant}; there are {len(draft.variants)}")
    lead = await own_lead(runtime.store, call, asked.case_id, runtime.department)
    chosen = draft.model_copy(update={"variants": (draft.variants[variant - 1],)})
    because = f"only variant {variant}"
    await runtime.overrides.inject(lead.id, asked.slot, chosen, who=call.who, because=because)
    await runtime.work_on(lead.id)
    for each in await _waiting(runtime.store, call, lead.id):
        if each.slot == asked.slot:
            return each
    raise OverrideRefused(
        f"variant {variant} is the {asked.slot} now, but nobody was asked about it: "
        f"`dealwright explain {lead.name!r}` says why"
    )


async def _preview(outbox: Outbox, asked: Approval) -> Preview | None:
    """Return the letter an approval is about; None where there is no way for one to leave."""
    try:
        return await outbox.preview(asked.case_id, asked.slot)
    except (BadInput, NotFound) as error:
        say(f"No letter yet: {error}. You will be asked again before anything leaves.")
        return None


def _show_letter(shown: Preview | None) -> None:
    """Print exactly what would leave."""
    if shown is not None:
        letter = shown.letter
        heading(f"The letter, variant {shown.variant}")
        line(f"From: {letter.sender_name} <{letter.sender}>", indent=2)
        line(f"To: {letter.to_name} <{letter.to}>", indent=2)
        line(f"Subject: {letter.subject}", indent=2)
        for each in letter.text.splitlines():
            line(each, indent=2)


def _refuse_stale(asked: Approval, snapshot: Snapshot) -> None:
    state = snapshot.slots.get(asked.slot)
    if asked.state == "stale" and state is not None:
        raise OverrideRefused(
            f"this approval is for version {asked.version} of the {asked.slot}, and version "
            f"{state.version} stands there now; `dealwright approvals` lists what waits"
        )


async def _waiting(store: Store, call: Call, case_id: str) -> list[Approval]:
    approvals = await store.desk.approvals("pending", call.settings.workspace)
    return [each for each in approvals if each.case_id == case_id]


async def _autonomy(store: Store, snapshot: Snapshot) -> Autonomy:
    if snapshot.case.parent is None:
        return Autonomy.SHADOW
    return (await store.views.terms(snapshot.case.parent)).autonomy


def _draft(snapshot: Snapshot, slot: str) -> Draft | None:
    """Return what is asked about, if it is a draft."""
    state = snapshot.slots.get(slot)
    if state is None or state.value is None or not state.value.get("variants"):
        return None
    return Draft.model_validate({name: state.value[name] for name in Draft.model_fields})


def _show(snapshot: Snapshot, asked: Approval) -> None:
    """Print exactly what the approval is about."""
    heading(f"{asked.slot} v{asked.version} for {asked.case_name}")
    draft = _draft(snapshot, asked.slot)
    if draft is not None:
        show_draft(draft, bases(snapshot))
        return
    state = snapshot.slots[asked.slot]
    for name, value in (state.value or {}).items():
        line(f"{name}: {value}", indent=2)
