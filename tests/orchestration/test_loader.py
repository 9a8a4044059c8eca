"""Loading a department: what fits is loaded, what does not is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealwright.agents.agent import BrainChoice, Read
from dealwright.domain.packet import Packet
from dealwright.errors import BadDepartment
from dealwright.orchestration.loader import PACKAGED, find, load_department
from dealwright.outbox.gates import GATES
from dealwright.runtime import TOOLS as SHIPPED_TOOLS
from tests.orchestration.departments import NOON

TOOLS = ("company_site", "record")

TABLE = """\
department: small
slots:
  lead: {class: "dealwright.domain.lead:Lead", given: import}
  grade: {schema: {properties: {read: {type: array}}}}
routes:
  - run: [grader]
    because: every lead is graded
  - ask: grade
    because: a person looks at every grade
    when: has(slots.grade)
"""

DAILY = "timetable:\n  - {{name: daily, cron: '0 6 * * *', because: it is a new day, {}}}\n"
GRADER = """\
---
agent: grader
reads: [lead]
writes: grade
twin: tests.orchestration.twins:answer
---
# Identity
You grade.
# Responsibilities
You deliver a grade.
# Prohibitions
You never guess.
"""


def folder(tmp_path: Path, table: str = TABLE, **souls: str) -> Path:
    """Write a department and return its folder."""
    (tmp_path / "agents").mkdir(exist_ok=True)
    (tmp_path / "department.yaml").write_text(table)
    for name, text in (souls or {"grader": GRADER}).items():
        (tmp_path / "agents" / f"{name}.md").write_text(text)
    return tmp_path


def refusal(path: Path) -> list[str]:
    """Return the problems the loader reports."""
    with pytest.raises(BadDepartment) as refused:
        load_department(path, TOOLS)
    assert all("None" not in problem for problem in refused.value.problems)
    return list(refused.value.problems)


def soul(agent: str, reads: str, writes: str, **more: str) -> str:
    """Return a SOUL file."""
    front = {"agent": agent, "reads": f"[{reads}]", "writes": writes, **more}
    parts = ["---", *(f"{key}: {value}" for key, value in front.items()), "---"]
    parts += ["# Identity", f"You are {agent}.", "# Responsibilities", f"You deliver {writes}."]
    return "\n".join([*parts, "# Prohibitions", "You never guess."])


def test_a_department_of_one_agent_is_complete(tmp_path: Path) -> None:
    department = load_department(folder(tmp_path), TOOLS)
    grader = department.agents["grader"]
    assert grader.reads == (Read("lead", "lead"),)
    assert grader.brain is BrainChoice.AUTO
    assert grader.soul.prohibitions == "You never guess."
    assert department.order == ("lead", "grade")
    assert len(grader.digest) == 64


def test_the_shipped_sales_department_loads() -> None:
    department = load_department(PACKAGED / "sales", SHIPPED_TOOLS, tuple(GATES))
    made = ("dossier", "qualification", "draft", "review", "revision", "second_review")
    assert sorted(made, key=department.order.index) == list(made)
    assert all(agent.twin for agent in department.agents.values())


def test_an_unknown_department_is_named_with_those_that_ship() -> None:
    with pytest.raises(BadDepartment, match=r"no department 'nope'.*those that ship: sales"):
        find("nope")


def test_a_twin_may_be_written_as_rules(tmp_path: Path) -> None:
    text = GRADER.replace(
        "twin: tests.orchestration.twins:answer", "twin: {read: '[slots.lead.company]'}"
    )
    grader = load_department(folder(tmp_path, grader=text), TOOLS).agents["grader"]
    packet = Packet(agent="grader", today=NOON.date(), slots={"lead": {"company": "Acme"}})
    assert grader.twin is not None
    assert grader.product.parse(grader.twin(packet)) == {"read": ["Acme"]}


def test_an_alias_gives_a_slot_another_name_in_the_packet(tmp_path: Path) -> None:
    text = GRADER.replace("reads: [lead]", "reads: [lead? as prospect]")
    grader = load_department(folder(tmp_path, grader=text), TOOLS).agents["grader"]
    assert grader.reads == (Read("lead", "prospect", required=False),)


def test_a_cycle_is_refused_with_its_path(tmp_path: Path) -> None:
    table = TABLE.replace("routes:", "  rank: {schema: {}}\nroutes:").replace(
        "[grader]", "[grader, ranker]"
    )
    path = folder(
        tmp_path,
        table,
        grader=soul("grader", "lead, rank", "grade"),
        ranker=soul("ranker", "grade", "rank"),
    )
    problem = next(p for p in refusal(path) if "circle" in p)
    assert problem == (
        "agents/grader.md:3: the slots depend on each other in a circle: grade → rank → grade; "
        "let one of their agents read less"
    )


@pytest.mark.parametrize(
    ("table", "souls", "problem"),
    [
        (
            TABLE,
            {"grader": soul("grader", "lead, size", "grade")},
            (
                "agents/grader.md:3: grader names the slot 'size', which the department does not "
                "have; declare it under `slots`, or use one of: grade, lead"
            ),
        ),
        (
            TABLE,
            {"grader": soul("grader", "lead", "grde")},
            "agents/grader.md:4: grader writes 'grde', which is no slot; there are: grade, lead",
        ),
        (
            TABLE.replace("routes:", "  idle: {schema: {}, given: import}\nroutes:"),
            {"grader": GRADER},
            (
                "department.yaml:5: nobody reads the slot 'idle': no agent, no condition, no "
                "`ask`; remove it and its agent, or let somebody read it"
            ),
        ),
        (
            TABLE,
            {"grader": GRADER, "idler": soul("idler", "grade", "lead")},
            "agents/idler.md:2: no route runs idler; add it to a `run:` line, or remove its file",
        ),
        (
            TABLE,
            {"grader": GRADER, "idler": soul("idler", "grade", "lead")},
            "agents/idler.md:4: idler writes lead, which is given by import; write another slot",
        ),
        (
            TABLE,
            {"grader": soul("grader", "lead", "grade", tools="[time_machine]")},
            (
                "agents/grader.md:5: grader is granted the tool 'time_machine', which does not "
                "exist; there are: company_site, record"
            ),
        ),
        (
            TABLE,
            {"grader": soul("grader", "lead", "grade", twin="tests.orchestration.twins:greedy")},
            (
                "agents/grader.md:3: the code of grader reads 'secret', which its SOUL does not "
                "declare; add it to `reads`"
            ),
        ),
        (
            TABLE.replace("routes:", "  icp: {schema: {}, given: parent}\nroutes:"),
            {
                "grader": soul(
                    "grader",
                    "lead, icp",
                    "grade",
                    twin="tests.orchestration.twins:modest",
                    brain="twin",
                )
            },
            (
                "agents/grader.md:3: grader declares that it reads 'icp', but its code never does; "
                "remove it from `reads`"
            ),
        ),
        (
            TABLE,
            {"grader": soul("grader", "lead", "grade", twin="tests.orchestration.twins:armed")},
            (
                "agents/grader.md:3: the code of grader uses the tool 'company_site', which it "
                "is not granted; add it to `tools`"
            ),
        ),
        (
            TABLE,
            {"grader": soul("grader", "lead", "grade", twin="tests.orchestration.twins:nobody")},
            (
                "agents/grader.md:1: grader: 'tests.orchestration.twins:nobody' cannot be found: "
                "module 'tests.orchestration.twins' has no attribute 'nobody'"
            ),
        ),
        (
            TABLE,
            {"grader": GRADER.replace("You never guess.", "")},
            (
                "agents/grader.md:6: the SOUL says nothing under `# Prohibitions`; an agent "
                "without prohibitions may not work: write what it never does"
            ),
        ),
        (
            TABLE,
            {"grader": GRADER.replace("writes: grade", "write: grade")},
            "agents/grader.md:4: write: this key is not known here; did you mean 'writes'?",
        ),
        (
            TABLE,
            {"grader": soul("grader", "lead", "grade", budget="{packet: 60, output: 20}")},
            "agents/grader.md:5: grader may be given 60 tokens",
        ),
        (
            TABLE.replace("has(slots.grade)", "has(slots.grad)"),
            {"grader": GRADER},
            "department.yaml:8: there is no slot 'grad'; did you mean 'grade'?",
        ),
        (
            TABLE.replace("has(slots.grade)", "slots.grade.reed > 1"),
            {"grader": GRADER},
            "department.yaml:8: grade has no field 'reed'; did you mean 'read'?",
        ),
        (
            TABLE.replace("has(slots.grade)", "has(slots.grade) &&"),
            {"grader": GRADER},
            "department.yaml:8: Syntax error: mismatched input '<EOF>'",
        ),
        (
            TABLE.replace("run: [grader]", "run: [greder]"),
            {"grader": GRADER},
            "department.yaml:6: there is no agent 'greder'; did you mean 'grader'?",
        ),
        (
            TABLE.replace("    because: every lead is graded\n", ""),
            {"grader": GRADER},
            "department.yaml:6: a route is one of `hold: <why>`, or `run:`",
        ),
        (
            TABLE + "timetable:\n  - {name: daily, cron: '61 * * * *', because: it is a new day}\n",
            {"grader": GRADER},
            "department.yaml:12: '61 * * * *' in 'UTC': ",
        ),
        (
            TABLE + "timetable:\n  - {name: mail, cron: '0 6 * * *', because: it is a new day}\n",
            {"grader": GRADER},
            "department.yaml:12: 'mail' is taken; name this line anew",
        ),
        (
            TABLE + DAILY.format("renew: [grad]"),
            {"grader": GRADER},
            "department.yaml:12: there is no slot 'grad'; did you mean 'grade'?",
        ),
        (
            TABLE + DAILY.format("renew: [lead]"),
            {"grader": GRADER},
            "department.yaml:12: no agent writes lead, so nobody can make it anew",
        ),
        (
            TABLE + DAILY.format("when: has(slots.grad)"),
            {"grader": GRADER},
            "department.yaml:12: there is no slot 'grad'; did you mean 'grade'?",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_file_line_and_what_to_do(
    tmp_path: Path, table: str, souls: dict[str, str], problem: str
) -> None:
    problems = refusal(folder(tmp_path, table, **souls))
    assert any(told.startswith(problem) for told in problems), problems


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("slots: [\n", "department.yaml:2: this is not YAML"),
        ("department: a\ndepartment: b\n", 'department.yaml:2: the key "department" stands twice'),
        ("slots:\n\t- a\n", "department.yaml:2: a tab is not allowed here; indent with spaces"),
        ("about: no: way\n", "department.yaml:1: a colon inside a text: put the text in quotes"),
    ],
)
def test_a_file_that_is_not_yaml_is_refused_with_the_line(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(BadDepartment) as refused:
        load_department(folder(tmp_path, text), TOOLS)
    assert str(refused.value).startswith(sentence)


def test_everything_wrong_is_reported_at_once(tmp_path: Path) -> None:
    table = TABLE.replace("because: every lead is graded", "becuase: every lead is graded")
    problems = refusal(folder(tmp_path, table + "extra: 1\n"))
    assert problems == [
        "department.yaml:7: routes[0].becuase: this key is not known here; did you mean 'because'?",
        "department.yaml:11: extra: this key is not known here",
    ]
