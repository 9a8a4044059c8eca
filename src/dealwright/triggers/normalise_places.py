"""Normalises what depends on a place: country, time zone, telephone number.

Each function leaves its own results as they are, and raises `ValueError` with the reason as half
a sentence when a value cannot be what its field says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

import phonenumbers

from dealwright.triggers.normalise import folded, shown


def country(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country given as code or name in seven languages.

    Raises:
        ValueError: no country goes by that name.

    """
    name = folded(text)
    code = name.upper()
    if code in _zones():
        return code
    if known := _names().get(name.removeprefix("the ")):
        return known
    raise ValueError(f'{shown(text)} is no country this import knows; write a code such as "DE"')


def timezone(text: str) -> str:
    """Return a time zone's IANA name.

    Raises:
        ValueError: there is no such zone.

    """
    if known := _zone_names().get(text.replace(" ", "_").casefold()):
        return known
    raise ValueError(f'{shown(text)} is no time zone; write it like "Europe/Berlin"')


def only_timezone(country_code: str) -> str | None:
    """Return the time zone all of a country keeps, or None when it has several."""
    return _zones().get(country_code) or None


def phone(text: str, country_code: str | None) -> str:
    """Return a telephone number in E.164 form; an extension is left out.

    Raises:
        ValueError: it cannot be dialled, or nobody knows from where.

    """
    number = re.sub(r"^tel:\s*", "", text, flags=re.IGNORECASE)
    if re.fullmatch(r"\d(?:[.,]\d+)?[eE]\+?\d+", number):
        raise ValueError(f"{shown(text)} was rounded by a spreadsheet; format the column as text")
    if number.startswith("00") and country_code is None:
        number = f"+{number[2:]}"
    try:
        parsed = phonenumbers.parse(number, country_code)
    except phonenumbers.NumberParseException as error:
        if country_code is None and not number.startswith("+"):
            raise ValueError(
                f"{shown(text)} does not say its country; begin it with + and the country's code, "
                "or fill in the country"
            ) from error
        raise ValueError(f"{shown(text)} is no telephone number") from error
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError(f"{shown(text)} is no telephone number: it has too few or too many digits")
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    again = phonenumbers.parse(written)
    if phonenumbers.format_number(again, phonenumbers.PhoneNumberFormat.E164) != written:
        raise ValueError(f"{shown(text)} is no telephone number")
    return written


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    text = files("dealwright.triggers").joinpath("normalise_countries.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return tuple((code, zone, names) for code, zone, names in lines)


@cache
def _zones() -> Mapping[str, str]:
    return {code: zone for code, zone, _ in _rows()}


@cache
def _names() -> Mapping[str, str]:
    return {name: code for code, _, names in _rows() for name in names.split("|")}


@cache
def _zone_names() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones()}
