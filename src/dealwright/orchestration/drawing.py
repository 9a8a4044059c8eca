"""Draws a department: as Mermaid text, and as an SVG made here, without a server or a browser."""

from __future__ import annotations

from html import escape

from dealwright.orchestration.department import Department, Kind

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _MARGIN = 168, 40, 56, 18, 24


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
    """Return the same graph as a picture: columns from what is given to what is handed in."""
    columns = _columns(department)
    places = {
        name: (_MARGIN + x * (_WIDTH + _GAP_X), _MARGIN + y * (_HEIGHT + _GAP_Y))
        for x, column in enumerate(columns)
        for y, name in enumerate(column)
    }
    width = 2 * _MARGIN + len(columns) * (_WIDTH + _GAP_X) - _GAP_X
    height = 2 * _MARGIN + max(map(len, columns)) * (_HEIGHT + _GAP_Y) - _GAP_Y
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" font-family="sans-serif" font-size="13">'
        ),
        f"<title>{escape(department.name)}: who works from what</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_lines(department, places),
        *(_box(name, places[name], given=name in department.slots) for name in places),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _columns(department: Department) -> list[list[str]]:
    """Put everything one column to the right of the last thing it is made from."""
    depth: dict[str, int] = {}
    for slot in department.order:
        writer = department.writers.get(slot)
        if writer is None:
            depth[slot] = 0
        else:
            depth[slot] = 1 + max((depth[read.slot] for read in writer.reads), default=0)
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for slot, at in depth.items():
        writer = department.writers.get(slot)
        columns[at].append(writer.name if writer else slot)
    return columns


def _lines(department: Department, places: dict[str, tuple[int, int]]) -> list[str]:
    drawn: list[str] = []
    for agent in department.agents.values():
        for read in agent.reads:
            writer = department.writers.get(read.slot)
            x1, y1 = places[writer.name if writer else read.slot]
            x2, y2 = places[agent.name]
            x1, y1, y2 = x1 + _WIDTH, y1 + _HEIGHT // 2, y2 + _HEIGHT // 2
            dashes = "" if read.required else ' stroke-dasharray="4 4"'
            bend = (x2 - x1) // 2
            drawn.append(
                f'<path d="M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}" '
                f'fill="none" stroke="#8a94a6"{dashes}/>'
            )
    return drawn


def _box(name: str, place: tuple[int, int], *, given: bool) -> str:
    x, y = place
    fill, radius = ("#eef3fb", 20) if given else ("#fdf6e3", 6)
    label = escape(name.replace("_", " "))
    return (
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="{radius}" '
        f'fill="{fill}" stroke="#4a5568"/>'
        f'<text x="{x + _WIDTH // 2}" y="{y + _HEIGHT // 2 + 5}" text-anchor="middle" '
        f'fill="#1a202c">{label}</text>'
    )
