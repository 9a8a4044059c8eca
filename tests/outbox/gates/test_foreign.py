"""No address that is not ours gets into a letter, however it is disguised; honest words do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dealwright.agents.staff.wording import WORDINGS
from dealwright.errors import BadInput
from dealwright.outbox.foreign import foreign_in
from dealwright.outbox.letters import compose
from tests.outbox.gates.builders import a_correspondence, a_draft
from tests.outbox.gates.disguises import disguised

HERE = Path(__file__).parent
CORPUS = Path(__file__).parents[2] / "agents" / "corpus"
HONEST_ENOUGH = 0.95


def honest() -> list[str]:
    told = (HERE / "honest.txt").read_text(encoding="utf-8").splitlines()
    for path in sorted(CORPUS.glob("honest*.txt")):
        told += [line.split("|", 2)[2].strip() for line in path.read_text("utf-8").splitlines()]
    return told


def test_no_disguised_address_gets_into_a_text() -> None:
    shapes = list(disguised())
    survivors = [shape for shape in shapes if foreign_in(shape) is None]
    assert survivors == []
    sys.stdout.write(f"{len(shapes)} disguises, {len(survivors)} survivors\n")
    assert len(shapes) >= 500


def test_honest_words_pass() -> None:
    texts = honest()
    stopped = {text: kind for text in texts if (kind := foreign_in(text))}
    sys.stdout.write(f"{len(texts)} honest texts, {len(stopped)} stopped: {stopped}\n")
    assert len(texts) >= 250
    assert len(stopped) <= (1 - HONEST_ENOUGH) * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "We meet on 2026-11-24, or on 24.11.2026 at 10:30.",
        "It grew from 2019-2024.",
        "1,200,000 parcels a year",
        "12.000.000 Pakete, 10 000 000 colis, 120 000 000 km",
        "1.234.567 EUR and 1'234'567 CHF",
        "A turnover of € 1.234.567,89 is good.",
    ],
)
def test_dates_and_amounts_are_no_telephone_numbers(text: str) -> None:
    assert foreign_in(text) is None


@pytest.mark.parametrize("language", WORDINGS)
def test_nothing_the_writer_s_own_phrases_say_is_stopped(language: str) -> None:
    wording = WORDINGS[language]
    phrases = (*wording.asks, *wording.closings, *wording.bridges, *wording.proofs)
    assert {text: kind for text in phrases if (kind := foreign_in(text))} == {}


@pytest.mark.parametrize("shape", ["evil.com", "bob@evil.com", "+49 170 1234567", "a\u200bb"])
def test_an_address_in_subject_text_or_source_is_refused_with_the_reason(shape: str) -> None:
    for part, draft, more in (
        ("the text holds", a_draft(f"Look at {shape} today."), {}),
        ("the subject holds", a_draft(subject=f"About {shape}"), {}),
        ("the source of the data holds", a_draft(), {"source": f"list {shape}"}),
    ):
        with pytest.raises(BadInput, match=part):
            compose(draft, 1, a_correspondence(**more))


def test_an_address_split_over_two_sentences_is_seen() -> None:
    first, second, third = a_draft("See evil.").variants[0].sentences
    split = second.model_copy(update={"text": "com has it."})
    with pytest.raises(BadInput, match="a domain"):
        compose(a_draft(sentences=(first, second, split, third)), 1, a_correspondence())


def test_our_own_name_may_look_like_a_domain_but_only_alone() -> None:
    assert foreign_in("I am Ana from Wise.io, the planner.", ours="Wise.io") is None
    assert foreign_in("That is Wise.io.", ours="Wise.io") is None
    for text in ("Wise.io.evil.com", "evil.Wise.io", "a@Wise.io", "Wise.io/pay", "Wise.iot"):
        assert foreign_in(f"See {text} now", ours="Wise.io") is not None
    assert foreign_in("I am Ana from Wise.io.") == "a domain"
