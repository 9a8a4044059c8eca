"""Price books: a YAML or a CSV file beside the campaign, every mistake with its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from dealwright.errors import BadCampaign
from dealwright.orchestration.loader import PACKAGED
from dealwright.triggers import campaign_file, price_book

TABLE = """\
id,says,per,words,low,high,period,fewest,optional,currency
setup,setting it up,,,500,900,,,,CHF
truck,"each truck, a month",truck,lorry|Lkw,19.50,25,month,10,,CHF
course,a course,dispatcher,,80,80,,,yes,CHF
"""
YAML = """\
currency: CHF
prices:
  - {id: setup, says: setting it up, low: 500, high: 900}
  - {id: truck, says: "each truck, a month", per: truck, words: [lorry, Lkw],
     low: 19.50, high: 25, period: month, fewest: 10}
  - {id: course, says: a course, per: dispatcher, low: 80, high: 80, optional: true}
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_and_a_yaml_file_say_the_same(tmp_path: Path) -> None:
    table = price_book.read(written(tmp_path, "prices.csv", TABLE))
    assert table == price_book.read(written(tmp_path, "prices.yaml", YAML))
    assert table == price_book.read(
        written(tmp_path, "p.csv", TABLE.replace(",", ";").replace("each truck;", "each truck,"))
    )
    assert table.currency == "CHF"
    truck = table.price("truck")
    assert truck is not None
    assert (truck.low, truck.words, truck.fewest) == (Decimal("19.50"), ("lorry", "Lkw"), 10)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("p.csv", "id,says,low,high\nx,X,9,1\n", "p.csv:2: the row"),
        ("p.csv", "id,says,low,high\nx,X,1,2\nX!,X,1,2\n", "p.csv:3: id"),
        ("p.csv", "id,says,low,high\nx,X,1,2\nx,Y,1,2\n", "two prices have the id 'x'"),
        ("p.csv", "id,says,low,high,currency\nx,X,1,2,EUR\ny,Y,1,2,CHF\n", "use one currency"),
        ("p.csv", "id,says,low,high,colour\nx,X,1,2,red\n", "p.csv:2: colour"),
        ("p.yaml", "prices:\n  - {id: x, says: X, low: a, high: 2}\n", "p.yaml:2"),
        ("p.yaml", "prices: 3\n", "p.yaml:1"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, name: str, text: str, says: str) -> None:
    with pytest.raises(BadCampaign, match=says):
        price_book.read(written(tmp_path, name, text))


def test_what_is_no_text_or_too_much_of_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(b"id\xff\xfe")
    with pytest.raises(BadCampaign, match="UTF-8"):
        price_book.read(tmp_path / "p.csv")
    with pytest.raises(BadCampaign, match="too large"):
        price_book.read(written(tmp_path, "q.csv", "id\n" + "x" * 1_000_001))


def test_a_campaign_brings_its_price_book_along(tmp_path: Path) -> None:
    text = (PACKAGED / "starter" / "campaign.yaml").read_text(encoding="utf-8")
    written(tmp_path, "prices.csv", TABLE)
    path = written(tmp_path, "campaign.yaml", text.replace("  # price_book:", "  price_book:"))
    prices = campaign_file.read(path).prices
    assert prices is not None
    assert [price.id for price in prices.prices] == ["setup", "truck", "course"]
    assert campaign_file.read(written(tmp_path, "c.yaml", text)).prices is None
