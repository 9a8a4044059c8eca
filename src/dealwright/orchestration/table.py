"""The router's table, read from `department.yaml`: every route compiled, every name checked."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from pydantic_core import to_jsonable_python

from dealwright.agents.agent import Agent
from dealwright.agents.shape import ClassShape
from dealwright.domain.intent import IntentKind
from dealwright.orchestration.conditions import Condition, Reference, compile_condition
from dealwright.orchestration.department import Deed, Kind, Route, Slot
from dealwright.orchestration.entries import RouteEntry, TableFile
from dealwright.yaml_lines import Document

DEEDS = {
    "send": IntentKind.EMAIL,
    "book": IntentKind.MEETING,
    "write": IntentKind.CRM,
    "tell": IntentKind.NOTICE,
}
"""What the verbs of acting routes mean."""

KINDS = {"hold": Kind.HOLD, "run": Kind.RUN, "ask": Kind.ASK}
VERBS = (*KINDS, *DEEDS)


def routes_of(
    table: TableFile,
    document: Document,
    agents: Mapping[str, Agent],
    slots: Mapping[str, Slot],
    say: Callable[[int, str], None],
) -> tuple[Route, ...]:
    """Return the compiled routes; what is wrong with the others is said with its line."""
    routes: list[Route] = []
    for at, entry in enumerate(table.routes):
        line = document.line(("routes", at))
        try:
            routes.append(_route(entry, line, agents, slots))
        except ValueError as error:
            say(line, str(error))
    return tuple(routes)


def _route(
    entry: RouteEntry, line: int, agents: Mapping[str, Agent], slots: Mapping[str, Slot]
) -> Route:
    """Return the compiled route.

    Raises:
        ValueError: it does not say one thing, or names what does not exist.

    """
    condition = condition_of(entry.when, slots)
    verbs = [verb for verb in VERBS if getattr(entry, verb) is not None]
    if len(verbs) != 1 or (entry.because is None) is not (verbs == ["hold"]):
        raise ValueError(
            "a route is one of `hold: <why>`, or `run:`, `ask:`, `send:`, `book:`, `write:`, "
            "`tell:` with `because`"
        )
    verb = verbs[0]
    because = entry.hold or entry.because or ""
    route = Route(kind=KINDS.get(verb, Kind.ACT), because=because, condition=condition, line=line)
    match verb:
        case "hold":
            return route
        case "run":
            for name in entry.run or ():
                if name not in agents:
                    raise ValueError(f"there is no agent {name!r}{like(name, agents)}")
            return replace(route, agents=entry.run or ())
        case _:
            slot = str(getattr(entry, verb))
            if slot not in slots:
                raise ValueError(f"there is no slot {slot!r}{like(slot, slots)}")
            deed = None if verb == "ask" else _deed(entry, DEEDS[verb], slots[slot], slots)
            return replace(route, slot=slot, within_days=entry.within_days, deed=deed)


def condition_of(text: str, slots: Mapping[str, Slot]) -> Condition:
    """Return a compiled condition over a department's slots.

    Raises:
        ValueError: it is not valid, or names what does not exist.

    """
    condition = compile_condition(text, defaults_of(slots))
    for reference in condition.references:
        _must_exist(reference, slots)
    return condition


def must_be_written(slot: str, slots: Mapping[str, Slot], agents: Mapping[str, Agent]) -> None:
    """Make sure that an agent of the department writes a slot, so that it can be made anew.

    Raises:
        ValueError: there is no such slot, or none writes it.

    """
    if slot not in slots:
        raise ValueError(f"there is no slot {slot!r}{like(slot, slots)}")
    if slot not in {agent.writes for agent in agents.values()}:
        raise ValueError(f"no agent writes {slot}, so nobody can make it anew")


def _deed(entry: RouteEntry, kind: IntentKind, slot: Slot, slots: Mapping[str, Slot]) -> Deed:
    """Return what an acting route does.

    Raises:
        ValueError: it names no step, or a slot or a field that does not exist.

    """
    if entry.step is None:
        raise ValueError("say `as: <step>`: a step happens once on a case, whatever else happens")
    for name in filter(None, (entry.per, entry.reviewed_by)):
        if name not in slots:
            raise ValueError(f"there is no slot {name!r}{like(name, slots)}")
    fields = slot.shape.fields()
    if entry.not_before and entry.not_before not in fields:
        field = entry.not_before
        raise ValueError(f"{slot.name} has no field {field!r}{like(field, fields)}")
    return Deed(
        kind=kind,
        step=entry.step,
        per=entry.per,
        review=entry.reviewed_by,
        not_before=entry.not_before,
    )


def defaults_of(slots: Mapping[str, Slot]) -> dict[Reference, object]:
    """Return what a field is where the stored product leaves it out."""
    defaults: dict[Reference, object] = {}
    for slot in slots.values():
        if isinstance(slot.shape, ClassShape):
            for name, told in slot.shape.kind.model_fields.items():
                if told.is_required():
                    continue
                default = told.get_default(call_default_factory=True, validated_data={})
                if default is not None:
                    defaults[Reference(slot.name, name)] = to_jsonable_python(default)
    return defaults


def _must_exist(reference: Reference, slots: Mapping[str, Slot]) -> None:
    slot = slots.get(reference.slot)
    if slot is None:
        raise ValueError(f"there is no slot {reference.slot!r}{like(reference.slot, slots)}")
    fields = slot.shape.fields()
    if reference.field is not None and reference.field not in fields:
        raise ValueError(
            f"{reference.slot} has no field {reference.field!r}{like(reference.field, fields)}"
        )


def like(name: str, known: Collection[str]) -> str:
    """Return what else a misspelt name may mean, as the end of a sentence."""
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; there are: {', '.join(sorted(known))}"
