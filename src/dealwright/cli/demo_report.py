"""The demo's report: what became of each lead, one conversation whole, and what to type next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from dealwright.cli.call import Call, quoted
from dealwright.cli.demo_diary import WIDTH, ZONE
from dealwright.cli.demo_show import Show
from dealwright.cli.demo_stories import Ending, Story
from dealwright.cli.looking import show_products
from dealwright.cli.output import counted, heading, line, say, show_table
from dealwright.domain.conversation import Direction, Message

if TYPE_CHECKING:
    from dealwright.rehearsal.prospects import Said

INDENT = 4
COLUMNS = ("lead", "tier", "we sent", "came back as", "what happened", "next")


def show_ending(call: Call, show: Show, ending: Ending) -> None:
    """Print the report."""
    told = [story for story in ending.stories if story.sent or story.held]
    told.sort(key=lambda story: story.rank)
    line("")
    show_table("What became of them", COLUMNS, (_row(story) for story in told))
    for sentence in _totals(ending):
        line(sentence)
    met = [story for story in ending.stories if story.meeting is not None]
    if met:
        _show_talk(show, max(met, key=lambda story: len(story.talk.messages)))
    _what_next(call, ending)


def _row(story: Story) -> Sequence[object]:
    lead = story.lead.lead
    back = [_came_back(said, read) for said, read in story.told]
    return (
        f"{lead.name}, {lead.company}",
        lead.tier,
        _counted(story.sent),
        _counted([*back, *(["a bounce"] if story.bounced else [])]),
        story.happened,
        story.next,
    )


def _came_back(said: Said, read: str) -> str:
    meant = said.meaning.replace("_", " ")
    return meant if read == said.meaning else f"{meant}, read as {read.replace('_', ' ') or '?'}"


def _counted(steps: Sequence[str]) -> str:
    told = (f"{name} ×{count}" if count > 1 else name for name, count in Counter(steps).items())
    return ", ".join(told) or "–"


def _totals(ending: Ending) -> list[str]:
    """Return the figures, a sentence each."""
    stories = ending.stories
    told = [pair for story in stories for pair in story.told]
    right = sum(read == said.meaning for said, read in told)
    cold = sum(story.lead.lead.tier == "cold" for story in stories)
    back = sum(story.bounced for story in stories)
    barred = sum(story.barred for story in stories)
    silenced = sum(bool(story.suppressed) and not story.bounced for story in stories)
    known = sum(story.record is not None for story in stories)
    letters = sum(len(story.sent) for story in stories)
    if not ending.wire:
        return ["All of this happened before in this database, and nothing happens twice."]
    return [
        f"{counted(len(stories), 'lead')}, {cold} of them too cold to write to. "
        f"{counted(letters, 'letter')} left by SMTP; {counted(barred, 'lead')} held by a rule.",
        f"{len(told)} answers read by IMAP, {right} of them as they were meant; {back} came back.",
        f"{counted(len(ending.booked), 'meeting')} in the calendar, says the CalDAV server. "
        f"{known} leads in the CRM. {silenced} asked for silence, and got it.",
    ]


def _show_talk(show: Show, story: Story) -> None:
    lead = story.lead.lead
    heading(f"One conversation whole: {lead.name}, {lead.company}")
    for message in story.talk.messages:
        _show_message(lead.name, message)
    show_products(story.snapshot, show.runtime.department, {"brief"})


def _show_message(name: str, message: Message) -> None:
    who = "We" if message.direction is Direction.OUT else name
    line(f"\n  {message.at.astimezone(ZONE):%a %d %b %H:%M}  {who}: {message.subject}")
    for each in message.text.splitlines():
        for part in wrap(each, WIDTH - INDENT) or [""]:
            line(part, indent=INDENT)


def _what_next(call: Call, ending: Ending) -> None:
    """Say which commands are worth typing now."""
    waiting = [story.lead.lead.name for story in ending.stories if story.waits]
    met = [story.lead.lead.name for story in ending.stories if story.meeting is not None]
    steps = [("outbox list", "everything that left, and what holds the rest")]
    if met:
        steps.append((f"show {quoted(met[0])}", "everything known about a lead, with sources"))
    if waiting:
        steps.append(("approvals", f"{counted(len(waiting), 'draft')} left for you"))
    steps.append(("tasks", "what people have to do"))
    if call.database is None:
        say("\nThe demo has a database of its own. To look around in it:")
        say(f"  export DEALWRIGHT_DATABASE={call.settings.database}")
    say("\nNext:")
    width = max(len(call.again(command)) for command, _ in steps)
    for command, why in steps:
        say(f"  {call.again(command):<{width}}  {why}")
    say(f"  {'dealwright init my_campaign':<{width}}  begin with leads of your own")
