"""The outbox: what is wished leaves once, what must not leave does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dealwright.domain.campaign import Autonomy
from dealwright.domain.case import SlotStatus
from dealwright.domain.connections import Connections
from dealwright.domain.intent import IntentState
from dealwright.errors import LeaseLost, NotThere, OutcomeUnknown, OverrideRefused, TryAgain
from dealwright.store.intents import Settled
from dealwright.store.questions import Bound
from dealwright.store.suppressions import OptOut
from dealwright.tools.ports import CrmRecord
from tests.outbox.post_office import PostOffice, a_lead, a_post_office, the_campaign
from tests.outbox.twins import a_letter

DAY = 86_400


async def test_a_letter_leaves_once_and_stands_in_the_conversation(database_url: str) -> None:
    async with a_post_office(database_url, leads=2) as office:
        await office.work()
        assert await office.outbox.work() == 2
        await office.work()
        assert await office.outbox.work() == 0
        assert sorted(to for _, to, _ in office.wire.arrived) == [
            "sam@c0.example",
            "sam@c1.example",
        ]
        snapshot = await office.store.cases.snapshot(office.cases[0])
        said = snapshot.slots["conversation"].value
        assert said is not None
        assert said["touches"] == 1
        assert [intent.state for intent in await office.intents()] == ["done", "done"]
        assert len(office.wire.copies) == 2


async def test_nothing_leaves_a_campaign_in_shadow(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url, autonomy=Autonomy.SHADOW) as office:
        await office.work()
        assert await office.outbox.work() == 0
        (intent,) = await office.intents()
        assert (intent.state, intent.held) == (
            "ready",
            "autonomy: the campaign is in shadow: nothing leaves",
        )


async def test_nothing_leaves_without_connections(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url, connections=Connections()) as office:
        await office.work()
        assert await office.outbox.work() == 0
        assert "none of the connected ones" in (await office.intents())[0].held


async def approve(office: PostOffice, variant: int, *, seen: str | None = None) -> None:
    """Approve a lead's draft as a person who saw that letter."""
    (ask,) = await office.store.desk.approvals("pending")
    shown = await office.outbox.preview(ask.case_id, ask.slot, variant)
    bound = Bound(letter=seen or shown.letter.digest, variant=variant)
    await office.store.desk.decide(ask.id, "approved", who="Ana", digest=ask.digest, bound=bound)


async def test_what_a_person_approved_is_what_leaves(database_url: str) -> None:
    async with a_post_office(database_url, autonomy=Autonomy.ASSISTED) as office:
        await office.work()
        assert await office.outbox.work() == 0
        await approve(office, 2)
        assert await office.outbox.work() == 1
        ((_, _, letter),) = office.wire.arrived
        assert "variant 2" in letter.text
        (intent,) = await office.intents()
        assert intent.digest == letter.digest


async def test_other_words_than_those_approved_stay(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url, autonomy=Autonomy.ASSISTED) as office:
        await office.work()
        await approve(office, 1, seen="0" * 64)
        assert await office.outbox.work() == 0
        assert "is not what would leave" in (await office.intents())[0].held


async def test_an_approval_that_ran_out_sends_nothing(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url, autonomy=Autonomy.ASSISTED) as office:
        await office.work()
        await approve(office, 1)
        office.clock.wind(8 * DAY)
        assert await office.outbox.work() == 0
        assert (await office.intents())[0].state == "void"


async def test_a_rejected_letter_never_leaves(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url) as office:
        await office.work()
        (ask,) = await office.store.desk.approvals("pending")
        await office.store.desk.decide(ask.id, "rejected", who="Ana", digest=ask.digest)
        await office.work()
        assert await office.outbox.work() == 0
        assert [intent.state for intent in await office.intents()] == ["void"]


@pytest.mark.parametrize("what", ["lead", "campaign", "workspace", "everything", "file"])
async def test_a_stop_holds_and_a_start_lets_go_on(
    database_url: str, what: str, tmp_path: Path
) -> None:
    stop = tmp_path / "dealwright.stop"
    async with a_post_office(database_url, stop_file=stop) as office:
        await office.work()
        targets = {"lead": office.cases[0], "campaign": office.campaign, "workspace": "default"}
        match what:
            case "file":
                stop.touch()
            case "everything":
                await office.store.intents.stop(who="Ana", because="a mistake")
            case _:
                await office.store.desk.pause(targets[what], who="Ana")
        assert await office.outbox.work() == 0
        assert office.wire.arrived == []
        match what:
            case "file":
                stop.unlink()
            case "everything":
                assert await office.store.intents.start()
            case _:
                await office.store.desk.resume(targets[what], who="Ana")
        assert await office.outbox.work() == 1


async def test_who_opted_out_is_never_written_to(database_url: str) -> None:
    async with a_post_office(database_url, leads=2) as office:
        await office.work()
        told = OptOut(
            workspace="default",
            scope="address",
            value="SAM+News@C0.example",
            reason="asked",
            source="person:Ana",
        )
        assert await office.store.suppressions.suppress(told)
        assert not await office.store.suppressions.suppress(told)
        assert await office.outbox.work() == 1
        assert [to for _, to, _ in office.wire.arrived] == ["sam@c1.example"]
        assert {intent.state for intent in await office.intents()} == {"void", "done"}


async def test_a_whole_domain_is_suppressed(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url) as office:
        told = OptOut(
            workspace="default", scope="domain", value="www.C0.example", reason="x", source="p"
        )
        await office.store.suppressions.suppress(told)
        await office.work()
        assert await office.outbox.work() == 0
        await office.store.suppressions.lift(replace(told, reason="they asked", source="Ana"))
        with pytest.raises(OverrideRefused, match="say why"):
            await office.store.suppressions.lift(replace(told, reason=" "))
        assert await office.store.suppressions.why("default", "sam@c0.example") is None


@pytest.mark.parametrize(
    ("arrives", "error", "state", "wire"),
    [
        (False, TryAgain("busy"), "done", 1),
        (False, NotThere("550 no such user"), "failed", 0),
        (True, OutcomeUnknown("the line dropped"), "done", 1),
        (True, RuntimeError("a mistake"), "done", 1),
        (False, OutcomeUnknown("the line dropped"), "unknown", 0),
    ],
)
async def test_an_unclear_outcome_is_never_repeated(
    database_url: str, *, arrives: bool, error: Exception, state: str, wire: int
) -> None:
    async with a_post_office(database_url) as office:
        await office.work()
        office.wire.breaks.append((arrives, error))
        await office.outbox.work()
        for _ in range(3):
            office.clock.wind(3600)
            await office.outbox.work()
        assert len(office.wire.arrived) == wire
        (intent,) = await office.intents()
        assert intent.state == state


async def test_what_nobody_knows_is_a_persons_task(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url) as office:
        await office.work()
        office.wire.remembers = False
        office.wire.breaks.append((True, OutcomeUnknown("the line dropped")))
        await office.outbox.work()
        await office.outbox.work()
        (task,) = await office.store.desk.tasks()
        assert task.kind == "outbox"
        assert "nobody knows" in task.because
        (intent,) = await office.intents()
        settled = Settled(state=IntentState.DONE, result="they have it")
        await office.store.intents.resolve(intent.id, settled, by="person:Ana")
        assert (await office.intents())[0].state == "done"


async def test_whoever_claimed_and_died_leaves_it_unknown(database_url: str) -> None:
    async with a_post_office(database_url) as office:
        await office.work()
        await office.outbox.screening.work()
        (claimed,) = await office.outbox.claim()
        office.clock.wind(3600)
        assert await office.outbox.work() == 0
        (intent,) = await office.intents()
        assert (intent.state, office.wire.arrived) == ("unknown", [])
        settled = Settled(state=IntentState.DONE, result="late")
        with pytest.raises(LeaseLost):
            await office.store.intents.settle(claimed, settled)


async def test_whoever_writes_back_is_answered_once(database_url: str) -> None:
    async with a_post_office(database_url) as office:
        await office.work()
        await office.outbox.work()
        office.clock.wind(600)
        for _ in range(2):
            await office.hears(office.cases[0], "Tell me more?")
            await office.work()
            await office.outbox.work()
        first, second = office.wire.arrived
        assert second[2].in_reply_to == f"<reply1@{office.cases[0]}>"
        assert second[2].references == (first[0], f"<reply1@{office.cases[0]}>")
        assert second[2].subject.startswith("Re:")


async def test_an_opt_out_in_a_reply_ends_everything(database_url: str) -> None:
    async with a_post_office(database_url) as office:
        await office.work()
        await office.outbox.work()
        await office.hears(office.cases[0], "Stop writing to me.", opt_out=True)
        await office.work()
        await office.outbox.work()
        assert len(office.wire.arrived) == 1
        assert await office.store.suppressions.why("default", "sam@c0.example")


async def test_a_person_takes_a_conversation_over_and_gives_it_back(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url) as office:
        await office.work()
        await office.outbox.work()
        await office.store.messages.lead(office.cases[0], who="Ana", takes=True)
        await office.hears(office.cases[0], "Tell me more?")
        await office.work()
        assert await office.outbox.work() == 0
        await office.store.messages.lead(office.cases[0], who="Ana", takes=False)
        await office.work()
        assert await office.outbox.work() == 1


async def test_a_customer_is_not_written_to_and_a_silent_crm_holds(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url, leads=2) as office:
        await office.work()
        office.crm.away = True
        assert await office.outbox.work() == 0
        assert "the CRM has not been asked" in (await office.intents())[0].held
        office.crm.away = False
        office.crm.records["c1.example"] = CrmRecord(key="x", domain="c1.example", customer=True)
        office.clock.wind(3600)
        assert await office.outbox.work() == 1
        assert [to for _, to, _ in office.wire.arrived] == ["sam@c0.example"]


async def test_a_letter_that_waited_too_long_is_written_anew(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url, autonomy=Autonomy.SHADOW) as office:
        await office.work()
        office.clock.wind(20 * DAY)
        campaign = the_campaign(Autonomy.AUTONOMOUS, {})
        await office.store.intake.campaign("default", "post", campaign)
        await office.outbox.work()
        await office.work()
        office.clock.wind(DAY)
        await office.outbox.work()
        (intent,) = await office.intents()
        assert (intent.version, intent.state) == (3, "done")


async def test_many_letters_leave_at_one_go(database_url: str) -> None:
    async with a_post_office(database_url, leads=130) as office:
        await office.work()
        assert await office.outbox.work() == 130


async def test_what_is_held_does_not_stand_in_front_of_what_may_leave(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url, leads=8) as office:
        await office.work()
        for case in office.cases:
            await office.store.desk.pause(case, who="Ana")
        assert await office.outbox.work() == 0
        office.clock.wind(3600)
        await office.store.intake.leads("default", office.campaign, [a_lead(8)])
        await office.work()
        await office.outbox.screening.work()
        assert [one.intent.state for one in await office.outbox.claim(4)] == ["claimed"]


async def test_what_a_person_has_just_rewritten_waits_until_the_department_has_looked(
    sqlite_url: str,
) -> None:
    async with a_post_office(sqlite_url) as office:
        await office.work()
        words = a_letter("Routes", "A person wrote this.").model_dump(mode="json")
        await office.store.desk.inject(office.cases[0], "draft", words, who="Ana")
        assert await office.outbox.work() == 0
        await office.work()
        assert await office.outbox.work() == 1
        assert "A person wrote this." in office.wire.arrived[0][2].text


async def test_a_step_that_has_begun_is_not_begun_again_for_a_newer_product(
    sqlite_url: str,
) -> None:
    async with a_post_office(sqlite_url) as office:
        await office.work()
        await office.outbox.screening.work()
        (claimed,) = await office.outbox.claim()
        words = a_letter("Routes", "A person wrote this.").model_dump(mode="json")
        await office.store.desk.inject(office.cases[0], "draft", words, who="Ana")
        await office.work()
        assert await office.outbox.work() == 0
        ((intent, _),) = await office.store.intents.listed("default")
        assert (intent.version, intent.token) == (1, claimed.intent.token)
        kinds = [
            row["kind"] async for table, row in office.store.views.export() if table == "event"
        ]
        assert "intent.renewed" not in kinds


async def test_what_a_person_wrote_long_ago_is_asked_about_and_never_written_over(
    sqlite_url: str,
) -> None:
    async with a_post_office(sqlite_url) as office:
        await office.work()
        words = a_letter("Routes", "A person wrote this.").model_dump(mode="json")
        await office.store.desk.inject(office.cases[0], "draft", words, who="Ana")
        await office.work()
        office.clock.wind(15 * 86_400)
        assert await office.outbox.work() == 0
        await office.work()
        (task,) = await office.store.desk.tasks("default")
        assert "write it again" in task.because
        snapshot = await office.store.cases.snapshot(office.cases[0])
        assert snapshot.slots["draft"].status is SlotStatus.FINAL
        await office.store.desk.inject(office.cases[0], "draft", words, who="Ana")
        await office.work()
        assert await office.outbox.work() == 1
        assert "A person wrote this." in office.wire.arrived[0][2].text


async def test_an_old_text_of_a_person_who_approves_it_now_may_leave(sqlite_url: str) -> None:
    async with a_post_office(sqlite_url, autonomy=Autonomy.ASSISTED) as office:
        words = a_letter("Routes", "A person wrote this.").model_dump(mode="json")
        await office.store.desk.inject(office.cases[0], "draft", words, who="Ana")
        office.clock.wind(15 * 86_400)
        await office.work()
        (asked,) = await office.store.desk.approvals("pending", "default")
        shown = await office.outbox.preview(office.cases[0], "draft")
        bound = Bound(letter=shown.letter.digest, variant=1)
        await office.store.desk.decide(
            asked.id, "approved", who="Ana", digest=asked.digest, bound=bound
        )
        assert await office.outbox.work() == 1


async def test_what_was_just_rewritten_is_not_renewed_for_the_age_of_what_stood_before(
    sqlite_url: str,
) -> None:
    async with a_post_office(sqlite_url) as office:
        await office.work()
        words = a_letter("Routes", "A person wrote this.").model_dump(mode="json")
        await office.store.desk.inject(office.cases[0], "draft", words, who="Ana")
        await office.store.cases.renew(office.cases[0], "draft", 1, because="it was old")
        snapshot = await office.store.cases.snapshot(office.cases[0])
        assert (snapshot.slots["draft"].version, snapshot.slots["draft"].status) == (
            2,
            SlotStatus.FINAL,
        )
