"""The reactivator writes once more to somebody left alone for long, and only for a new reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dealwright.agents.staff.letters import desk_in, letter, moment, said, working_day
from dealwright.agents.staff.sentences import Desk, ask, closings, helps, tellable, tells
from dealwright.domain.conversation import Conversation, Message, Standing
from dealwright.domain.draft import Role, Sentence
from dealwright.domain.facts import Fact, Point
from dealwright.domain.follow_up import FollowUp, Next
from dealwright.domain.lead import Lead
from dealwright.domain.packet import Packet

DORMANT_DAYS = 60
"""How long somebody is left alone before a new reason is good enough."""
MOST_TIMES = 2
"""How often somebody who never answers is written to for a new reason."""
STEP = "reactivation"
OURS = frozenset({"first_touch", "follow_up", "answer", "objection", STEP})
TRIGGERS = frozenset({Point.NEWS, Point.HIRING, Point.FUNDING, Point.GROWTH})


def reactivate(packet: Packet) -> FollowUp:
    """Write about something that happened since our last letter, or say why there is nothing."""
    conversation, lead = packet.need("conversation", Conversation), packet.need("lead", Lead)
    desk = desk_in(packet)
    because = _why_not(conversation)
    if because is not None:
        return _none(desk, conversation, because)
    fact = next(_new(desk, conversation.ours[-1]), None)
    told = tells(desk, fact, "anew") if fact else None
    if fact is None or told is None:
        return _none(desk, conversation, "nothing new is known since our last letter")
    opening = [said(desk, desk.talk.anew, "anew")]
    bridge = desk.first_clean(helps(desk, "anew"), Role.CLAIM, fact.id)
    endings: list[Sentence | None] = [ask(desk, "anew"), next(closings(desk, "anew"), None)]
    day = conversation.ours[-1].at.date() + timedelta(days=DORMANT_DAYS)
    return FollowUp(
        language=desk.language,
        variants=(letter(desk, opening, [told, bridge], endings, about=[fact]),),
        after=conversation.last,
        number=conversation.touches,
        not_before=moment(lead, working_day(max(day, packet.today))),
        why=f"{fact.id} is new since our last letter: {fact.value}"[:300],
    )


def has_a_new_reason(packet: Packet, product: object) -> str | None:
    """Catch a letter that rests on nothing newer than our last one."""
    assert isinstance(product, FollowUp)
    if product.move is Next.STOP:
        return None
    desk, conversation = desk_in(packet), packet.need("conversation", Conversation)
    cited = {i for v in product.variants for sentence in v.sentences for i in sentence.rests_on}
    new = (
        {fact.id for fact in _new(desk, conversation.ours[-1])} if conversation.ours else set[str]()
    )
    return None if cited & new else "nothing it says is newer than our last letter"


def _why_not(conversation: Conversation) -> str | None:
    ours = conversation.ours
    if conversation.standing is not Standing.OPEN:
        return f"the conversation is {conversation.standing}"
    if conversation.replies_unanswered:
        return "a reply stands unanswered"
    if not ours or ours[-1].step not in OURS:
        return "a person of ours wrote last, or nobody did"
    if sum(message.step == STEP for message in ours) >= MOST_TIMES:
        return f"they were written to for a new reason {MOST_TIMES} times"
    return None


def _new(desk: Desk, last: Message) -> Iterator[Fact]:
    """Yield what was published after our last letter and was not told in one."""
    for fact in tellable(desk):
        if fact.point in TRIGGERS and fact.published_on and fact.published_on > last.at.date():
            yield fact


def _none(desk: Desk, conversation: Conversation, because: str) -> FollowUp:
    after = max(1, conversation.last)
    return FollowUp(language=desk.language, move=Next.STOP, after=after, why=because)
