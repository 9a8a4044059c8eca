"""Which open positions the jobs reader's twin finds."""

from __future__ import annotations

import pytest

from dealwright.agents.staff.jobs_reader import read
from dealwright.domain.facts import Point
from dealwright.domain.material import Material, PageKind
from tests.agents.builders import a_packet, a_source


def positions(text: str, page: PageKind = "careers", title: str = "") -> set[str]:
    sources = (a_source(text, page=page, title=title),)
    packet = a_packet("jobs_reader", material={"job_board": Material(sources=sources)})
    return {finding.value for finding in read(packet).findings}


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Disponent (m/w/d) in Hamburg", "Disponent"),
        ("Berufskraftfahrer m/w/d", "Berufskraftfahrer"),
        ("- Exploitant transport (H/F)", "Exploitant transport"),
        ("Planner (m/v/x) – Rotterdam", "Planner"),
        ("We are hiring an experienced dispatcher for our Leeds depot.", "dispatcher"),
        ("We're looking for drivers to join us.", "drivers"),
        ("Wir suchen einen Disponenten für Kiel.", "Disponenten"),
        ("Nous recrutons un conducteur pour Lyon.", "conducteur"),
        ("Buscamos un conductor para Valencia.", "conductor"),
        ("Cerchiamo un autista per Brescia.", "autista"),
        ("Wij zoeken een monteur voor Breda.", "monteur"),
        ("Procuramos um motorista para Braga.", "motorista"),
        ("Open positions:\n\n- Fleet manager, Leeds\n- Perks and coffee", "Fleet manager, Leeds"),
        ("Offene Stellen\nLagerist in Vollzeit", "Lagerist in Vollzeit"),
    ],
)
def test_an_open_position_is_reported_by_its_title(text: str, position: str) -> None:
    assert positions(text) == {position}


@pytest.mark.parametrize(
    "text",
    [
        "We currently have no open positions.\nDriver (m/f/d)",
        "Keine offenen Stellen.\nDisponent (m/w/d)",
        "Initiativbewerbung (m/w/d)",
        "We are looking for new partners in Spain.",
        "We are looking for ways to help customers.",
        "We are hiring!",
        "We are looking for enthusiasm in everything.",
        "Our drivers are the heart of the company.",
        "Team\nFleet manager\nDriver",
    ],
)
def test_what_is_no_open_position_is_not_reported(text: str) -> None:
    assert positions(text) == set()


def test_prose_counts_only_on_careers_pages() -> None:
    assert positions("Disponent (m/w/d) in Hamburg", page="about") == set()


def test_a_posting_in_structured_data_counts_anywhere() -> None:
    source = a_source(page="other", stated={Point.HIRING: "Route planner"})
    packet = a_packet("jobs_reader", material={"job_board": Material(sources=(source,))})
    assert [finding.value for finding in read(packet).findings] == ["Route planner"]
