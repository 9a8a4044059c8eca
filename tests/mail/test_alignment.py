"""Whether the DNS lets a mailbox's letters be believed."""

from __future__ import annotations

import pytest

from dealwright.domain.connections import Dkim, Mailbox, Server
from dealwright.tools.mail.alignment import records

BOX = Mailbox(
    id="ada",
    address="ada@mail.routewise.example",
    name="Ada",
    smtp=Server(host="mail.routewise.example", port=465),
    dkim=Dkim(selector="s1", domain="routewise.example", key_file="key.pem"),
)
ZONE = {
    "mail.routewise.example": ["unrelated", "v=spf1 mx -all"],
    "s1._domainkey.routewise.example": ["v=DKIM1; p=MIIB"],
    "_dmarc.routewise.example": ["v=DMARC1; p=none"],
}


def there(zone: dict[str, list[str]]) -> dict[str, bool | None]:
    return {one.what: one.there for one in records(BOX, lambda name: zone.get(name, []))}


def test_what_is_published_is_found_at_the_domain_or_above() -> None:
    assert there(ZONE) == {"SPF": True, "DKIM": True, "DMARC": True}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("mail.routewise.example", "SPF"),
        ("s1._domainkey.routewise.example", "DKIM"),
        ("_dmarc.routewise.example", "DMARC"),
    ],
)
def test_what_is_missing_is_named_with_what_to_do(name: str, what: str) -> None:
    zone = {known: texts for known, texts in ZONE.items() if known != name}
    assert [one for one, found in there(zone).items() if not found] == [what]
    (lacking,) = (one for one in records(BOX, lambda n: zone.get(n, [])) if not one.there)
    assert lacking.do


def test_where_nobody_answers_nothing_is_claimed() -> None:
    assert {one.there for one in records(BOX, lambda _: None)} == {None}
