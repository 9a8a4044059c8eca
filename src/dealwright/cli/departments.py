"""`dealwright department`: check one, draw one, add an agent to one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from dealwright.cli.output import OUT, counted, say, show_json, show_table
from dealwright.errors import BadInput
from dealwright.orchestration.drawing import mermaid, svg
from dealwright.runtime import read_department

app = typer.Typer(help="Check, draw and extend departments.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(help="A shipped department's name, or a folder.")]

NAME = re.compile(r"^[a-z][a-z0-9_]{0,39}$")

SOUL = """\
---
agent: {name}
reads: [lead]
writes: {name}_note
brain: auto
budget: {{packet: 700, output: 200}}
# Without a model, this twin answers: one CEL expression per field of the product.
twin:
  note: '"{name} has read " + slots.lead.company'
---
# Identity

You are {name}. Say in one sentence who you are.

# Responsibilities

- Say what you deliver, and to whom.

# Prohibitions

- You never invent what the packet does not say.
"""

SLOT = """\
  {name}_note:
    schema:
      properties:
        note: {{type: string, maxLength: 500}}
      required: [note]
"""

ROUTE = """\
  - run: [{name}]
    because: say here, in a sentence, why {name} works now
    when: "!has(slots.{name}_note)"
"""

TEST = '''\
"""The agent {name}, on its own: what it answers without a model."""

from datetime import date
from pathlib import Path

from dealwright.agents.delivery import by_twin
from dealwright.domain.lead import Lead
from dealwright.runtime import read_department

FOLDER = Path(__file__).parent.parent


def test_{name}_answers_from_what_it_was_given():
    agent = read_department(str(FOLDER)).agents["{name}"]
    product = by_twin(agent, {{"lead": Lead(company="Acme")}}, today=date(2026, 1, 1))
    assert product == {{"note": "{name} has read Acme"}}
'''


@app.command()
def check(
    department: Named = "sales", *, json: Annotated[bool, typer.Option("--json")] = False
) -> None:
    """Check that a department fits together; every misfit is named with file and line."""
    found = read_department(department)
    if json:
        show_json({"department": found.name, "ok": True, "agents": sorted(found.agents)})
        return
    show_table(
        f"{found.name}: {found.about}",
        ("agent", "reads", "writes", "tools", "brain", "tier"),
        (
            (
                agent.name,
                ", ".join(f"{r.slot}{'' if r.required else '?'}" for r in agent.reads),
                agent.writes,
                ", ".join(agent.tools),
                agent.brain,
                agent.tier,
            )
            for slot in found.order
            if (agent := found.writers.get(slot))
        ),
    )
    agents, slots = counted(len(found.agents), "agent"), counted(len(found.slots), "slot")
    OUT.print(f"{found.name} fits together: {agents}, {slots}.")


@app.command()
def graph(
    department: Named = "sales",
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="An .svg or .mmd file; else Mermaid text.")
    ] = None,
) -> None:
    """Draw who works from what."""
    found = read_department(department)
    if output is None:
        OUT.file.write(mermaid(found))
        return
    if output.suffix not in {".svg", ".mmd"}:
        raise BadInput(f"{output} should end in .svg (a picture) or .mmd (Mermaid text)")
    output.write_text(svg(found) if output.suffix == ".svg" else mermaid(found), encoding="utf-8")
    say(f"Drawn to {output}.")


@app.command()
def new_agent(
    name: str,
    folder: Annotated[Path, typer.Option("--department", help="The department's folder.")],
) -> None:
    """Add an agent to a department of your own: its SOUL, its slot, its route and its test."""
    if not NAME.match(name):
        raise BadInput(f"{name!r} is no agent's name: use small letters, digits and underscores")
    table = folder / "department.yaml"
    soul = folder / "agents" / f"{name}.md"
    if not table.is_file():
        raise BadInput(f"{folder} holds no department.yaml; `dealwright init` copies one to start")
    if soul.exists():
        raise BadInput(f"{soul} is there already; choose another name or edit that file")
    before = table.read_text(encoding="utf-8")
    read_department(str(folder))
    tests = folder / "tests"
    tests.mkdir(exist_ok=True)
    soul.write_text(SOUL.format(name=name), encoding="utf-8")
    (tests / f"test_{name}.py").write_text(TEST.format(name=name), encoding="utf-8")
    table.write_text(_extended(before, name), encoding="utf-8")
    say(f"Written: {soul}, {tests / f'test_{name}.py'}, and a slot and a route in {table}.")
    say(f"Next: edit the SOUL, then `dealwright department check {folder}`.")


def _extended(table: str, name: str) -> str:
    """Return the table with a slot at the end of `slots` and a route at the end of `routes`."""
    slots, rest = table.split("\nroutes:", 1)
    following = re.search(r"^\S", rest, re.MULTILINE)
    end = following.start() if following else len(rest)
    parts = (
        f"{slots.rstrip()}\n{SLOT.format(name=name)}",
        f"routes:{rest[:end].rstrip()}\n\n{ROUTE.format(name=name)}",
        rest[end:],
    )
    return "\n".join(part for part in parts if part)
