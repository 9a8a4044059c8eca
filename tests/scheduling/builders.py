"""A meeting as a case's slot has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from dealwright.domain.scheduling import Appointment, MeetingState
from tests.agents.builders import TODAY

START = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC) + timedelta(days=3)
HALF_HOUR = timedelta(minutes=30)


def a_meeting(state: MeetingState = MeetingState.BOOKED, **more: Any) -> Appointment:
    known = {"state": state, "stands": True, "start": START, "end": START + HALF_HOUR}
    about = {"uid": "u.1@seller.example", "title": "A talk", "place": "by telephone"}
    who = {"calendar": "anna", "organiser": "Anna Vogel", "message": 2, "after": 2, "at": START}
    return Appointment.model_validate({**known, **about, **who, **more})
