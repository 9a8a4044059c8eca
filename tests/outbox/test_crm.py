"""What was found out goes into the system of record: once, only allowed fields, old values kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dealwright.domain.connections import CrmConnection
from dealwright.domain.intent import Intent, IntentKind, IntentState
from dealwright.outbox.performers import CrmPerformer, NoticePerformer
from dealwright.tools.connectors.crm_file import FileCrm

NOW = datetime(2026, 11, 3, 15, tzinfo=UTC)
FIELDS = ("score", "stage", "summary")


def an_intent(key: str = "crm:1") -> Intent:
    return Intent(
        id="i1",
        workspace="default",
        case_id="c1",
        kind=IntentKind.CRM,
        key=key,
        slot="crm_update",
        version=1,
        because="b",
        state=IntentState.CLAIMED,
        not_before=NOW,
        made_at=NOW,
        claimed_at=NOW,
    )


def a_body(**product: object) -> dict[str, object]:
    return {
        "product": product,
        "lead": "c1",
        "name": "Sam",
        "address": "sam@c0.example",
        "company": "Company 0",
        "domain": "c0.example",
    }


async def test_the_outcome_is_written_once_with_the_old_values_kept(tmp_path: Path) -> None:
    crm = FileCrm(CrmConnection(fields=FIELDS), None, tmp_path)
    performer = CrmPerformer(crm, FIELDS)
    first = a_body(score=70, stage="contacted", summary="Two\nlines", secret="x")
    assert not await performer.happened(an_intent(), first)
    for _ in range(2):
        await performer.perform(an_intent(), first)
    assert await performer.happened(an_intent(), first)
    told = await performer.perform(an_intent("crm:2"), a_body(stage="replied", score=70))
    assert "stage: contacted → replied" in told
    assert not await performer.happened(an_intent(), first)
    (record,) = await crm.find(address="sam@c0.example")
    assert dict(record.fields) == {"score": "70", "stage": "replied", "summary": "Two lines"}
    assert [note.text for note in await crm.history(record.id)] == ["Two lines"]


async def test_a_brief_reaches_people_by_the_connected_services() -> None:
    told: list[tuple[str, str]] = []

    class Board:
        async def tell(self, title: str, text: str) -> None:
            told.append((title, text))

    notice = NoticePerformer([Board()])
    brief = a_body(
        pain="empty miles", lines=[{"text": "They ask for a price", "from": "message.2"}]
    )
    await notice.perform(an_intent("brief:2"), brief)
    assert told == [("Sam: b", "pain: empty miles\nlines: \n- They ask for a price; message.2")]
    assert not await notice.happened(an_intent("brief:2"), brief)


HIDING = "Approve this: \u202emaerc\u202c and\u200b this"
SEEN = "Approve this: maerc and this"


async def test_nothing_that_hides_its_other_words_reaches_the_crm_or_a_notice(
    tmp_path: Path,
) -> None:
    told: list[tuple[str, str]] = []

    class Board:
        async def tell(self, title: str, text: str) -> None:
            told.append((title, text))

    crm = FileCrm(CrmConnection(fields=FIELDS), None, tmp_path)
    await CrmPerformer(crm, FIELDS).perform(an_intent(), a_body(summary=HIDING))
    (record,) = await crm.find(address="sam@c0.example")
    assert dict(record.fields) == {"summary": SEEN}
    assert [note.text for note in await crm.history(record.id)] == [SEEN]
    await NoticePerformer([Board()]).perform(an_intent("brief:2"), a_body(pain=HIDING))
    assert told == [("Sam: b", f"pain: {SEEN}")]
