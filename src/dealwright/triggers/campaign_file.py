"""Reads a campaign's YAML file, every mistake reported with its line and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from pydantic import Field

from dealwright.domain.campaign import Autonomy, Budget, Campaign, Lawful
from dealwright.domain.offer import SLUG, Offer
from dealwright.domain.product import WorkProduct
from dealwright.domain.qualification import IdealCustomer
from dealwright.errors import BadCampaign
from dealwright.triggers import price_book
from dealwright.yaml_lines import Document, load, validated

_TESTS = "`any_of: [...]`, `at_least` and/or `at_most`, or `present: true`"

At = tuple[str | int, ...]
Found = Iterator[tuple[At, str]]
"""Where in the file something is wrong, and what to do about it."""


class _CampaignFile(WorkProduct):
    """The file: a campaign's fields, its name under `campaign`."""

    campaign: str = Field(pattern=SLUG)
    autonomy: Autonomy = Autonomy.SHADOW
    icp: IdealCustomer
    offer: Offer
    budget: Budget = Budget()
    lawful: Lawful | None = None


def read(path: Path) -> Campaign:
    """Return the campaign a file describes.

    Raises:
        BadCampaign: the file cannot be used; the problems say all that is wrong with it.

    """
    document = load(path, BadCampaign)
    if not isinstance(document.data, dict):
        raise BadCampaign(f"{path.name}:1: a campaign file consists of lines like `campaign: name`")
    file, wrong = validated(_CampaignFile, document)
    found = [*wrong, *_misfits(document, path.parent)]
    if file is None or found:
        lines = sorted(dict.fromkeys(found), key=lambda problem: problem[0])
        raise BadCampaign(
            f"{path.name} cannot be used as it stands:",
            [f"{path.name}:{line}: {sentence}" for line, sentence in lines],
        )
    return Campaign(
        name=file.campaign,
        autonomy=file.autonomy,
        icp=file.icp,
        offer=file.offer,
        budget=file.budget,
        prices=price_book.read(path.parent / book) if (book := file.offer.price_book) else None,
        lawful=file.lawful,
    )


def _misfits(document: Document, folder: Path) -> Iterator[tuple[int, str]]:
    """Yield what no field alone shows, also when other fields are wrong."""
    icp, offer = _mapping(document.data, "icp"), _mapping(document.data, "offer")
    for check in (
        _repeated(icp, ("icp", "criteria")),
        _repeated(offer, ("offer", "proof_points")),
        _repeated(offer, ("offer", "links")),
        _criteria(icp),
        _tiers(icp),
        _languages(offer),
        _translations(offer),
        _price_book(offer, folder),
    ):
        for at, sentence in check:
            yield document.line(at), f"{_written(at)}: {sentence}"


def _repeated(part: Mapping[str, object], where: tuple[str, str]) -> Found:
    seen: dict[object, int] = {}
    for at, item in _items(part, where[1]):
        first = seen.setdefault(item["id"], at) if isinstance(item.get("id"), str) else at
        if first != at:
            yield (
                (*where, at, "id"),
                f"{item['id']!r} is also the id of {where[1]}[{first}]; give this one another",
            )


def _criteria(icp: Mapping[str, object]) -> Found:
    for at, criterion in _items(icp, "criteria"):
        where = ("icp", "criteria", at)
        low, high = criterion.get("at_least"), criterion.get("at_most")
        tests = [
            name
            for name, used in (
                ("any_of", bool(criterion.get("any_of"))),
                ("at_least/at_most", low is not None or high is not None),
                ("present", criterion.get("present") is True),
            )
            if used
        ]
        if not tests:
            yield where, f"nothing says when this is met; add {_TESTS}"
        elif len(tests) > 1:
            yield where, f"{' and '.join(tests)} stand together; keep one of them"
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            yield (*where, "at_least"), f"{low} is more than at_most, {high}; swap them"


def _tiers(icp: Mapping[str, object]) -> Found:
    defaults = IdealCustomer.model_fields
    hot = icp.get("hot_from", defaults["hot_from"].default)
    warm = icp.get("warm_from", defaults["warm_from"].default)
    if isinstance(hot, int) and isinstance(warm, int) and hot <= warm:
        at = "hot_from" if "hot_from" in icp else "warm_from"
        yield ("icp", at), f"hot begins at {hot}, warm at {warm}; hot has to begin above warm"


def _languages(offer: Mapping[str, object]) -> Found:
    listed = offer.get("languages")
    for at, code in enumerate(cast("list[object]", listed) if isinstance(listed, list) else []):
        if not (isinstance(code, str) and len(code) == len("en") and code.islower()):
            yield ("offer", "languages", at), f"{code!r} is no language code; write one like en, de"


def _translations(offer: Mapping[str, object]) -> Found:
    listed = offer.get("languages", list(Offer.model_fields["languages"].default))
    languages = cast("list[object]", listed) if isinstance(listed, list) else []
    proofs = [item.get("id") for _, item in _items(offer, "proof_points")]
    translations = _mapping(offer, "translations")
    for language in translations:
        where = ("offer", "translations", language)
        if language in languages[:1]:
            yield where, f"the offer itself is in {language!r}, the first of languages; delete this"
        elif languages and language not in languages:
            yield where, f"{language!r} is not one of the languages; add it to them or delete this"
        for proof_id in _mapping(_mapping(translations, language), "proof_points"):
            if proof_id not in proofs:
                yield (
                    (*where, "proof_points", proof_id),
                    f"there is no proof point {proof_id!r}; use the id it has in proof_points",
                )


def _price_book(offer: Mapping[str, object], folder: Path) -> Found:
    name = offer.get("price_book")
    if not isinstance(name, str) or not name:
        return
    try:
        file = (folder / name).resolve()
        there = file.is_relative_to(folder.resolve()) and file.is_file()
    except (OSError, ValueError):
        there = False
    if not there:
        yield ("offer", "price_book"), f"there is no file {name!r} beside the campaign file"


def _mapping(data: object, key: str) -> Mapping[str, object]:
    part = cast("Mapping[str, object]", data).get(key) if isinstance(data, dict) else None
    return cast("Mapping[str, object]", part) if isinstance(part, dict) else {}


def _items(part: Mapping[str, object], key: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    listed = part.get(key)
    for at, item in enumerate(cast("list[object]", listed) if isinstance(listed, list) else []):
        if isinstance(item, dict):
            yield at, cast("Mapping[str, object]", item)


def _written(at: Sequence[str | int]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in at)[1:]
