"""Wording: the phrases a first touch is made of, language by language. Data, and nothing else."""

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
from dealwright.agents.staff.wording.phrases import KINDS, Wording

__all__ = ["KINDS", "WORDINGS", "Wording"]

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
