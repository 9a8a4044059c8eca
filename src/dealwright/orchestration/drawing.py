"""Draws a department: as Mermaid text, and as an SVG made here, without a server or a browser."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dealwright.agents.agent import Agent
from dealwright.orchestration.department import Department, Kind

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _MARGIN, _SAG = 150, 48, 48, 16, 24, 32


def mermaid(department: Department) -> str:
    """Return the graph of agents and what they hand on, as a Mermaid flowchart."""
    lines = ["flowchart LR"]
    lines += [f"    {slot.name}([{slot.name}])" for slot in department.slots.values() if slot.given]
    lines += [f"    {name}[{name.replace('_', ' ')}]" for name in department.agents]
    for agent in department.agents.values():
        for read in agent.reads:
            writer = department.writers.get(read.slot)
            source = writer.name if writer else read.slot
            arrow = "-->" if read.required else "-.->"
            lines.append(f"    {source} {arrow}|{read.slot}| {agent.name}")
    asked = [department.writers.get(r.slot) for r in department.routes if r.kind is Kind.ASK]
    lines += [f"    {agent.name} --> person{{{{a person}}}}" for agent in asked if agent]
    return "\n".join(dict.fromkeys(lines)) + "\n"


def svg(department: Department) -> str:
    """Return who works from whom as a picture, from the first agents to the last.

    What is given stands in the box of those who read it; an arc passes over what lies between.
    """
    columns = _columns(department)
    tall = max(map(len, columns))
    places = {
        name: (_MARGIN + x * (_WIDTH + _GAP_X), _MARGIN + y * (_HEIGHT + _GAP_Y))
        for x, column in enumerate(columns)
        for y, name in enumerate(column)
    }
    width = 2 * _MARGIN + len(columns) * (_WIDTH + _GAP_X) - _GAP_X
    height = 2 * _MARGIN + max(tall * (_HEIGHT + _GAP_Y), _HEIGHT + len(columns) * _SAG)
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="sans-serif">',
        f"<title>{escape(department.name)}: who works from whom</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_lines(department, places),
        *(_box(agent, department, places[name]) for name, agent in department.agents.items()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _columns(department: Department) -> list[list[str]]:
    """Put every agent one column to the right of the last one it works from."""
    depth: dict[str, int] = {}
    for slot in department.order:
        writer = department.writers.get(slot)
        if writer is not None:
            depth[slot] = 1 + max((depth.get(read.slot, -1) for read in writer.reads), default=-1)
    columns: list[list[str]] = [[] for _ in range(max(depth.values(), default=0) + 1)]
    for slot, at in depth.items():
        columns[at].append(department.writers[slot].name)
    return columns


def _lines(department: Department, places: Mapping[str, tuple[int, int]]) -> list[str]:
    drawn: list[str] = []
    for agent in department.agents.values():
        for read in agent.reads:
            writer = department.writers.get(read.slot)
            if writer is not None:
                path = _path(places[writer.name], places[agent.name])
                dashes = "" if read.required else ' stroke-dasharray="4 4"'
                drawn.append(f'<path d="{path}" fill="none" stroke="#8a94a6"{dashes}/>')
    return drawn


def _path(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return a line to the next column, or an arc below the columns between."""
    span = (end[0] - start[0]) // (_WIDTH + _GAP_X)
    if span > 1:
        x1, x2, y1, y2 = start[0] + _WIDTH // 2, end[0] + _WIDTH // 2, start[1], end[1]
        low = max(y1, y2) + _HEIGHT + span * _SAG
        return f"M{x1} {y1 + _HEIGHT} C{x1} {low} {x2} {low} {x2} {y2 + _HEIGHT}"
    x1, x2 = start[0] + _WIDTH, end[0]
    y1, y2, bend = start[1] + _HEIGHT // 2, end[1] + _HEIGHT // 2, (x2 - x1) // 2
    return f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"


def _box(agent: Agent, department: Department, place: tuple[int, int]) -> str:
    x, y = place
    given = [read.slot for read in agent.reads if read.slot not in department.writers]
    label = escape(agent.name.replace("_", " "))
    note = escape(f"reads {', '.join(given)}" if given else "")
    middle = x + _WIDTH // 2
    return (
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" fill="#fdf6e3" '
        f'stroke="#4a5568"/><text x="{middle}" y="{y + 20}" text-anchor="middle" font-size="13" '
        f'fill="#1a202c">{label}</text><text x="{middle}" y="{y + 37}" text-anchor="middle" '
        f'font-size="11" fill="#4a5568">{note}</text>'
    )
