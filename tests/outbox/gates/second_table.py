"""A second table of jurisdictions, written apart from the first and the other way round.

It says for each ground and each kind of subscriber who allows it. The two must agree.
"""

from __future__ import annotations


def codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


EU = codes("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE")
REST_OF_EUROPE = codes("GB CH NO IS LI TR UA")
AMERICAS = codes("US CA BR MX")
ASIA_AND_OCEANIA = codes("AU NZ JP SG HK IN IL AE")
AFRICA = frozenset({"ZA"})
KNOWN = EU | REST_OF_EUROPE | AMERICAS | ASIA_AND_OCEANIA | AFRICA

TOLD_AT_FIRST_CONTACT = EU | codes("GB CH NO IS LI")

NOT_EVEN_OWN_CUSTOMERS = codes("PL HU SG HK IN AE TR UA")
BUSINESSES_MAY_REFUSE = codes("EE FI FR IE SE GB BR")
"""Companies may be written to until they refuse; sole traders are treated as natural persons."""
EVERYBODY_MAY_REFUSE = frozenset({"US"})
PUBLICATION_INVITES = codes("CA AU NZ JP")

TWO_YEARS, HALF_A_YEAR, ONE_YEAR = 730, 183, 365


def allowed(country: str | None, subscriber: str, basis: str, age: int) -> bool:
    """Say whether somebody may be written to."""
    if country not in KNOWN or subscriber not in {"company", "sole_trader"} or age < 0:
        return False
    business = subscriber == "company"
    free = country in EVERYBODY_MAY_REFUSE or (business and country in BUSINESSES_MAY_REFUSE)
    customers_for = ONE_YEAR if country == "IE" and not business else TWO_YEARS
    grounds = {
        "consent": True,
        "legitimate_interest": free,
        "published": free or country in PUBLICATION_INVITES or (business and country == "NL"),
        "inquiry": (free or country in {"GB", "CA"}) and age < HALF_A_YEAR,
        "contract": country not in NOT_EVEN_OWN_CUSTOMERS and age < customers_for,
    }
    return grounds[basis]
