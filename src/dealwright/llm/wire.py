"""The wire to one model: one request, one response or one typed trouble; no retries here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from dealwright.domain.run import Outcome
from dealwright.errors import Misconfigured
from dealwright.llm.call import ModelCall, Repair, Reply, Trouble
from dealwright.llm.models import LOCAL, ModelSettings, account_of, setting

if TYPE_CHECKING:
    from pydantic_ai.exceptions import AgentRunError
    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import Model, ModelRequestParameters
    from pydantic_ai.providers import Provider
    from pydantic_ai.settings import ModelSettings as RequestSettings

THINKING_TOKENS = 2000
"""Room for what a model thinks before it answers, where it does; it counts as output."""

NOTHING = "(nothing)"


class _Fate(NamedTuple):
    """What becomes of a request that brought no response."""

    outcome: Outcome
    again: bool
    paid: bool


class Wire:
    """One model at one provider."""

    def __init__(self, name: str, model: Model) -> None:
        self.name = name
        """`provider:model`."""
        self._model = model

    @property
    def account(self) -> str:
        """Whose key and limit it goes by."""
        return account_of(self.name.partition(":")[0])

    def output_tokens(self, call: ModelCall) -> int:
        """Return the tokens the model may write at most, thoughts included."""
        return call.max_output_tokens + (THINKING_TOKENS if self._thinks(call) else 0)

    async def ask(self, call: ModelCall, repair: Repair | None, seconds: float) -> Reply:
        """Send one request and return the response.

        Raises:
            Trouble: there was none.

        """
        from pydantic_ai.direct import model_request
        from pydantic_ai.exceptions import AgentRunError

        try:
            async with asyncio.timeout(seconds):
                response = await model_request(
                    self._model,
                    _messages(call, repair),
                    model_settings=self._settings(call, seconds),
                    model_request_parameters=self._parameters(call),
                )
        except TimeoutError as error:
            told = f"{self.name} took longer than {seconds:.3g} s"
            raise Trouble(told, Outcome.TIMED_OUT, again=False, paid=True) from error
        except AgentRunError as error:
            raise self._trouble(error) from error
        return _reply(response)

    def _thinks(self, call: ModelCall) -> bool:
        profile = self._model.profile
        can = profile.get("supports_thinking", False)
        return profile.get("thinking_always_enabled", False) or (can and call.tier == "reasoning")

    def _settings(self, call: ModelCall, seconds: float) -> RequestSettings:
        from pydantic_ai.models.openai import OpenAIResponsesModel, OpenAIResponsesModelSettings
        from pydantic_ai.settings import ModelSettings as RequestSettings

        settings = RequestSettings(
            max_tokens=self.output_tokens(call),
            max_retries=0,
            timeout=seconds,
            thinking="low" if self._thinks(call) else False,
        )
        if isinstance(self._model, OpenAIResponsesModel):
            # Responses are kept by the provider unless it is told not to.
            return OpenAIResponsesModelSettings(**settings, openai_store=False)
        return settings

    def _parameters(self, call: ModelCall) -> ModelRequestParameters:
        """Ask for structured output natively where the model can: a tool takes more tokens."""
        from pydantic_ai.models import ModelRequestParameters
        from pydantic_ai.output import OutputObjectDefinition
        from pydantic_ai.tools import ToolDefinition

        schema = dict(call.schema)
        if self._model.profile.get("supports_json_schema_output", False):
            return ModelRequestParameters(
                output_mode="native",
                output_object=OutputObjectDefinition(json_schema=schema, name="answer"),
            )
        tool = ToolDefinition(name="answer", parameters_json_schema=schema, kind="output")
        return ModelRequestParameters(
            output_mode="tool", output_tools=[tool], allow_text_output=False
        )

    def _trouble(self, error: AgentRunError) -> Trouble:
        """Translate what the library raises. Whatever was sent and not refused may be charged."""
        from pydantic_ai import exceptions as pai

        kinds: tuple[tuple[type[Exception], _Fate], ...] = (
            (pai.ModelRateLimitError, _Fate(Outcome.RATE_LIMITED, again=True, paid=False)),
            (pai.ModelQuotaExceededError, _Fate(Outcome.RATE_LIMITED, again=False, paid=False)),
            (pai.ModelUnavailableError, _Fate(Outcome.OVERLOADED, again=True, paid=False)),
            (pai.ModelServerError, _Fate(Outcome.UNREACHABLE, again=True, paid=False)),
            (pai.ModelTimeoutError, _Fate(Outcome.TIMED_OUT, again=False, paid=True)),
            (pai.ModelRequestRejectedError, _Fate(Outcome.REFUSED, again=False, paid=False)),
        )
        unknown = _Fate(Outcome.UNREACHABLE, again=True, paid=True)
        outcome, again, paid = next(
            (fate for kind, fate in kinds if isinstance(error, kind)), unknown
        )
        if isinstance(error, pai.ModelConnectionError) and error.phase in {"pool", "connect"}:
            paid = False
        told = f"{self.name}: {error.message[:200]}"
        if isinstance(error, pai.ModelAuthenticationError):
            told = f"{self.name} does not accept the key: check {setting('keys', self.account)}"
        retry_after = error.retry_after if isinstance(error, pai.ModelAPIError) else None
        return Trouble(told, outcome, again=again, paid=paid, retry_after=retry_after)


class Wires:
    """Opens the wires that are used, once each, and closes them together."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._open: dict[str, Wire] = {}
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()

    async def wire(self, name: str) -> Wire:
        """Return the wire to a model.

        Raises:
            Misconfigured: the model's library is not installed, or there is no such provider.

        """
        async with self._opening:
            if name not in self._open:
                model = await self._model(name)
                self._open[name] = Wire(name, await self._stack.enter_async_context(model))
        return self._open[name]

    async def close(self) -> None:
        """Close every connection."""
        self._open.clear()
        await self._stack.aclose()

    async def _model(self, name: str) -> Model:
        provider = name.partition(":")[0]
        try:
            # Seconds of importing, which must not hold up everything else.
            await asyncio.to_thread(import_module, "pydantic_ai.models.openai")
            return _local(name, self._told(LOCAL)) if provider == LOCAL else self._listed(name)
        except ImportError as error:
            raise Misconfigured(
                f"{name} needs a library that is not installed: "
                f"pip install 'dealwright[models]' 'pydantic-ai-slim[{account_of(provider)}]'"
            ) from error
        except (TypeError, ValueError, RuntimeError) as error:
            raise Misconfigured(f"{name} cannot be used: {error}") from error

    def _listed(self, name: str) -> Model:
        from pydantic_ai.models import infer_model

        return infer_model(name, provider_factory=self._provider)

    def _provider(self, provider: str) -> Provider[object]:
        from pydantic_ai.providers import infer_provider_class

        return infer_provider_class(provider)(**self._told(account_of(provider)))

    def _told(self, account: str) -> Mapping[str, str]:
        key = self._settings.keys.get(account)
        told = {"api_key": key.get_secret_value() if key else "none"}
        if address := self._settings.base_urls.get(account):
            told["base_url"] = address
        return told


def _local(name: str, told: Mapping[str, str]) -> Model:
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.profiles.openai import OpenAIModelProfile
    from pydantic_ai.providers.openai import OpenAIProvider

    return OpenAIChatModel(
        name.partition(":")[2],
        provider=OpenAIProvider(base_url=told["base_url"], api_key=told["api_key"]),
        # The older name of the field is the one that every such server knows.
        profile=OpenAIModelProfile(openai_chat_supports_max_completion_tokens=False),
    )


def _messages(call: ModelCall, repair: Repair | None) -> list[ModelMessage]:
    from pydantic_ai.messages import ModelRequest, ModelResponse, TextPart

    first = ModelRequest.user_text_prompt(call.data, instructions=call.instructions)
    if repair is None:
        return [first]
    told = f"That answer does not fit: {repair.because} Answer again, with the whole JSON."
    return [
        first,
        ModelResponse(parts=[TextPart(content=repair.answer or NOTHING)]),
        ModelRequest.user_text_prompt(told, instructions=call.instructions),
    ]


def _reply(response: ModelResponse) -> Reply:
    from pydantic_ai.messages import TextPart, ToolCallPart

    texts = [part.content for part in response.parts if isinstance(part, TextPart)]
    calls = [part.args_as_json_str() for part in response.parts if isinstance(part, ToolCallPart)]
    details = response.provider_details or {}
    declined = response.finish_reason == "content_filter"
    return Reply(
        text=calls[0] if calls else _unfenced("".join(texts)),
        refusal=str(details.get("refusal") or "no reason given") if declined else None,
        cut=response.finish_reason == "length",
        input_tokens=response.usage.input_tokens,
        output_tokens=response.usage.output_tokens,
        cached_tokens=response.usage.cache_read_tokens,
    )


def _unfenced(text: str) -> str:
    """Take off the Markdown fence that small models put around JSON."""
    inner = text.strip()
    if inner.startswith("```") and inner.endswith("```"):
        inner = inner.removesuffix("```").partition("\n")[2]
    return inner.strip()
