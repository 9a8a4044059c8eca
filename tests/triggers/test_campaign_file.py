"""A campaign file is understood whole, or every mistake in it is told with its line."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dealwright
from dealwright.domain.campaign import Autonomy, Budget, Campaign
from dealwright.domain.offer import Link, Offer, ProofPoint, Sender, Translation
from dealwright.domain.qualification import Criterion, IdealCustomer
from dealwright.errors import BadCampaign
from dealwright.triggers import campaign_file, leads_file
from tests.triggers.files import outcome

STARTER = Path(dealwright.__file__).parent / "departments" / "starter"
SMALL = """\
campaign: small
icp:
  criteria:
    - {id: size, says: has 50 people, weight: 10, point: size, at_least: 50}
offer:
  product: Routewise
  helps_with: plan tours
  ask: Shall we talk?
  sender: {name: Al, company: Routewise, postal_address: "Street 1, Ulm"}
"""


def read(folder: Path, text: str) -> Campaign:
    path = folder / "campaign.yaml"
    path.write_text(text, encoding="utf-8")
    return campaign_file.read(path)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(BadCampaign) as caught:
        read(folder, text)
    return str(caught.value)


def test_the_starter_campaign_is_valid_and_sends_nothing() -> None:
    campaign = campaign_file.read(STARTER / "campaign.yaml")
    assert campaign.autonomy is Autonomy.SHADOW
    assert sum(criterion.weight for criterion in campaign.icp.criteria) == 100


def test_the_starter_explains_every_key_there_is() -> None:
    text = (STARTER / "campaign.yaml").read_text("utf-8")
    parts = (
        Campaign,
        Budget,
        IdealCustomer,
        Criterion,
        Offer,
        ProofPoint,
        Link,
        Sender,
        Translation,
    )
    keys = {key for part in parts for key in part.model_fields}
    assert {key for key in keys if not re.search(rf"\b{key}\b", text)} == set()


def test_the_starter_says_all_of_its_offer_in_each_of_its_languages() -> None:
    offer = campaign_file.read(STARTER / "campaign.yaml").offer
    assert [offer.languages[0], *offer.translations] == list(offer.languages)
    ids = {proof.id for proof in offer.proof_points}
    assert all(said.proof_points.keys() == ids for said in offer.translations.values())


def test_the_starter_leads_are_all_taken() -> None:
    file = leads_file.read(STARTER / "leads.csv")
    assert (len(file.leads), file.problems, file.merged) == (5, (), ())
    assert all(new.lead.domain and new.lead.domain.endswith(".example") for new in file.leads)


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    campaign = read(tmp_path, SMALL)
    assert (campaign.name, campaign.autonomy) == ("small", Autonomy.SHADOW)
    assert (campaign.icp.hot_from, campaign.budget.per_lead) == (70, Decimal("0.10"))


WRONG = """\
campaign: Route Wise
autonomi: shadow
icp:
  criteria:
    - id: size
      says: 50 to 500
      weight: heavy
      point: sizes
      at_least: 500
      at_most: 50
      present: true
    - id: size
      says: x
      weight: 500
      point: size
  hot_from: 20
offer:
  product: Routewise
  helps_with: [plan]
  ask: Do you?
  languages: [english]
  links:
    - {id: booking, url: "http://x", label: Book}
  proof_points:
    - {id: a, text: True, until: soon}
    - {id: a, text: b}
  sender:
    company: ""
    postal_adress: x
    name: Al
  price_book: ../prices.csv
budget:
  per_lead: -1
  total: much
"""
TOLD = """\
campaign.yaml cannot be used as it stands:
campaign.yaml:1: campaign: "Route Wise" does not fit; use lower-case letters, digits, - and _, a \
letter first
campaign.yaml:2: autonomi: this key is not known here; did you mean 'autonomy'?
campaign.yaml:5: icp.criteria[0]: at_least/at_most and present stand together; keep one of them
campaign.yaml:7: icp.criteria[0].weight: write a whole number instead of "heavy"
campaign.yaml:8: icp.criteria[0].point: "sizes" is not one of: company, offering, industry, \
customers, founded, size, headquarters, locations, leadership, contact, technology, hiring, news, \
funding, growth, partners; did you mean 'size'?
campaign.yaml:9: icp.criteria[0].at_least: 500 is more than at_most, 50; swap them
campaign.yaml:12: icp.criteria[1].id: 'size' is also the id of criteria[0]; give this one another
campaign.yaml:12: icp.criteria[1]: nothing says when this is met; add `any_of: [...]`, `at_least` \
and/or `at_most`, or `present: true`
campaign.yaml:14: icp.criteria[1].weight: 500 is too much; write 100 or less
campaign.yaml:16: icp.hot_from: hot begins at 20, warm at 40; hot has to begin above warm
campaign.yaml:19: offer.helps_with: write a text here; in quotes if it looks like a number or a list
campaign.yaml:21: offer.languages[0]: 'english' is no language code; write one like en, de
campaign.yaml:23: offer.links[0].url: "http://x" does not fit; write an address that begins with \
https://
campaign.yaml:25: offer.proof_points[0].text: write a text here; in quotes if it looks like a \
number or a list
campaign.yaml:25: offer.proof_points[0].until: write a date like 2027-12-31 instead of "soon"
campaign.yaml:26: offer.proof_points[1].id: 'a' is also the id of proof_points[0]; give this one \
another
campaign.yaml:27: offer.sender.postal_address: this is missing
campaign.yaml:28: offer.sender.company: write something here; it is empty
campaign.yaml:29: offer.sender.postal_adress: this key is not known here; did you mean \
'postal_address'?
campaign.yaml:31: offer.price_book: there is no file '../prices.csv' beside the campaign file
campaign.yaml:33: budget.per_lead: -1 is too little; write 0 or more
campaign.yaml:34: budget.total: write an amount like 0.10 instead of "much\""""


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    assert refusal(tmp_path, WRONG) == TOLD


def test_a_price_book_stands_beside_the_campaign(tmp_path: Path) -> None:
    text = SMALL.replace("offer:\n", "offer:\n  price_book: prices.csv\n")
    assert "campaign.yaml:6: offer.price_book: there is no file 'prices.csv'" in refusal(
        tmp_path, text
    )
    (tmp_path / "prices.csv").write_text("item,price\n")
    assert read(tmp_path, text).offer.price_book == "prices.csv"
    (inner := tmp_path / "inner").mkdir()
    assert "there is no file '../prices.csv'" in refusal(
        inner, text.replace("prices.csv", "../prices.csv")
    )


TRANSLATED = """\
  languages: [en, de]
  proof_points: [{id: setup, text: Set up in two days.}]
  translations:
    en: {helps_with: plan tours, ask: Shall we?}
    de:
      helps_with: Touren zu planen
      ask: Wollen wir?
      proof_points:
        setup: In zwei Tagen eingerichtet.
        speed: Schnell.
    fr:
      ask: ""
      aks: On en parle ?
"""
TRANSLATED_WRONG = """\
campaign.yaml cannot be used as it stands:
campaign.yaml:13: offer.translations.en: the offer itself is in 'en', the first of languages; \
delete this
campaign.yaml:19: offer.translations.de.proof_points.speed: there is no proof point 'speed'; use \
the id it has in proof_points
campaign.yaml:20: offer.translations.fr.helps_with: this is missing
campaign.yaml:20: offer.translations.fr: 'fr' is not one of the languages; add it to them or \
delete this
campaign.yaml:21: offer.translations.fr.ask: write something here; it is empty
campaign.yaml:22: offer.translations.fr.aks: this key is not known here; did you mean 'ask'?"""


def test_a_translation_fits_the_offer(tmp_path: Path) -> None:
    assert refusal(tmp_path, SMALL + TRANSLATED) == TRANSLATED_WRONG
    for text in ("[de]", "{en: [a]}", "{de: {proof_points: [a]}}", "{1: 2}"):
        assert "campaign.yaml:10: offer.translations" in refusal(
            tmp_path, f"{SMALL}  translations: {text}\n"
        )


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
SENTENCES = {
    "campaign: a\ncampaign: b\n": 'campaign.yaml:2: the key "campaign" stands twice',
    "icp:\n\tcriteria: []\n": "campaign.yaml:2: a tab is not allowed here; indent with spaces",
    "campaign: a: b\n": "campaign.yaml:1: a colon inside a text: put the text in quotes, "
    '"like: this"',
    "campaign: x\n  icp: y\n": "campaign.yaml:2: a colon inside a text: put the text in quotes, "
    '"like: this"',
    "": "campaign.yaml:1: a campaign file consists of lines like `campaign: name`",
    "- a\n": "campaign.yaml:1: a campaign file consists of lines like `campaign: name`",
    "[" * 5000: "campaign.yaml:1: this is nested too deeply",
    "- " * 5000: "campaign.yaml:1: this is nested too deeply",
    BOMB: "campaign.yaml:1: this repeats parts of itself (`&` and `*`) beyond 20,000 parts; write "
    "them out",
}


@pytest.mark.parametrize("text", SENTENCES, ids=range(len(SENTENCES)))
def test_what_is_no_campaign_says_why(tmp_path: Path, text: str) -> None:
    assert refusal(tmp_path, text) == SENTENCES[text]


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    path = tmp_path / "campaign.yaml"
    with pytest.raises(BadCampaign, match=r"campaign\.yaml cannot be read: No such file"):
        campaign_file.read(path)
    path.write_bytes("campaign: a\noffer:\n  product: Müller\n".encode("cp1252"))
    with pytest.raises(BadCampaign) as caught:
        campaign_file.read(path)
    assert str(caught.value) == "campaign.yaml:3: this is not UTF-8; save the file as UTF-8"


PIECES = st.sampled_from(
    [
        "&a ",
        "*a",
        "!!set ",
        "? ",
        "- ",
        "\t",
        "{",
        "}",
        "[",
        "|",
        "%",
        "---\n",
        "!!int ",
        "<<: ",
        "'",
    ]
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.tuples(st.integers(0, len(SMALL)), PIECES | st.text(max_size=3))))
def test_any_text_is_a_campaign_or_a_sentence_with_a_line(
    tmp_path: Path, changes: list[tuple[int, str]]
) -> None:
    text = SMALL
    for at, piece in changes:
        text = text[:at] + piece + text[at + len(piece) // 2 :]
    path = tmp_path / "campaign.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    campaign, sentence = outcome(lambda: campaign_file.read(path))
    assert campaign or sentence.startswith("campaign.yaml")
