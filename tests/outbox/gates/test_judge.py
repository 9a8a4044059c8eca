"""All gates together: one that is in doubt keeps everything here."""

from __future__ import annotations

import pytest

from dealwright.domain.intent import IntentKind
from dealwright.domain.situation import Held, Passed, Refused, Situation, Verdict
from dealwright.errors import BadInput
from dealwright.outbox.gates import DEFAULTS, GATES, MANDATORY, gates_for, judge
from tests.outbox.gates.builders import a_situation


def broken(situation: Situation) -> Verdict:
    raise KeyError(situation.intent.id)


def hold(_: Situation) -> Verdict:
    return Held(because="not now")


def refuse(_: Situation) -> Verdict:
    return Refused(because="never")


def let_pass(_: Situation) -> Verdict:
    return Passed(ground="why not")


def test_a_situation_in_order_passes_every_gate_and_keeps_the_grounds() -> None:
    judgement = judge(gates_for(IntentKind.EMAIL), a_situation())
    assert judgement.verdict == Passed()
    assert judgement.gate == ""
    assert set(judgement.grounds) == set(GATES)
    assert judgement.grounds["approved"] == "approved by anna"
    assert "form 7" in judgement.grounds["lawful"]


@pytest.mark.parametrize("name", GATES)
def test_a_gate_that_raises_holds_and_says_why(name: str) -> None:
    judgement = judge({**GATES, name: broken}, a_situation())
    assert isinstance(judgement.verdict, Held)
    assert judgement.gate == name
    assert judgement.verdict.because == f"the gate {name} failed: KeyError: 'i1'"


def test_the_first_refusal_counts_more_than_an_earlier_hold() -> None:
    gates = {"a": let_pass, "b": hold, "c": refuse, "d": hold, "e": let_pass}
    judgement = judge(gates, a_situation())
    assert (judgement.gate, judgement.verdict) == ("c", Refused(because="never"))
    assert judgement.grounds == {"a": "why not", "e": "why not"}


def test_the_first_of_several_holds_and_the_first_of_several_refusals_are_named() -> None:
    assert judge({"a": let_pass, "b": hold, "c": broken}, a_situation()).gate == "b"
    assert judge({"b": hold, "x": refuse, "y": refuse}, a_situation()).gate == "x"


def test_every_gate_is_asked_even_after_one_has_refused() -> None:
    seen: list[str] = []

    def noting(name: str, verdict: Verdict) -> Verdict:
        seen.append(name)
        return verdict

    judge(
        {
            "a": lambda _: noting("a", Refused(because="never")),
            "b": lambda _: noting("b", Passed()),
        },
        a_situation(),
    )
    assert seen == ["a", "b"]


def test_without_a_gate_nothing_passes() -> None:
    assert isinstance(judge({}, a_situation()).verdict, Held)


def test_a_department_cannot_leave_out_a_mandatory_gate() -> None:
    for named in ("window", "approved"):
        assert set(gates_for(IntentKind.EMAIL, [named])) == set(GATES) - {"reviewed"}
    assert set(gates_for(IntentKind.CRM, ["window"])) == {*MANDATORY[IntentKind.CRM], "window"}


def test_a_department_that_names_no_gate_gets_all_of_them() -> None:
    for kind in IntentKind:
        assert tuple(sorted(gates_for(kind))) == tuple(sorted(DEFAULTS[kind]))
        assert "stop_switch" in MANDATORY[kind]


def test_a_gate_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match="no gate called windows"):
        gates_for(IntentKind.EMAIL, ["windows"])


def test_gates_are_asked_in_the_order_of_the_registry() -> None:
    assert list(gates_for(IntentKind.EMAIL, ["window", "reviewed"])) == list(GATES)
