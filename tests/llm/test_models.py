"""The model settings: what a key gives, what can be told, and what is refused."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import ValidationError

from dealwright.errors import Misconfigured, ModelFailed
from dealwright.llm.models import ModelSettings
from tests.llm.parts import Office, a_call


def settings(**told: object) -> ModelSettings:
    return ModelSettings.model_validate(told)


def test_without_a_key_there_is_no_model() -> None:
    assert not settings().configured
    assert settings().chain("reasoning") == ()


def test_a_key_gives_each_tier_a_model() -> None:
    told = settings(keys={"anthropic": "sk-made-up"})
    assert told.chain("light") == ("anthropic:claude-haiku-5-5",)
    assert told.chain("reasoning") == ("anthropic:claude-opus-5-5",)


def test_a_second_key_gives_a_second_choice() -> None:
    told = settings(keys={"openai": "sk-made-up", "anthropic": "sk-made-up"})
    assert told.chain("light") == ("anthropic:claude-haiku-5-5", "openai:gpt-6-luna")


def test_a_tier_nobody_named_goes_to_the_nearest() -> None:
    told = settings(base_urls={"local": "http://127.0.0.1:1/v1"}, standard="local:llama3.3")
    assert told.configured
    assert {told.chain(tier) for tier in ("light", "standard", "reasoning")} == {
        ("local:llama3.3",)
    }


def test_one_key_serves_both_protocols_of_a_provider() -> None:
    told = settings(keys={"openai": "sk-made-up"}, light=" openai-chat:gpt-6-luna , openai:x ")
    assert told.chain("light") == ("openai-chat:gpt-6-luna", "openai:x")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"light": "claude"}, "write `provider:model`"),
        ({"light": "mistral:small"}, "set DEALWRIGHT_MODELS__KEYS__MISTRAL"),
        ({"standard": "local:llama"}, "set DEALWRIGHT_MODELS__BASE_URLS__LOCAL"),
    ],
)
def test_a_model_that_cannot_be_reached_is_refused(told: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        settings(**told)


def test_a_key_is_never_shown() -> None:
    assert "sk-made-up" not in repr(settings(keys={"anthropic": "sk-made-up"}))
    with pytest.raises(ValidationError) as refusal:
        settings(light="mistral:x", keys={"anthropic": "sk-1"})
    assert "sk-1" not in str(refusal.value)


async def test_a_provider_nobody_knows_is_a_setting_to_correct() -> None:
    async with Office("http://127.0.0.1:9", "nowhere:model", keys={"nowhere": "x"}) as office:
        with pytest.raises(Misconfigured, match="nowhere:model cannot be used"):
            await office.gateway.complete(a_call())


async def test_without_any_model_a_call_fails_and_reserves_nothing() -> None:
    async with Office("http://127.0.0.1:9", keys={}, light="") as office:
        with pytest.raises(ModelFailed, match="no model is configured"):
            await office.gateway.complete(a_call())
    assert office.purse.scopes == []


def test_the_gateway_is_imported_without_any_models_library() -> None:
    program = (
        "import sys, dealwright.llm.gateway, dealwright.agents.model_brain; "
        "print({'pydantic_ai', 'genai_prices', 'openai', 'anthropic'} & set(sys.modules))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "set()"
