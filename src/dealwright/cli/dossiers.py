"""Products as people read them: the dossier point by point, the score criterion by criterion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch

from dealwright.agents.shape import ClassShape
from dealwright.cli.output import line
from dealwright.domain.closing_brief import ClosingBrief
from dealwright.domain.dossier import Conflict, Dossier, DossierPoint
from dealwright.domain.draft import Review
from dealwright.domain.facts import Fact, FactSheet
from dealwright.domain.product import WorkProduct
from dealwright.domain.qualification import Qualification
from dealwright.orchestration.department import Department

INDENT = 2


def known_shapes(department: Department) -> Mapping[str, type[WorkProduct]]:
    """Return the class of each slot that has one."""
    return {
        name: slot.shape.kind
        for name, slot in department.slots.items()
        if isinstance(slot.shape, ClassShape)
    }


def show_product(value: Mapping[str, object], kind: type[WorkProduct] | None) -> None:
    """Print a product."""
    if kind is None:
        _fields(value)
    else:
        _show(kind.model_validate(value))


@singledispatch
def _show(product: WorkProduct) -> None:
    _fields(product.model_dump(mode="json", exclude_defaults=True))


@_show.register
def _(product: FactSheet) -> None:
    line(f"{len(product.facts)} facts from {len(product.sources)} sources", indent=INDENT)
    for reason in product.dropped:
        line(f"dropped: {reason}", indent=INDENT)


@_show.register
def _(product: Dossier) -> None:
    line(product.summary, indent=INDENT)
    for point in product.points:
        _show_point(product, point)
    for conflict in product.conflicts:
        _show_conflict(product, conflict)
    if product.gaps:
        line(f"gaps: {', '.join(product.gaps)}", indent=INDENT)
    for trigger in product.triggers:
        line(f"a reason to write now: {trigger}", indent=INDENT)
    for pain in product.pains:
        line(f"suggests: {pain.text} [{', '.join(pain.rests_on)}]", indent=INDENT)


@_show.register
def _(product: Qualification) -> None:
    line(f"{product.tier}, score {product.score}, {product.known} % known", indent=INDENT)
    for judged in product.judgements:
        evidence = f" [{', '.join(judged.evidence)}]" if judged.evidence else ""
        line(f"{judged.criterion}: {judged.met}{evidence}", indent=INDENT)
    line(product.reasoning, indent=INDENT)


@_show.register
def _(product: Review) -> None:
    best = f"; variant {product.best} first" if product.best else ""
    line(f"{product.verdict}{best}", indent=INDENT)
    for fault in product.faults:
        line(f"variant {fault.variant}, {fault.rule}: {fault.reason}", indent=INDENT)


@_show.register
def _(product: ClosingBrief) -> None:
    parts = {
        "pain": (product.pain,) if product.pain else (),
        "in play": product.competitors,
        "against it": product.objections,
        "price": product.price_lines,
        "known": product.known,
        "so far": product.history,
        "to ask": product.to_ask,
    }
    for name, told in parts.items():
        for each in told:
            line(f"{name}: {each.text} [{', '.join(each.rests_on)}]", indent=INDENT)


def _fields(value: Mapping[str, object]) -> None:
    for name, part in value.items():
        line(f"{name}: {part}", indent=INDENT)


def _show_point(dossier: Dossier, point: DossierPoint) -> None:
    if point.value is None:
        return
    line(f"{point.point}: {point.value}", indent=INDENT)
    _each(dossier, point.facts, lambda fact: f"└ {_source(fact)}")


def _show_conflict(dossier: Dossier, conflict: Conflict) -> None:
    settled = "settled" if conflict.settled else "a person has to decide"
    line(f"conflict about {conflict.point} ({settled}): {conflict.rule}", indent=INDENT)
    _each(dossier, (conflict.kept,), lambda fact: f"kept {fact.value}: {_source(fact)}")
    _each(dossier, conflict.against, lambda fact: f"against {fact.value}: {_source(fact)}")


def _each(dossier: Dossier, ids: tuple[str, ...], told: Callable[[Fact], str]) -> None:
    for fact_id in ids:
        fact = dossier.fact(fact_id)
        if fact is not None:
            line(told(fact), indent=2 * INDENT)


def _source(fact: Fact) -> str:
    seen = fact.published_on or fact.observed_at.date()
    return (
        f"{fact.id} {fact.source}, {seen}, {fact.kind}, {fact.confidence:.0%} sure: “{fact.quote}”"
    )
