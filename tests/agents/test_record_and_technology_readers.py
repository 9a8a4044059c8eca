"""The two readers that report only what is stated without doubt."""

from __future__ import annotations

from dealwright.agents.staff import record_reader, technology_reader
from dealwright.agents.staff.readers import facts_from
from dealwright.domain.facts import Point, SourceKind
from dealwright.domain.material import Material
from tests.agents.builders import a_packet, a_source


def test_a_recorded_value_becomes_a_fact_of_the_record() -> None:
    record = a_source("A note: they have 900 employees.", stated={Point.SIZE: "120"}).model_copy(
        update={"kind": SourceKind.RECORD, "url": "record:import"}
    )
    packet = a_packet("record_reader", material={"record": Material(sources=(record,))})
    (fact,) = facts_from(packet, record_reader.read(packet)).facts
    assert (fact.id, fact.value, fact.kind) == ("record.1", "120", SourceKind.RECORD)


def test_a_technology_is_reported_by_its_fingerprint_alone() -> None:
    page = a_source(
        "We love WordPress.", stated={Point.TECHNOLOGY: "Shopify", Point.COMPANY: "Shopify Inc"}
    )
    packet = a_packet("technology_reader", material={"technology": Material(sources=(page,))})
    (finding,) = technology_reader.read(packet).findings
    assert (finding.point, finding.value) == (Point.TECHNOLOGY, "Shopify")
