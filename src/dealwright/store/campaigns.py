"""Campaigns: a campaign is a case of its own, and its parts are slots its leads read."""

from __future__ import annotations

from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select, update

from dealwright.domain.campaign import Campaign
from dealwright.domain.case import SlotStatus
from dealwright.domain.estimate import PriceBook
from dealwright.domain.product import WorkProduct
from dealwright.store.holding import Top
from dealwright.store.recording import next_product
from dealwright.store.schema import CASE, CHAIN, PRODUCT, WORKSPACE
from dealwright.store.snapshots import HISTORY, newest, slots_of
from dealwright.store.work import START, Note, Work


class Home(NamedTuple):
    """A campaign, and where it belongs."""

    workspace: str
    campaign: str
    department: str


def write_campaign(work: Work, home: Home, campaign: Campaign, by: str) -> None:
    """Write a campaign's parts where they changed, and ring its leads if any did."""
    case_id = home.campaign
    _found(work, home.workspace)
    row = {
        **blank(work, home),
        "id": case_id,
        "kind": "campaign",
        "name": campaign.name,
        "parent_id": None,
        "due_at": None,
    }
    known = not work.add_once(CASE, row)
    changed = _settings(work, case_id, campaign)
    notes = _parts(work, home, campaign, by)
    if not notes and not changed:
        return
    work.note(
        Note(
            workspace=home.workspace,
            actor=by,
            kind="campaign.changed" if known else "campaign.added",
            because="the campaign file changed" if known else "a new campaign",
            case_id=case_id,
            body={"products": notes, "autonomy": str(campaign.autonomy)},
        )
    )
    work.touch(children(work, case_id))


def children(work: Work, case_id: str) -> list[str]:
    """Return the cases that belong to a case."""
    query = select(CASE.c.id).where(CASE.c.parent_id == case_id)
    return list(work.connection.execute(query).scalars())


def identity(*parts: str) -> str:
    """Return the id that the same parts always give."""
    return str(uuid5(NAMESPACE_URL, "\x1f".join(("dealwright", *parts))))


def blank(work: Work, home: Home) -> dict[str, object]:
    """Return what a new case's row says before anything is known of it."""
    return {
        "workspace_id": home.workspace,
        "department": home.department,
        "parent_id": home.campaign,
        "person_id": None,
        "company_id": None,
        "priority": 0,
        "due_at": work.now,
        "version": 0,
        "lease_token": 0,
        "lease_until": None,
        "lease_by": None,
        "paused_by": None,
        "paused_because": None,
        "autonomy": None,
        "budget": None,
        "lawful": None,
        "created_at": work.now,
    }


def _found(work: Work, workspace: str) -> None:
    """Make the workspace with its empty journal, unless it is there."""
    nothing = dict.fromkeys(("paused_by", "paused_because", "secret"))
    work.add_missing(WORKSPACE, {"id": workspace, "created_at": work.now, **nothing})
    work.add_missing(CHAIN, {"workspace_id": workspace, "length": 0, "tip": START})


def _settings(work: Work, case_id: str, campaign: Campaign) -> bool:
    """Write a campaign's autonomy, budget and legal ground; say whether they changed."""
    lawful = campaign.lawful.model_dump(mode="json") if campaign.lawful else None
    new = {
        "autonomy": str(campaign.autonomy),
        "budget": campaign.budget.model_dump(mode="json"),
        "lawful": lawful,
    }
    query = select(CASE.c.autonomy, CASE.c.budget, CASE.c.lawful).where(CASE.c.id == case_id)
    standing = work.connection.execute(query.with_for_update()).one()
    if tuple(standing) == tuple(new.values()):
        return False
    mine = update(CASE).where(CASE.c.id == case_id)
    work.connection.execute(mine.values(**new, version=CASE.c.version + 1))
    return True


def _parts(work: Work, home: Home, campaign: Campaign, by: str) -> list[dict[str, object]]:
    """Write the slots of a campaign that changed; return what the journal says of them."""
    workspace, case_id = home.workspace, home.campaign
    query = HISTORY.where(PRODUCT.c.case_id == case_id, newest())
    standing = {row.slot: row for row in slots_of(work.connection, query)}
    notes: list[dict[str, object]] = []
    parts: dict[str, WorkProduct] = {"icp": campaign.icp, "offer": campaign.offer}
    if campaign.prices is not None or "prices" in standing:
        parts["prices"] = campaign.prices or PriceBook()
    for slot, part in parts.items():
        value = part.model_dump(mode="json", exclude_defaults=True)
        old = standing.get(slot)
        if old is None or old.value != value:
            note = next_product(
                work,
                workspace,
                case_id,
                Top(old.version) if old else Top(),
                slot=slot,
                status=str(SlotStatus.FINAL),
                value=value,
                by_whom=by,
            )
            notes.append(note)
    return notes
