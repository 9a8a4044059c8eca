"""What is logged, how, and what is never: set up once, when the command line starts."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from typing import cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

EMAIL = re.compile(r"[^\s@<>\"'(),;:=]+@[^\s@<>\"'(),;:=]+\.[^\s@<>\"'(),;:=]+")
PHONE = re.compile(r"(?<![\w.:/-])\+?\(?\d[\d ()/.-]{6,}\d(?![\w:])")
FEWEST_DIGITS = 8
"""A shorter number is an amount, a year or a count."""
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def set_up(*, verbose: bool, as_json: bool) -> None:
    """Send what this program and its libraries log to stderr, without anybody's addresses."""
    level = logging.INFO if verbose else logging.WARNING
    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info if verbose else in_one_line,
        redacted,
    ]
    shown: Processor = structlog.dev.ConsoleRenderer(colors=False)
    if as_json:
        shown = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def redacted(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Put a mark in place of every e-mail address and telephone number, wherever it stands."""
    del logger, name
    return {key: _without_addresses(value) for key, value in event.items()}


def in_one_line(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Say what an exception is, without its traceback."""
    del logger, name
    told = cast("object", event.pop("exc_info", None))
    error = sys.exc_info()[1] if told is True else told
    if isinstance(told, tuple):
        error = cast("tuple[object, object, object]", told)[1]
    if isinstance(error, BaseException):
        lines = str(error).strip().splitlines() or [""]
        event["error"] = f"{type(error).__name__}: {lines[0]}"
    return event


def _without_addresses(value: object) -> object:
    match value:
        case str():
            return PHONE.sub(_number, EMAIL.sub("[e-mail]", value))
        case Mapping():
            known = cast("Mapping[object, object]", value)
            return {key: _without_addresses(item) for key, item in known.items()}
        case list() | tuple() | set() | frozenset():
            return [_without_addresses(item) for item in cast("list[object]", value)]
        case None | bool() | int() | float():
            return value
        case _:
            return _without_addresses(str(value))


def _number(found: re.Match[str]) -> str:
    text = found[0]
    if DATE.match(text) or sum(map(str.isdigit, text)) < FEWEST_DIGITS:
        return text
    return "[telephone number]"
