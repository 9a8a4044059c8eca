"""Intake: campaigns and leads come in, as often as they like, and only changes are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from dealwright.domain.campaign import Campaign
from dealwright.domain.case import SlotStatus
from dealwright.domain.lead import Lead
from dealwright.errors import NotFound
from dealwright.store.campaigns import Home, blank, identity, write_campaign
from dealwright.store.holding import Top, tops_of
from dealwright.store.recording import next_product
from dealwright.store.schema import CASE, COMPANY, PERSON, PRODUCT
from dealwright.store.snapshots import HISTORY, newest, slots_of
from dealwright.store.work import Note, Work

if TYPE_CHECKING:
    from dealwright.store.lane import Lane

CHUNK = 200
"""Leads that share a transaction."""
LEAD = "lead"

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLead:
    """One line of an import, normalised."""

    lead: Lead
    email: str | None = None
    email_key: str | None = None
    """The address in the form in which two spellings of it are the same."""
    phone: str | None = None
    line: int = 0
    """Where it stands in its source."""
    source: str = ""
    """`leads.csv`: part of the provenance of its addresses."""
    ground: Mapping[str, object] | None = None
    """On what ground the person may be written to, where the source says so."""
    subscriber: str | None = None
    """Which kind of subscriber the person is, where the source says so."""
    priority: int = 0
    """How soon it is worked, against others; higher is sooner."""


class Taken(StrEnum):
    """What became of a line."""

    ADDED = "added"
    MERGED = "merged"
    """It added something to a lead that was known."""
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of one line, and of which lead it speaks."""

    case_id: str
    line: int
    taken: Taken
    duplicate_of: int | None = None
    """The line of the same import that speaks of the same lead."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """The identities a line's content gives; the same content gives the same ones."""

    company: str
    person: str
    case: str


@dataclass(slots=True)
class _Import:
    """One call's memory."""

    home: Home
    lines: dict[str, int] = field(default_factory=dict[str, int])
    """Case → the first line that spoke of it."""


@dataclass(slots=True)
class _Merge:
    """One lead of a chunk while its lines are laid over each other."""

    keys: _Keys
    first: NewLead
    was: Json | None
    value: Json
    fixed: bool
    """A person wrote it; imports change it no more."""


class Intake:
    """The one way new work gets into the store."""

    def __init__(self, writer: Lane[Work]) -> None:
        self._writer = writer

    async def campaign(
        self, workspace: str, department: str, campaign: Campaign, by: str = "import"
    ) -> str:
        """Write a campaign's parts where they changed, and ring its leads; return its case."""
        home = Home(workspace, identity(workspace, "campaign", campaign.name), department)
        await self._writer.act(lambda work: write_campaign(work, home, campaign, by))
        return home.campaign

    async def leads(self, workspace: str, campaign: str, leads: Sequence[NewLead]) -> list[TakenIn]:
        """Take leads in; one that is known is merged, and what is the same is left alone.

        Raises:
            NotFound: there is no such campaign.

        """
        memory: _Import | None = None
        taken: list[TakenIn] = []
        for start in range(0, len(leads), CHUNK):
            chunk = leads[start : start + CHUNK]
            memory = memory or _Import(await self._home(workspace, campaign))
            taken += await self._writer.act(_Chunk(memory, chunk))
        return taken

    async def _home(self, workspace: str, campaign: str) -> Home:
        return await self._writer.act(lambda work: home_of(work, workspace, campaign))


def home_of(work: Work, workspace: str, campaign: str) -> Home:
    """Return a campaign and where it belongs.

    Raises:
        NotFound: there is no such campaign.

    """
    query = select(CASE.c.department).where(
        CASE.c.workspace_id == workspace, CASE.c.id == campaign, CASE.c.kind == "campaign"
    )
    department = work.connection.execute(query).scalar()
    if department is None:
        raise NotFound(f"there is no campaign {campaign} in {workspace}")
    return Home(workspace, campaign, department)


def take_leads(work: Work, home: Home, leads: Sequence[NewLead]) -> list[TakenIn]:
    """Take in a few leads that strangers entered, within a transaction of others."""
    return _Chunk(_Import(home), leads, believed=False)(work)


def case_of(home: Home, lead: NewLead) -> str:
    """Return the case a lead has in a campaign, whether or not it is there yet."""
    return _keys(home, lead).case


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Leads that are taken in within one transaction."""

    memory: _Import
    leads: Sequence[NewLead]
    believed: bool = True
    """Whether it may change on what ground somebody who is known may be written to."""

    def __call__(self, work: Work) -> list[TakenIn]:
        home = self.memory.home
        keyed = [(lead, _keys(home, lead)) for lead in self.leads]
        merges = self._standing(work, keyed)
        lines = dict(self.memory.lines)
        told: list[tuple[NewLead, _Keys, int | None, bool]] = []
        for lead, keys in keyed:
            merge = merges[keys.case]
            first = lines.setdefault(keys.case, lead.line)
            repeats = first if lead.line != first else None
            before = merge.value
            if not merge.fixed:
                merge.value = _laid_over(merge.value, _dump(lead.lead), fill=repeats is not None)
            told.append((lead, keys, repeats, merge.value != before))
        self._write(work, merges.values())
        _addresses(work, home, keyed)
        stated = _grounds(work, home, keyed) if self.believed else frozenset[str]()
        self.memory.lines.update(lines)
        return [
            TakenIn(
                case_id=keys.case,
                line=lead.line,
                taken=_taken(
                    merges[keys.case], changed=changed or keys.person in stated, repeats=repeats
                ),
                duplicate_of=repeats,
            )
            for lead, keys, repeats, changed in told
        ]

    def _standing(self, work: Work, keyed: Sequence[tuple[NewLead, _Keys]]) -> dict[str, _Merge]:
        """Return what stands in the store about each of these leads."""
        cases = sorted({keys.case for _, keys in keyed})
        query = HISTORY.where(PRODUCT.c.case_id.in_(cases), PRODUCT.c.slot == LEAD, newest())
        states = {row.case_id: row.state for row in slots_of(work.connection, query)}
        merges: dict[str, _Merge] = {}
        for lead, keys in keyed:
            state = states.get(keys.case)
            was = state.value if state else None
            fixed = state is not None and state.status is SlotStatus.FINAL
            merges.setdefault(keys.case, _Merge(keys, lead, was, was or {}, fixed))
        return merges

    def _write(self, work: Work, merges: Iterable[_Merge]) -> None:
        changed = [merge for merge in merges if merge.value != merge.was]
        tops = tops_of(work, [merge.keys.case for merge in changed])
        for merge in changed:
            if merge.was is None:
                _add_lead(work, self.memory.home, merge)
            top = tops.get((merge.keys.case, LEAD), Top())
            _write_lead(work, self.memory.home, merge, top)
        work.touch(merge.keys.case for merge in changed if merge.was is not None)


def _keys(home: Home, lead: NewLead) -> _Keys:
    company = lead.lead.domain or " ".join(lead.lead.company.casefold().split())
    names = (lead.lead.first_name or "", lead.lead.last_name or "")
    person = lead.email_key or "\x1f".join((company, *(name.casefold() for name in names)))
    return _Keys(
        company=identity(home.workspace, "company", company),
        person=identity(home.workspace, "person", person),
        case=identity(home.workspace, "lead", home.campaign, person),
    )


def _dump(lead: Lead) -> Json:
    return lead.model_dump(mode="json", exclude_defaults=True)


def _laid_over(old: Json, new: Json, *, fill: bool) -> Json:
    """Return both together; the new one wins unless it may only fill gaps."""
    return {**new, **old} if fill else {**old, **new}


def _taken(merge: _Merge, *, changed: bool, repeats: int | None) -> Taken:
    if merge.was is None and repeats is None:
        return Taken.ADDED
    return Taken.MERGED if changed else Taken.UNCHANGED


def _add_lead(work: Work, home: Home, merge: _Merge) -> None:
    lead, keys = merge.first, merge.keys
    company = {
        "id": keys.company,
        "workspace_id": home.workspace,
        "name": lead.lead.company,
        "domain": lead.lead.domain,
        "excluded": None,
        "screened_at": None,
    }
    person = {
        "id": keys.person,
        "workspace_id": home.workspace,
        "company_id": keys.company,
        "name": lead.lead.name,
        "email_key": lead.email_key,
        "email": lead.email,
        "phone": lead.phone,
        "provenance": _provenance(lead),
        "subscriber": lead.subscriber,
        "ground": lead.ground,
    }
    case = {
        **blank(work, home),
        "id": keys.case,
        "kind": LEAD,
        "priority": lead.priority,
        "name": lead.lead.name,
        "person_id": keys.person,
        "company_id": keys.company,
    }
    work.add_missing(COMPANY, company)
    work.add_missing(PERSON, person)
    work.add_missing(CASE, case)


def _write_lead(work: Work, home: Home, merge: _Merge, top: Top) -> None:
    lead, case_id, new = merge.first, merge.keys.case, merge.was is None
    product = next_product(
        work,
        home.workspace,
        case_id,
        top,
        slot=LEAD,
        status=str(SlotStatus.DONE),
        value=merge.value,
        by_whom="import",
    )
    work.note(
        Note(
            workspace=home.workspace,
            actor="import",
            kind="lead.added" if new else "lead.changed",
            because=_provenance(lead),
            case_id=case_id,
            body={"product": product},
        )
    )


def _addresses(work: Work, home: Home, keyed: Sequence[tuple[NewLead, _Keys]]) -> None:
    """Fill in e-mail addresses and telephone numbers that were not known."""
    ids = sorted({keys.person for _, keys in keyed})
    query = select(PERSON.c.id, PERSON.c.email, PERSON.c.phone).where(PERSON.c.id.in_(ids))
    known = {row[0]: (row[1], row[2]) for row in work.connection.execute(query)}
    for lead, keys in keyed:
        email, phone = known[keys.person]
        filled = (email or lead.email, phone or lead.phone)
        if filled != (email, phone):
            known[keys.person] = filled
            mine = (PERSON.c.workspace_id == home.workspace, PERSON.c.id == keys.person)
            work.connection.execute(
                update(PERSON)
                .where(*mine)
                .values(email=filled[0], phone=filled[1], provenance=_provenance(lead))
            )


def _grounds(work: Work, home: Home, keyed: Sequence[tuple[NewLead, _Keys]]) -> frozenset[str]:
    """Write down what is newly stated of people's grounds; return whose changed.

    What a line does not state stays; of several lines about one person the first counts.
    """
    stated = {k.person: (lead, k) for lead, k in reversed(keyed) if lead.ground or lead.subscriber}
    query = select(PERSON.c.id, PERSON.c.ground, PERSON.c.subscriber).where(
        PERSON.c.id.in_(sorted(stated))
    )
    changed: set[str] = set()
    for person, ground, subscriber in work.connection.execute(query).all():
        lead, keys = stated[person]
        new = {"ground": lead.ground or ground, "subscriber": lead.subscriber or subscriber}
        if new == {"ground": ground, "subscriber": subscriber}:
            continue
        changed.add(person)
        mine = (PERSON.c.workspace_id == home.workspace, PERSON.c.id == person)
        work.connection.execute(update(PERSON).where(*mine).values(**new))
        work.note(
            Note(
                workspace=home.workspace,
                actor="import",
                kind="lead.ground",
                because=_provenance(lead),
                case_id=keys.case,
                body=new,
            )
        )
    return frozenset(changed)


def _provenance(lead: NewLead) -> str:
    return f"{lead.source} line {lead.line}" if lead.source else f"line {lead.line}"
