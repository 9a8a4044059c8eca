"""Drafts as people read and edit them: sentences, what each rests on, and where that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML

from dealwright.agents.shape import ClassShape, Shape
from dealwright.cli.output import line
from dealwright.domain.case import Snapshot
from dealwright.domain.dossier import Dossier
from dealwright.domain.draft import Draft
from dealwright.domain.offer import Offer
from dealwright.errors import BadAnswer, BadInput
from dealwright.yaml_lines import Document, load, load_text, validated

DOSSIER, OFFER = "dossier", "offer"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a claim rests on: a fact of the dossier, or an approved proof point."""

    id: str
    value: str
    source: str
    quote: str = ""
    observed: str = ""
    confidence: float | None = None

    def __str__(self) -> str:
        quote = f" “{self.quote}”" if self.quote else ""
        when = f", {self.observed}" if self.observed else ""
        return f"{self.id}: {self.value} ({self.source}{when}){quote}"


def bases(snapshot: Snapshot) -> Mapping[str, Basis]:
    """Return everything a draft of this case may rest on, by id."""
    found: dict[str, Basis] = {}
    dossier, offer = _value(snapshot, DOSSIER), _value(snapshot, OFFER)
    if dossier is not None:
        for fact in Dossier.model_validate(dossier).facts:
            seen = fact.published_on or fact.observed_at.date()
            found[fact.id] = Basis(
                fact.id, fact.value, fact.source, fact.quote, f"{seen}", fact.confidence
            )
    if offer is not None:
        for proof in Offer.model_validate(offer).proof_points:
            name = f"proof.{proof.id}"
            found[name] = Basis(name, proof.text, proof.source or "the campaign's proof points")
    return found


def resolved(draft: Draft, known: Mapping[str, Basis]) -> list[dict[str, object]]:
    """Return a draft's variants, each sentence with the facts it rests on, for JSON."""
    return [
        {
            "subject": variant.subject,
            "body": variant.body,
            "links": variant.links,
            "sentences": [
                {
                    "text": sentence.text,
                    "role": str(sentence.role),
                    "rests_on": [
                        known.get(each, Basis(each, "", "")) for each in sentence.rests_on
                    ],
                }
                for sentence in variant.sentences
            ],
        }
        for variant in draft.variants
    ]


def show_draft(draft: Draft, known: Mapping[str, Basis], only: int | None = None) -> None:
    """Print a draft: every sentence, and under it what it rests on."""
    for number, variant in enumerate(draft.variants, start=1):
        if only is not None and number != only:
            continue
        line(f"Variant {number} of {len(draft.variants)} ({draft.language})", indent=2)
        line(f"Subject: {variant.subject}", indent=4)
        for sentence in variant.sentences:
            line(sentence.text, indent=4)
            for each in sentence.rests_on:
                line(f"└ {known.get(each, Basis(each, 'not in the dossier', '?'))}", indent=8)
        if variant.links:
            line(f"Links: {', '.join(variant.links)}", indent=4)


def form(value: Mapping[str, object], shape: Shape, notes: Iterable[str]) -> str:
    """Return a product as a form to edit: YAML, every field shown, notes on top."""
    product = shape.parse(value)
    whole = product.model_dump(mode="json") if isinstance(product, Draft) else shape.dump(product)
    written = StringIO()
    yaml = cast("Any", YAML())
    yaml.width = 96
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(whole, written)
    return "".join(f"# {note}\n" for note in notes) + "\n" + written.getvalue()


def read_form(text: str, name: str, shape: Shape) -> Mapping[str, object]:
    """Return the product an edited form holds, as JSON.

    Raises:
        BadInput: it does not fit the shape; every misfit is named with its line.

    """
    return fitted(load_text(text, name, BadInput), shape)


def read_product(path: Path, shape: Shape) -> Mapping[str, object]:
    """Return the product a YAML or JSON file holds, as JSON.

    Raises:
        BadInput: it cannot be read or does not fit the shape.

    """
    return fitted(load(path, BadInput), shape)


def fitted(document: Document, shape: Shape) -> Mapping[str, object]:
    """Return a document as a product of that shape, as JSON.

    Raises:
        BadInput: it does not fit.

    """
    if isinstance(shape, ClassShape):
        product, wrong = validated(shape.kind, document)
        if product is None:
            raise BadInput(
                f"{document.name} is no {shape.name}:",
                [f"{document.name}:{at}: {sentence}" for at, sentence in wrong],
            )
        return shape.dump(product)
    try:
        return shape.dump(shape.parse(document.data))
    except BadAnswer as error:
        raise BadInput(f"{document.name} does not fit: {error}") from error


def _value(snapshot: Snapshot, slot: str) -> Mapping[str, object] | None:
    state = snapshot.slots.get(slot)
    return state.value if state else None
