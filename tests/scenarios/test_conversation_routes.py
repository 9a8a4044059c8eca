"""The sales department in conversation, without a store: routes and twins over what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product

import pytest

from dealwright.agents.delivery import delivered
from dealwright.domain.case import Case, SlotState, SlotStatus, Snapshot
from dealwright.domain.conversation import Conversation, Message, MessageKind, Standing
from dealwright.domain.course import SILENCED
from dealwright.domain.estimate import Price, PriceBook
from dealwright.domain.facts import FactSheet, Point
from dealwright.domain.intent import Act, IntentKind
from dealwright.domain.packet import Packet
from dealwright.domain.product import Errand, WorkProduct
from dealwright.domain.qualification import Criterion, IdealCustomer, Qualification, Tier
from dealwright.domain.reading import Candidate, Meaning, Reading
from dealwright.orchestration.overrides import worldly
from dealwright.orchestration.router import Plan, Planned, asked_anew, route
from dealwright.runtime import read_department
from tests.agents.builders import TODAY, a_dossier, a_lead
from tests.agents.corpus.companies import an_offer
from tests.agents.talks import JOB, NEWS, a_conversation, a_reading, also, ours, theirs

SALES = read_department("sales")
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 13, tzinfo=UTC)
FIRST_TOUCH = {
    *("record_reader", "site_reader", "news_reader", "jobs_reader", "technology_reader"),
    *("synthesizer", "qualifier", "writer", "reviewer", "reviser", "second_reviewer"),
}
GIVEN: Mapping[str, WorkProduct] = {
    "lead": a_lead(),
    "icp": IdealCustomer(
        criteria=(Criterion(id="a", says="a", weight=1, point=Point.SIZE, present=True),)
    ),
    "offer": an_offer(),
}
MADE: Mapping[str, WorkProduct] = {
    "dossier": a_dossier(NEWS, JOB, triggers=("news.1",)),
    "qualification": Qualification(
        score=70, tier=Tier.HOT, known=80, judgements=(), reasoning="It fits."
    ),
}


@dataclass
class Bench:
    """A case that is worked by twins until it is quiet; nothing is written down."""

    slots: dict[str, SlotState] = field(default_factory=dict[str, SlotState])
    ran: list[str] = field(default_factory=list[str])
    errands: list[Errand] = field(default_factory=list[Errand])

    @property
    def snapshot(self) -> Snapshot:
        case = Case(id="c", workspace="w", department="sales", kind="lead", name="A lead")
        return Snapshot(case=case, slots=dict(self.slots), now=NOW)

    def give(self, slot: str, value: WorkProduct, *, by_hand: bool = False) -> None:
        """Put the next version of a product into a slot, made from what stands now."""
        writer = SALES.writers.get(slot)
        reads = writer.reads if writer else ()
        known = {read.slot: self._version(read.slot) for read in reads}
        about = worldly(SALES, self.snapshot, slot) if by_hand else known
        self._put(slot, value, about, by_hand=by_hand)

    def quiet(self) -> Plan:
        """Let every agent work that may; return the plan when none may any more."""
        while (plan := route(SALES, self.snapshot)).steps:
            for planned in plan.steps:
                self._work(planned)
        return plan

    def _work(self, planned: Planned) -> None:
        agent = planned.agent
        read = (read for read in agent.reads if planned.inputs[read.slot])
        slots = {r.name: self._product(r.slot) for r in read}
        packet = Packet(agent=agent.name, today=TODAY, slots=slots)
        assert agent.twin is not None
        made = delivered(agent, packet, agent.twin(packet))
        assert isinstance(made, WorkProduct)
        self.ran.append(agent.name)
        self.errands += made.errands()
        self._put(agent.writes, made, planned.inputs)

    def _put(
        self, slot: str, value: WorkProduct, inputs: Mapping[str, int], *, by_hand: bool = False
    ) -> None:
        self.slots[slot] = SlotState(
            slot=slot,
            version=self._version(slot) + 1,
            status=SlotStatus.FINAL if by_hand else SlotStatus.DONE,
            value=SALES.slots[slot].shape.dump(value),
            inputs=inputs,
        )

    def _version(self, slot: str) -> int:
        return self.slots[slot].version if slot in self.slots else 0

    def _product(self, slot: str) -> object:
        return SALES.slots[slot].shape.parse(self.slots[slot].value)


def a_bench(
    conversation: Conversation | None = None,
    reading: Reading | None = None,
    prices: PriceBook | None = None,
) -> Bench:
    """Return a case whose lead was researched; its first touch is not tried again."""
    bench = Bench()
    for slot, value in (*GIVEN.items(), *MADE.items()):
        bench.give(slot, value)
    if prices is not None:
        bench.give("prices", prices)
    if conversation is not None:
        bench.give("conversation", conversation)
        inputs: dict[str, int] = dict.fromkeys(("lead", "offer", "dossier", "qualification"), 1)
        failed = SlotState(slot="draft", version=1, status=SlotStatus.FAILED, inputs=inputs)
        bench.slots["draft"] = failed
    if reading is not None:
        bench.give("reading", reading)
    return bench


def letters(plan: Plan) -> list[Act]:
    return [act for act in plan.acts if act.kind is IntentKind.EMAIL]


def sent(bench: Bench) -> list[str]:
    return [f"{act.slot} as {act.key}" for act in letters(bench.quiet())]


def replied(main: Meaning, *others: Meaning, text: str = "Tell me more.", **more: object) -> Bench:
    return a_bench(a_conversation(ours(), theirs(text)), also(a_reading(main, *others), **more))


def test_before_there_is_a_conversation_nobody_new_works() -> None:
    bench = a_bench()
    assert [act.key for act in letters(bench.quiet())] == ["first_touch"]
    assert set(bench.ran) <= FIRST_TOUCH


def test_the_first_touch_is_wished_once_whoever_wrote_it_and_never_in_a_conversation() -> None:
    bench = a_bench()
    act = letters(bench.quiet())[0]
    assert (act.slot, act.review) == ("draft", "review")
    draft = SALES.slots["draft"].shape.parse(bench.slots["draft"].value)
    assert isinstance(draft, WorkProduct)
    bench.give("draft", draft, by_hand=True)
    assert [act.version for act in letters(bench.quiet())] == [2]
    bench.give("conversation", a_conversation(ours()))
    assert not [act for act in letters(bench.quiet()) if act.key == "first_touch"]


@pytest.mark.parametrize(
    ("bench", "wished"),
    [
        (replied(Meaning.INTERESTED), ["answer as answer:1"]),
        (replied(Meaning.REFERRAL), ["answer as answer:1"]),
        (replied(Meaning.OBJECTION, objection="effort"), ["objection_answer as objection:1"]),
        (replied(Meaning.NOT_NOW), ["resumption as follow_up:1"]),
        (a_bench(a_conversation(ours())), ["follow_up as follow_up:1"]),
        (a_bench(a_conversation(*[ours()] * 3)), ["follow_up as follow_up:1"]),
        (a_bench(a_conversation(*[ours()] * 4)), []),
        (replied(Meaning.PRICE), []),
        (replied(Meaning.MEETING), []),
        (replied(Meaning.QUESTION, text="Do you integrate with SAP?"), []),
    ],
)
def test_every_course_ends_in_its_letter_or_in_none(bench: Bench, wished: list[str]) -> None:
    assert sent(bench) == wished


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("refusal", sorted(SILENCED))
def test_after_a_refusal_no_letter_is_ever_wished(refusal: Meaning, standing: Standing) -> None:
    """The reply, then whatever may come after it, each with any reading."""
    for other, sure in product([None, Meaning.INTERESTED, Meaning.NOT_NOW], [True, False]):
        reading = a_reading(refusal, *([other] if other else []), sure=sure)
        talk = a_conversation(ours(), theirs("No, thank you."), standing=standing)
        assert sent(a_bench(talk, reading)) == []
    later = [
        (theirs(kind=MessageKind.DELAY), None),
        (theirs(kind=MessageKind.AUTO_REPLY), a_reading(Meaning.OUT_OF_OFFICE, message=3)),
        (ours("", "A person of ours wrote this."), None),
    ]
    for message, reading in later:
        talk = a_conversation(ours(), theirs("No, thank you."), message, standing=standing)
        assert sent(a_bench(talk, reading)) == []


@pytest.mark.parametrize("before", [(ours(),), ()], ids=["we began", "they began"])
@pytest.mark.parametrize("main", Meaning)
def test_no_reading_ends_without_a_letter_a_person_or_a_clear_no(
    main: Meaning, before: tuple[Message, ...]
) -> None:
    """Every pair of meanings, sure or not; a no that is only said besides is no clear one."""
    talk = a_conversation(*before, theirs("Tell me more."))
    for other, sure in product((None, *Meaning), (True, False)):
        others = [other] if other else []
        reading = a_reading(
            main, *others, message=len(talk.messages), sure=sure, objection="effort"
        )
        bench = a_bench(talk, reading)
        wished = sent(bench)
        person = [e for e in bench.errands if e.kind in {"escalate", "referral"}]
        stopped = sure and (main is Meaning.NOT_INTERESTED or Meaning.OPT_OUT in (main, other))
        assert len(wished) <= 1
        assert wished or person or stopped, (main, other, sure)


def test_a_reply_nobody_is_sure_of_is_a_persons_and_the_person_is_told() -> None:
    bench = replied(Meaning.QUESTION, sure=False)
    plan = bench.quiet()
    assert letters(plan) == []
    assert [(act.kind, act.slot) for act in plan.acts if act.key == "escalation:1"] == [
        (IntentKind.NOTICE, "course")
    ]
    assert [errand.kind for errand in bench.errands] == ["escalate"]


def test_what_the_reply_handler_cannot_ground_is_a_persons_and_the_person_is_told() -> None:
    bench = replied(Meaning.QUESTION, text="Do you integrate with SAP?")
    plan = bench.quiet()
    assert [act.slot for act in plan.acts if act.key == "escalation:1"] == ["answer"]
    assert [errand.kind for errand in bench.errands] == ["escalate"]


def test_a_price_brings_an_estimate_a_brief_and_no_letter() -> None:
    price = Price(id="truck", says="each truck", per="truck", low=Decimal(2), high=Decimal(3))
    talk = a_conversation(ours(), theirs("How much for 40 trucks?"))
    bench = a_bench(talk, a_reading(Meaning.PRICE), PriceBook(prices=(price,)))
    plan = bench.quiet()
    assert letters(plan) == []
    assert {"estimator", "closing_brief"} <= set(bench.ran)
    assert {act.slot for act in plan.acts} == {"estimate", "brief", "course", "crm_reply"}
    without = a_bench(talk, a_reading(Meaning.PRICE), PriceBook())
    without.quiet()
    assert "estimator" not in without.ran


def test_whom_a_reply_names_is_a_persons_task_and_is_not_written_to() -> None:
    sam = Candidate(quote="Talk to Sam", name="Sam", address="sam@rival.example")
    bench = replied(Meaning.WRONG_PERSON, candidate=sam)
    assert sent(bench) == []
    assert [errand.kind for errand in bench.errands] == ["referral"]


def test_a_delay_that_comes_after_a_reply_changes_nothing() -> None:
    talk = a_conversation(ours(), theirs(), theirs(kind=MessageKind.DELAY))
    assert sent(a_bench(talk, a_reading())) == ["answer as answer:1"]


def test_who_follows_up_does_not_even_begin_while_a_reply_stands_unanswered() -> None:
    bench = a_bench(a_conversation(ours(), theirs(), ours("answer:1"), theirs()))
    bench.give("reading", a_reading(Meaning.NOT_INTERESTED, message=4))
    bench.quiet()
    assert not {"nurturer", "reactivator", "resumer", "reply_handler"} & set(bench.ran)
    machine = theirs(kind=MessageKind.AUTO_REPLY)
    away = a_bench(a_conversation(ours(), machine), a_reading(Meaning.OUT_OF_OFFICE))
    assert sent(away) == ["resumption as follow_up:1"]
    assert "nurturer" not in away.ran


def test_an_answer_is_void_as_soon_as_anybody_writes() -> None:
    bench = replied(Meaning.INTERESTED)
    assert sent(bench) == ["answer as answer:1"]
    talk = a_conversation(ours(), theirs(), ours("answer:1", "Thank you."))
    bench.give("conversation", talk)
    assert sent(bench) == ["follow_up as follow_up:2"]
    bench.give("conversation", a_conversation(*talk.messages, theirs("No.")))
    bench.give("reading", a_reading(Meaning.NOT_INTERESTED, message=4))
    assert sent(bench) == []


def test_what_a_person_wrote_is_sent_once_and_not_again_after_the_next_message() -> None:
    bench = replied(Meaning.INTERESTED)
    bench.quiet()
    own = SALES.slots["answer"].shape.parse(bench.slots["answer"].value)
    assert isinstance(own, WorkProduct)
    bench.give("answer", own, by_hand=True)
    assert sent(bench) == ["answer as answer:1"]
    talk = a_conversation(ours(), theirs(), ours("answer:1"), theirs("And then?"))
    bench.give("conversation", talk)
    bench.give("reading", a_reading(Meaning.NOT_INTERESTED, message=4))
    assert sent(bench) == []
    bench.give("reading", a_reading(message=4))
    assert sent(bench) == ["answer as answer:2"]
    assert bench.slots["answer"].status is SlotStatus.DONE, "an agent answers the next message"


def test_a_follow_up_leaves_on_its_day_and_is_reviewed_and_asked_for() -> None:
    bench = a_bench(a_conversation(ours()))
    plan = bench.quiet()
    act = letters(plan)[0]
    assert act.not_before is not None
    assert act.not_before > NOW
    assert act.review == "follow_up_review"
    assert [ask.slot for ask in plan.asks] == ["follow_up"]


def test_the_system_of_record_is_told_once_for_each_version_of_the_conversation() -> None:
    bench = a_bench(a_conversation(ours()))

    def told() -> list[str]:
        return [act.key for act in bench.quiet().acts if act.kind is IntentKind.CRM]

    assert told() == ["crm:1"]
    bench.give("conversation", a_conversation(ours(), theirs()))
    bench.give("reading", a_reading())
    assert told() == ["crm:2"]


def test_a_dormant_lead_is_woken_by_news() -> None:
    quiet = a_conversation(*[ours("follow_up:2", ago=70)] * 4)
    bench = a_bench(quiet)
    assert sent(bench) == ["reactivation as reactivation:1"]
    old = NEWS.model_copy(update={"published_on": None})
    asleep = a_bench(quiet)
    asleep.give("dossier", a_dossier(old, JOB))
    assert sent(asleep) == []


def test_once_a_month_new_reasons_are_looked_for_where_there_was_none() -> None:
    (line,) = SALES.timetable
    quiet = a_conversation(*[ours("follow_up:2", ago=70)] * 4)
    asleep = a_bench(quiet)
    asleep.give("news", FactSheet(facts=()))
    asleep.give("dossier", a_dossier(NEWS.model_copy(update={"published_on": None}), JOB))
    asleep.quiet()
    assert asked_anew(SALES, line, asleep.snapshot) == {"news": 1}
    asleep.give("dossier", a_dossier(NEWS, JOB, triggers=("news.1",)))
    asleep.quiet()
    assert asked_anew(SALES, line, asleep.snapshot) is None
    for talk in (a_conversation(ours()), a_conversation(ours(), theirs()), None):
        bench = a_bench(talk)
        bench.quiet()
        assert asked_anew(SALES, line, bench.snapshot) is None


@pytest.mark.parametrize(
    "text",
    [
        "Please remove me from your list.",
        "Bitte nehmen Sie mich aus Ihrem Verteiler.",
        "Merci de me retirer de votre liste.",
        "Por favor, deme de baja de su lista.",
        "Per favore cancellatemi dalla vostra lista.",
        "Haal mij alstublieft van uw lijst.",
        "Por favor, retire-me da sua lista.",
    ],
)
def test_with_the_real_reader_whoever_wants_no_letters_gets_none(text: str) -> None:
    for standing in (Standing.OPEN, Standing.OPTED_OUT):
        bench = a_bench(a_conversation(ours(), theirs(text), standing=standing))
        assert sent(bench) == []
        assert {"reply_reader", "switchboard", "reply_recorder"} <= set(bench.ran)
