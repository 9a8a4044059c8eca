"""`doctor`: whether everything this installation needs is there."""

from __future__ import annotations

import typer

from dealwright.cli.call import Call, Ended, command
from dealwright.cli.health import Finding, Health, examined
from dealwright.cli.health_mail import connections_examined
from dealwright.cli.output import OUT, counted, line, say

app = typer.Typer()

KEEP = "Keep it in order"
MARKS = {
    Health.OK: "[green]ok  [/]",
    Health.WARN: "[yellow]warn[/]",
    Health.BAD: "[bold red]bad [/]",
}
NOT_WELL = 1


@command(app, KEEP, departments=True)
async def doctor(call: Call) -> object:
    """Check this installation; each line is ok, warn or bad, and says what to do."""
    findings = [*await examined(call), *await connections_examined(call)]
    bad = sum(finding.health is Health.BAD for finding in findings)
    if not call.json:
        for finding in findings:
            _show(finding)
        say("Everything needed is there." if not bad else f"{counted(bad, 'thing')} to put right.")
    return Ended({"ok": not bad, "checks": findings}, NOT_WELL if bad else 0)


def _show(finding: Finding) -> None:
    OUT.print(MARKS[finding.health], end=" ")
    line(f"{finding.what}: {finding.found}")
    if finding.do:
        line(f"→ {finding.do}", indent=5)
