"""Which models think: keys, names per tier and limits, as the settings give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

Tier = Literal["light", "standard", "reasoning"]

LOCAL = "local"
"""The provider name of any server that speaks the OpenAI chat protocol and is on no list."""

USUAL: Mapping[str, Mapping[Tier, str]] = MappingProxyType(
    {
        "anthropic": {
            "light": "claude-haiku-5-5",
            "standard": "claude-sonnet-5-5",
            "reasoning": "claude-opus-5-5",
        },
        "openai": {
            "light": "gpt-6-luna",
            "standard": "gpt-6.1-terra",
            "reasoning": "gpt-6.1-sol",
        },
    }
)
"""What a key alone gives: the provider's model for each tier."""

NEAREST: Mapping[Tier, tuple[Tier, ...]] = MappingProxyType(
    {
        "light": ("light", "standard", "reasoning"),
        "standard": ("standard", "reasoning", "light"),
        "reasoning": ("reasoning", "standard", "light"),
    }
)


def account_of(provider: str) -> str:
    """Return whose key, address and limit a provider name goes by: `openai-chat` is OpenAI."""
    return provider.removesuffix("-chat").replace("-", "_")


class ModelSettings(BaseModel):
    """Keys, model names and limits; with no key and no server there is no model, and that is fine.

    A model is `provider:model`; a tier is a comma-separated chain of them, the first one asked
    first, the next one when it fails.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    keys: Mapping[str, SecretStr] = {}
    """Provider → key."""
    base_urls: Mapping[str, str] = {}
    """Provider → address, for gateways, proxies and servers of one's own."""
    light: str = ""
    """Models for simple jobs; the providers' usual ones when empty."""
    standard: str = ""
    """Models for most writing; the providers' usual ones when empty."""
    reasoning: str = ""
    """Models for hard judgements; the providers' usual ones when empty."""
    allow_unknown_prices: bool = False
    """Use models whose price nobody knows, and count their calls as $0."""
    requests_per_minute: Mapping[str, int] = {}
    """Provider → requests per minute, over all processes; no limit of our own when absent."""
    longest_wait: float = Field(default=30, ge=0, le=600)
    """Seconds to wait at most when a provider says when to come back."""

    @field_validator("keys", "base_urls", "requests_per_minute")
    @classmethod
    def _by_account(cls, value: Mapping[str, object]) -> Mapping[str, object]:
        return MappingProxyType({account_of(name): told for name, told in value.items() if told})

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        for name in self._named():
            provider, colon, model = name.partition(":")
            if not (provider and colon and model):
                raise ValueError(f"{name!r} is not a model: write `provider:model`")
            account = account_of(provider)
            if provider == LOCAL and account not in self.base_urls:
                raise ValueError(f"{name} needs an address: set {setting('base_urls', account)}")
            if account not in self.keys and account not in self.base_urls:
                raise ValueError(f"{name} needs a key: set {setting('keys', account)}")
        return self

    @property
    def configured(self) -> bool:
        """Whether there is any model to ask."""
        return bool(self.chain("light"))

    def chain(self, tier: Tier) -> tuple[str, ...]:
        """Return the models to ask for a tier, the first one first; empty without a key."""
        for near in NEAREST[tier]:
            if chain := self._told(near) or self._usual(near):
                return chain
        return ()

    def _told(self, tier: Tier) -> tuple[str, ...]:
        told: str = getattr(self, tier)
        return tuple(name for part in told.split(",") if (name := part.strip()))

    def _usual(self, tier: Tier) -> tuple[str, ...]:
        return tuple(
            f"{name}:{models[tier]}" for name, models in USUAL.items() if name in self.keys
        )

    def _named(self) -> Iterator[str]:
        for tier in NEAREST:
            yield from self._told(tier)


def setting(field: str, account: str = "") -> str:
    """Return the environment variable a person sets."""
    return "__".join(filter(None, ("DEALWRIGHT_MODELS", field, account))).upper()
