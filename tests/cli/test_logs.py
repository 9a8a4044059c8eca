"""Logs: to stderr, without anybody's address, in one line unless asked for more."""

from __future__ import annotations

import io
import json
import logging
from contextlib import redirect_stderr

import pytest
import structlog

from dealwright.cli.logs import set_up


def logged(*, as_json: bool = True, verbose: bool = False, **told: object) -> str:
    err = io.StringIO()
    with redirect_stderr(err):
        set_up(verbose=verbose, as_json=as_json)
        structlog.get_logger("test").error("it.broke", **told)
    return err.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "ann.berg+x@nord-wind.example",
        "call +49 40 123456-78 now",
        "(0221) 987 65 43",
        "030/1234567",
    ],
)
def test_no_address_or_number_is_logged(text: str) -> None:
    line = logged(where=text, deep={"list": [text]}, odd=ValueError(text))
    assert text not in line
    assert json.loads(line)["level"] == "error"


@pytest.mark.parametrize(
    "text", ["2026-11-21 14:00", "12 leads", "http://127.0.0.1:8080/x", "$0.0123"]
)
def test_dates_amounts_and_places_stay(text: str) -> None:
    assert json.loads(logged(where=text))["where"] == text


def test_an_error_is_one_line_without_its_traceback() -> None:
    line = logged(exc_info=OSError(28, "No space left on device"))
    assert "No space left on device" in line
    assert "Traceback" not in line
    assert len(line.splitlines()) == 1


def test_other_libraries_logs_are_redacted_too() -> None:
    err = io.StringIO()
    with redirect_stderr(err):
        set_up(verbose=False, as_json=True)
        logging.getLogger("somebody").warning("mail to %s", "ann@nord.example")
        logging.getLogger("somebody").info("not of interest")
    assert "ann@" not in err.getvalue()
    assert len(err.getvalue().splitlines()) == 1
