"""Wording: the phrases letters are made of, language by language. Data, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dealwright.agents.staff.wording import (
    dutch,
    english,
    french,
    german,
    italian,
    portuguese,
    spanish,
)
from dealwright.agents.staff.wording.inquiries import INQUIRIES, Inquiry
from dealwright.agents.staff.wording.meetings import MEETINGS, Arranging
from dealwright.agents.staff.wording.phrases import KINDS, Talk, Wording
from dealwright.agents.staff.wording.signs import SIGNS
from dealwright.agents.staff.wording.topics import TOPIC_SIGNS

__all__ = [
    "INQUIRIES",
    "KINDS",
    "MEETINGS",
    "SIGNS",
    "TALKS",
    "TOPIC_SIGNS",
    "WORDINGS",
    "Arranging",
    "Inquiry",
    "Talk",
    "Wording",
]

WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        "en": english.WORDING,
        "de": german.WORDING,
        "fr": french.WORDING,
        "es": spanish.WORDING,
        "it": italian.WORDING,
        "nl": dutch.WORDING,
        "pt": portuguese.WORDING,
    }
)

TALKS: Mapping[str, Talk] = MappingProxyType(
    {
        "en": english.TALK,
        "de": german.TALK,
        "fr": french.TALK,
        "es": spanish.TALK,
        "it": italian.TALK,
        "nl": dutch.TALK,
        "pt": portuguese.TALK,
    }
)
