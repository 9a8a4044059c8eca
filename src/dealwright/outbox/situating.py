"""Situating: makes of what the store knows the situation the gates judge, and what would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Literal, cast
from zoneinfo import ZoneInfo

from dealwright.agents.shape import Shape
from dealwright.domain.campaign import Autonomy
from dealwright.domain.case import SlotStatus
from dealwright.domain.conversation import Conversation, Direction, MessageKind, Standing
from dealwright.domain.digests import digest_of, digest_of_parts
from dealwright.domain.draft import Draft, Review, Verdict
from dealwright.domain.intent import IntentKind
from dealwright.domain.lead import Lead
from dealwright.domain.letter import Letter
from dealwright.domain.offer import Offer
from dealwright.domain.scheduling import Appointment, Confirmation, Scheduling
from dealwright.domain.situation import (
    Approved,
    Ground,
    Judgement,
    Passed,
    Recipient,
    Refused,
    Situation,
    Traffic,
)
from dealwright.errors import BadAnswer, BadInput
from dealwright.orchestration.router import Standing as Worth
from dealwright.orchestration.router import stand
from dealwright.outbox import meetings
from dealwright.outbox.gates import gates_for, judge
from dealwright.outbox.letters import Correspondence, compose
from dealwright.outbox.meetings import INVITED, Booking, invitation, meeting_of
from dealwright.outbox.office import Office
from dealwright.outbox.unsubscribe import token
from dealwright.store.circumstances import ANSWERS, Circumstances
from dealwright.store.intents import Ruling
from dealwright.store.screenings import GOOD_FOR

TO_THE_PERSON = frozenset({IntentKind.EMAIL, IntentKind.MEETING})
"""What nobody gets who asked to be left alone; our own books are kept all the same."""
LAST_LETTERS = 50
LAST_COMPLAINTS = 1000


@dataclass(frozen=True, slots=True)
class Case:
    """The typed view of what stands on the intent's case."""

    circumstances: Circumstances
    office: Office

    def product(self, slot: str) -> object | None:
        """Return what stands in a slot, or None where nothing does or it does not fit."""
        state = self.circumstances.snapshot.slots.get(slot)
        if state is None or state.value is None:
            return None
        try:
            return self._shape(slot).parse(state.value)
        except BadAnswer:
            return None

    def kept(self, slot: str, kind: type) -> object | None:
        """Return what stands in a slot if it is of a kind."""
        found = self.product(slot)
        return found if isinstance(found, kind) else None

    @property
    def conversation(self) -> Conversation:
        """The exchange so far; an empty one where there was none."""
        return cast("Conversation", self.kept("conversation", Conversation) or Conversation())

    def _shape(self, slot: str) -> Shape:
        case = self.circumstances.snapshot.case
        return self.office.departments[case.department].slots[slot].shape


def ruling(circumstances: Circumstances, office: Office) -> Ruling:
    """Judge an intent; say what would leave, and what it counts against."""
    case = Case(circumstances, office)
    situation = situate(case)
    department = office.departments[circumstances.snapshot.case.department]
    kind = situation.intent.kind
    judgement = judge(gates_for(kind, department.gates.get(kind, ())), situation)
    if not isinstance(judgement.verdict, Passed):
        return Ruling(judgement=judgement)
    body = body_of(case, situation)
    if body is None:
        nothing = Refused(because="the meeting stands otherwise by now, or can never be like this")
        return Ruling(judgement=Judgement(verdict=nothing, gate="fresh"))
    mailbox = situation.mailbox
    return Ruling(
        judgement=judgement,
        mailbox=mailbox.id if mailbox else "",
        message_id=message_id(situation),
        digest=situation.letter.digest if situation.letter else digest_of(body),
        body=body,
        counts=_counts(situation),
        evidence={ANSWERS: situation.answers},
    )


def situate(case: Case) -> Situation:
    """Return the situation of an intent."""
    known, intent = case.circumstances, case.circumstances.intent
    email = intent.kind is IntentKind.EMAIL
    mailbox = case.office.mailbox_for(known.snapshot.case.id) if email else None
    letter, trouble = _letter(case) if email else (None, "")
    lead = cast("Lead | None", case.kept("lead", Lead))
    offer, conversation = case.kept("offer", Offer), case.conversation
    department = case.office.departments[known.snapshot.case.department]
    state = known.snapshot.slots.get(intent.slot)
    worth = stand(department, known.snapshot).get(intent.slot)
    return Situation(
        now=known.now,
        intent=intent,
        connections=case.office.connections,
        autonomy=Autonomy(known.autonomy),
        stopped=case.office.stopped()
        or known.stopped
        or (_ended(conversation) if intent.kind in TO_THE_PERSON else None)
        or known.unsettled,
        lead=lead,
        recipient=_recipient(known),
        mailbox=mailbox,
        letter=letter,
        trouble=trouble,
        signs=offer.sender if isinstance(offer, Offer) else None,
        approved=_approved(known),
        reviewed=_reviewed(case),
        current=worth is Worth.CURRENT and state is not None and state.version == intent.version,
        made_at=_said_at(known),
        answers=_answers(case),
        proven=conversation.proven,
        replied_at=_replied_at(conversation),
        company_replied_at=known.company_replied_at,
        mailbox_read_at=known.read_at(mailbox.id) if mailbox else None,
        traffic=_traffic(known, mailbox.id, mailbox.timezone) if mailbox else Traffic(),
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """The letter that would leave, for a person to see before it does."""

    letter: Letter
    variant: int


def preview(case: Case, variant: int | None = None) -> Preview:
    """Return the letter a variant would become; the one that would leave if none is named.

    Raises:
        BadInput: none can be composed; the message says why.

    """
    letter, trouble = _letter(case, variant)
    if letter is None:
        raise BadInput(trouble)
    return Preview(letter, variant or _variant(case))


def body_of(case: Case, situation: Situation) -> dict[str, object] | None:
    """Return exactly what leaves, as JSON; None where nothing can."""
    known = case.circumstances
    if situation.letter is not None:
        draft = cast("Draft", case.product(situation.intent.slot))
        words = draft.variants[_variant(case) - 1].body
        offered = (known.snapshot.slots[situation.intent.slot].value or {}).get("offers", [])
        return {**_as_json(situation.letter), "words": words, "offered": offered}
    if situation.intent.kind is IntentKind.MEETING:
        return _booking(case)
    person = known.person
    return {
        "product": known.snapshot.slots[situation.intent.slot].value,
        "lead": known.snapshot.case.id,
        "name": person.name,
        "address": person.address,
        "company": situation.lead.company if situation.lead else "",
        "domain": person.company_domain,
    }


def _booking(case: Case) -> dict[str, object] | None:
    known, connection = case.circumstances, case.office.connections.calendar
    scheduling, offer = case.product(known.intent.slot), case.kept("offer", Offer)
    lead = case.kept("lead", Lead)
    if connection is None or not isinstance(scheduling, Scheduling) or not isinstance(offer, Offer):
        return None
    booking = Booking(
        case_id=known.snapshot.case.id,
        scheduling=scheduling,
        before=cast("Appointment | None", case.kept("meeting", Appointment)),
        connection=connection,
        offer=offer,
        company=lead.company if isinstance(lead, Lead) else known.person.name,
        attendee=known.person.address,
        attendee_name=known.person.name,
        by_hand=known.snapshot.slots[known.intent.slot].status is SlotStatus.FINAL,
        now=known.now,
    )
    return meetings.body_of(booking)


def _invitation(case: Case, draft: Draft) -> str:
    """Return what the letter about a meeting tells calendar programs; mostly nothing."""
    known, connection = case.circumstances, case.office.connections.calendar
    meeting = case.kept("meeting", Appointment)
    if connection is None or not isinstance(draft, Confirmation):
        return ""
    if not isinstance(meeting, Appointment) or meeting.state not in INVITED:
        return ""
    person, organiser = known.person, connection.address
    told = meeting_of(meeting, organiser, person.address, person.name)
    return invitation(told, connection.timezone, meeting.at)


def message_id(situation: Situation) -> str:
    """Return the Message-ID of a step's letter: the same one from every copy of a database."""
    if situation.mailbox is None:
        return ""
    intent = situation.intent
    named = digest_of_parts((intent.workspace, intent.case_id, intent.kind, intent.key))
    return f"<{named[:40]}@{situation.mailbox.address.rpartition('@')[2]}>"


def _as_json(letter: Letter) -> dict[str, object]:
    told = asdict(letter)
    return {**told, "references": list(letter.references), "headers": dict(letter.headers)}


def _letter(case: Case, variant: int | None = None) -> tuple[Letter | None, str]:
    known, office = case.circumstances, case.office
    draft = case.product(known.intent.slot)
    offer = case.kept("offer", Offer)
    mailbox = office.mailbox_for(known.snapshot.case.id)
    if not isinstance(draft, Draft) or not isinstance(offer, Offer):
        return None, f"there is no letter in {known.intent.slot}, or no offer"
    if mailbox is None or office.connections.public_url is None:
        lacking = "mailboxes" if mailbox is None else "public_url"
        return None, f"the connections name no {lacking}: `dealwright doctor` says what to do"
    lead = case.kept("lead", Lead)
    thread = known.thread
    correspondence = Correspondence(
        to=known.person.address,
        to_name=known.person.name if case.conversation.proven else "",
        country=lead.country if isinstance(lead, Lead) else None,
        mailbox=mailbox,
        offer=offer,
        public_url=office.connections.public_url,
        token=token(known.secret, office.workspace, known.person.id),
        source=known.person.provenance.partition(" line ")[0],
        first_contact=not thread.ids,
        in_reply_to=thread.ids[-1] if thread.ids else "",
        references=thread.ids[-20:],
        thread_subject=thread.subject,
    )
    try:
        letter = compose(draft, variant or _variant(case), correspondence)
        return replace(letter, calendar=_invitation(case, draft)), ""
    except BadInput as error:
        return None, str(error)


def _variant(case: Case) -> int:
    """Return the variant a person chose, or else the one the reviewer puts first."""
    known = case.circumstances
    review = case.kept(known.intent.review, Review) if known.intent.review else None
    best = review.best if isinstance(review, Review) else None
    return (known.asked.variant if known.asked else None) or best or 1


def _recipient(known: Circumstances) -> Recipient:
    person = known.person
    ground = person.ground
    return Recipient(
        address=person.address,
        provenance=person.provenance,
        subscriber=cast(
            "Literal['company', 'sole_trader', 'unknown']", person.subscriber or "unknown"
        ),
        ground=_ground(ground) if ground else None,
        suppressed=person.suppressed,
        excluded=person.excluded or _unscreened(known),
    )


def _unscreened(known: Circumstances) -> str | None:
    """Return that the system of record was not asked lately; who it knows is not written to."""
    asked = known.person.screened_at
    if asked is not None and known.now - asked <= 2 * GOOD_FOR:
        return None
    return "the CRM has not been asked whether they are a customer"


def _ground(told: Mapping[str, object]) -> Ground:
    until = told.get("until")
    return Ground(
        basis=cast("Literal['consent']", told["basis"]),
        evidence=str(told["evidence"]),
        since=date.fromisoformat(str(told["since"])),
        until=date.fromisoformat(str(until)) if until else None,
    )


def _approved(known: Circumstances) -> Approved:
    asked = known.asked
    if asked is None:
        return Approved(state="none")
    state = cast("Literal['pending', 'approved', 'rejected', 'expired']", asked.state)
    return Approved(state=state, digest=asked.digest, by=asked.by, until=asked.until)


def _reviewed(case: Case) -> bool:
    """Say whether the review passed this very version, or a person wrote it."""
    known, intent = case.circumstances, case.circumstances.intent
    state = known.snapshot.slots.get(intent.slot)
    if state is not None and state.status is SlotStatus.FINAL:
        return True
    review = known.snapshot.slots.get(intent.review)
    found = case.kept(intent.review, Review) if review else None
    return (
        isinstance(found, Review)
        and found.verdict is Verdict.PASS
        and review is not None
        and review.inputs.get(intent.slot) == intent.version
    )


def _said_at(known: Circumstances) -> datetime | None:
    """Return when it was written; what a person wrote is said again by approving it."""
    state, asked = known.snapshot.slots.get(known.intent.slot), known.asked
    final = state is not None and state.status is SlotStatus.FINAL
    if final and asked is not None and asked.state == "approved":
        return asked.at
    return known.made_at


def _ended(conversation: Conversation) -> str | None:
    if conversation.standing is Standing.OPEN:
        return None
    return {
        Standing.TAKEN_OVER: "a person leads this conversation",
        Standing.OPTED_OUT: "the person asked not to be written to again",
        Standing.UNDELIVERABLE: "the address does not exist",
        Standing.COMPLAINED: "the person reported a letter as unwanted",
    }[conversation.standing]


def _answers(case: Case) -> bool:
    """Say whether the product answers a message nobody has answered yet."""
    known, intent = case.circumstances, case.circumstances.intent
    state = known.snapshot.slots.get(intent.slot)
    standing = known.snapshot.slots.get("conversation")
    if state is None or standing is None or case.conversation.waiting_for is Direction.IN:
        return False
    by_hand = state.status is SlotStatus.FINAL
    return by_hand or state.inputs.get("conversation") == standing.version


def _replied_at(conversation: Conversation) -> datetime | None:
    if conversation.waiting_for is Direction.IN:
        return None
    replies = (m.at for m in reversed(conversation.messages) if m.kind is MessageKind.REPLY)
    return next(replies, None)


def _traffic(known: Circumstances, mailbox: str, zone: str) -> Traffic:
    day = f"{known.now.astimezone(ZoneInfo(zone)):%Y-%m-%d}"
    host = known.person.address.rpartition("@")[2].lower()
    return Traffic(
        mailbox_today=known.counted(f"mailbox:{mailbox}", day),
        domain_today=known.counted(f"domain:{host}", day),
        person_30_days=len(known.letters),
        last_touch=known.letters[0] if known.letters else None,
        failed_of_last_50=known.came_back(mailbox, MessageKind.BOUNCE, LAST_LETTERS),
        complaints_of_last_1000=known.came_back(mailbox, MessageKind.COMPLAINT, LAST_COMPLAINTS),
    )


def _counts(situation: Situation) -> list[tuple[str, str]]:
    mailbox, recipient = situation.mailbox, situation.recipient
    if mailbox is None or recipient is None:
        return []
    day = f"{situation.now.astimezone(ZoneInfo(mailbox.timezone)):%Y-%m-%d}"
    host = recipient.address.rpartition("@")[2].lower()
    return [(f"mailbox:{mailbox.id}", day), (f"domain:{host}", day)]
