"""The router: what may run, what may not, and why; first by example, then for every state."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dealwright.agents.agent import Agent
from dealwright.domain.case import SlotState, SlotStatus, Snapshot
from dealwright.orchestration.department import Department
from dealwright.orchestration.router import Plan, Standing, finals, route, waiting
from tests.orchestration.departments import (
    a_department,
    a_hold,
    a_route,
    a_snapshot,
    a_state,
    an_agent,
    an_ask,
)

DIAMOND = a_department(
    [
        an_agent("left", ["lead"], "l"),
        an_agent("right", ["lead"], "r"),
        an_agent("join", ["lead", "l?", "r?"], "j"),
        an_agent("last", ["j"], "z"),
    ]
)
LEAD = a_state("lead")


def names(plan: Plan) -> list[str]:
    return sorted(step.agent.name for step in plan.steps)


def why(plan: Plan, agent: str) -> str:
    return next(left.why for left in waiting(DIAMOND, plan) if left.agent == agent)


def test_everything_that_has_what_it_reads_runs_at_once() -> None:
    assert names(route(DIAMOND, a_snapshot(LEAD))) == ["left", "right"]


def test_an_agent_waits_for_an_optional_read_that_is_being_worked_on() -> None:
    plan = route(DIAMOND, a_snapshot(LEAD, a_state("l", inputs={"lead": 1})))
    assert names(plan) == ["right"]
    assert why(plan, "join") == "r is being worked on first"


def test_an_agent_goes_on_without_an_optional_read_that_failed() -> None:
    plan = route(
        DIAMOND,
        a_snapshot(
            LEAD,
            a_state("l", inputs={"lead": 1}),
            a_state("r", status=SlotStatus.FAILED, inputs={"lead": 1}),
        ),
    )
    assert names(plan) == ["join"]
    assert plan.steps[0].inputs == {"lead": 1, "l": 1, "r": 1}


def test_an_agent_does_not_go_on_without_a_required_read_that_failed() -> None:
    failed = a_state("j", status=SlotStatus.FAILED, inputs={"lead": 1, "l": 1, "r": 1})
    done = [a_state(slot, inputs={"lead": 1}) for slot in ("l", "r")]
    plan = route(DIAMOND, a_snapshot(LEAD, *done, failed))
    assert names(plan) == []
    assert why(plan, "last") == "it needs j, which is failed"


def test_a_step_asked_for_again_runs_and_so_does_what_depends_on_it_but_nothing_before() -> None:
    again = a_state("l", version=2, status=SlotStatus.RETRY)
    others = [
        a_state("r", inputs={"lead": 1}),
        a_state("j", inputs={"lead": 1, "l": 1, "r": 1}),
        a_state("z", inputs={"j": 1}),
    ]
    plan = route(DIAMOND, a_snapshot(LEAD, again, *others))
    assert names(plan) == ["left"]
    assert plan.standing == {
        "lead": Standing.CURRENT,
        "l": Standing.STALE,
        "r": Standing.CURRENT,
        "j": Standing.STALE,
        "z": Standing.STALE,
    }
    assert plan.steps[0].version == 3


def test_a_persons_product_is_final_even_when_what_came_before_changed() -> None:
    newer = a_state("lead", version=2)
    final = a_state("j", status=SlotStatus.FINAL)
    done = [a_state(slot, inputs={"lead": 2}) for slot in ("l", "r")]
    assert names(route(DIAMOND, a_snapshot(newer, *done, final))) == ["last"]


def test_what_a_person_wrote_about_one_version_is_final_until_there_is_a_newer_one() -> None:
    answer = an_agent("answerer", ["lead", "talk"], "answer")
    department = a_department([answer], given=("lead", "talk"))
    final = a_state("answer", status=SlotStatus.FINAL, inputs={"talk": 1})
    assert names(route(department, a_snapshot(LEAD, a_state("talk"), final))) == []
    moved_on = a_snapshot(LEAD, a_state("talk", version=2), final)
    assert names(route(department, moved_on)) == ["answerer"]
    assert finals(moved_on) == frozenset()


def test_the_first_hold_that_holds_is_the_reason() -> None:
    department = a_department(
        [an_agent("a", ["lead"], "x")],
        [a_hold("no", "has(slots.nothing)"), a_hold("stop"), a_hold("later"), a_route(["a"])],
    )
    plan = route(department, a_snapshot(LEAD))
    assert plan.held == "stop"
    assert names(plan) == []


def test_a_hold_that_cannot_be_decided_holds() -> None:
    department = a_department(
        [an_agent("a", ["lead"], "x")], [a_hold("stop", "slots.x.size > 1"), a_route(["a"])]
    )
    plan = route(department, a_snapshot(LEAD))
    assert plan.held is not None
    assert plan.held.startswith("stop (could not be decided")


def test_a_route_that_cannot_be_decided_runs_nothing() -> None:
    department = a_department(
        [an_agent("a", ["lead"], "x")], [a_route(["a"], "slots.lead.size > 1")]
    )
    assert names(route(department, a_snapshot(LEAD))) == []


def test_a_person_is_asked_once_for_each_version() -> None:
    department = a_department(
        [an_agent("a", ["lead"], "x")], [a_route(["a"]), an_ask("x", "has(slots.x)")]
    )
    snapshot = a_snapshot(LEAD, a_state("x", version=3, inputs={"lead": 1}))
    assert [(ask.slot, ask.version) for ask in route(department, snapshot).asks] == [("x", 3)]
    assert route(department, replace(snapshot, asked=frozenset({("x", 3)}))).asks == ()


def test_a_condition_sees_no_product_that_is_out_of_date() -> None:
    department = a_department(
        [an_agent("a", ["lead"], "x"), an_agent("b", ["lead"], "y")],
        [a_route(["a"]), a_route(["b"], "has(slots.x)")],
    )
    fresh = a_snapshot(LEAD, a_state("x", inputs={"lead": 1}))
    stale = a_snapshot(a_state("lead", version=2), a_state("x", inputs={"lead": 1}))
    assert names(route(department, fresh)) == ["b"]
    assert names(route(department, stale)) == ["a"]


# For every state


@st.composite
def departments(draw: st.DrawFn) -> Department:
    """Return a department of up to six agents, each reading only what comes before it."""
    count = draw(st.integers(1, 6))
    agents: list[Agent] = []
    for number in range(count):
        known = ["lead", *(f"s{before}" for before in range(number))]
        reads = draw(st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True))
        marks = draw(st.lists(st.booleans(), min_size=len(reads), max_size=len(reads)))
        texts = [slot + "?" * optional for slot, optional in zip(reads, marks, strict=True)]
        agents.append(an_agent(f"a{number}", texts, f"s{number}"))
    conditions = st.sampled_from(["true", "has(slots.s0)", "!has(slots.s1)", "slots.s0.v > 3"])
    names_of = st.sampled_from([agent.name for agent in agents])
    routes = [
        a_route(draw(st.lists(names_of, min_size=1)), when)
        for when in draw(st.lists(conditions, min_size=1, max_size=4))
    ]
    return a_department(agents, routes)


@st.composite
def snapshots(draw: st.DrawFn, department: Department) -> Snapshot:
    """Return any state at all, also one that no history could have led to."""
    states = [a_state("lead", version=draw(st.integers(1, 2)))]
    for agent in department.agents.values():
        if draw(st.booleans()):
            inputs = {read.slot: draw(st.integers(0, 2)) for read in agent.reads}
            status = draw(st.sampled_from(SlotStatus))
            version = draw(st.integers(1, 3))
            states.append(
                a_state(agent.writes, version, status, inputs, {"v": draw(st.integers(0, 9))})
            )
    paused = draw(st.sampled_from([None, "a person paused this lead"]))
    return a_snapshot(*draw(st.permutations(states)), paused=paused)


@given(st.data())
@settings(max_examples=300)
def test_every_state_has_one_answer_whatever_the_order_of_the_rows(data: st.DataObject) -> None:
    department = data.draw(departments())
    snapshot = data.draw(snapshots(department))
    shuffled = replace(snapshot, slots=dict(reversed(list(snapshot.slots.items()))))
    assert route(department, snapshot) == route(department, shuffled)
    told = {left.agent for left in waiting(department, route(department, snapshot))}
    assert told | set(names(route(department, snapshot))) == set(department.agents)


@given(st.data())
def test_a_paused_case_runs_nothing_and_asks_nobody(data: st.DataObject) -> None:
    department = data.draw(departments())
    snapshot = data.draw(snapshots(department))
    paused = replace(snapshot, case=replace(snapshot.case, paused="everything is paused"))
    plan = route(department, paused)
    assert (plan.steps, plan.asks, plan.held) == ((), (), "everything is paused")


def played(department: Department, snapshot: Snapshot, fails: set[str]) -> tuple[int, Snapshot]:
    """Play turns until nothing is runnable; return how many agents ran and the last state."""
    ran = 0
    while steps := route(department, snapshot).steps:
        slots: dict[str, SlotState] = dict(snapshot.slots)
        for step in steps:
            status = SlotStatus.FAILED if step.agent.name in fails else SlotStatus.DONE
            slots[step.agent.writes] = a_state(
                step.agent.writes, step.version, status, step.inputs, {"v": 5}
            )
            ran += 1
        assert ran < 200, "the department goes in circles"
        snapshot = replace(snapshot, slots=slots)
    return ran, snapshot


@given(st.data())
@settings(max_examples=300)
def test_work_comes_to_rest_and_finished_work_is_never_done_again(data: st.DataObject) -> None:
    department = data.draw(departments())
    snapshot = data.draw(snapshots(department))
    fails = data.draw(st.sets(st.sampled_from(sorted(department.agents))))
    _, rest = played(department, snapshot, fails)
    assert played(department, rest, fails)[0] == 0
    states = snapshot.slots.values()
    finals = {s.slot for s in states if s.status is SlotStatus.FINAL and not s.inputs}
    assert all(rest.slots[slot] == snapshot.slots[slot] for slot in finals)
