"""Response bodies as the providers send them, for a server that gives back what it is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from tests.llm.broken_server import Bytes

Body = dict[str, object]


def answered(provider: str, text: str, *, cut: bool = False) -> Bytes:
    """Return a response with that text, 300 tokens in and 5 out, perhaps cut off."""
    return _bytes(BODIES[provider](text, None, cut=cut))


def refused(provider: str) -> Bytes:
    """Return a response in which the model declines."""
    return _bytes(BODIES[provider]("", "I cannot help with that.", cut=False))


def _bytes(body: Mapping[str, object]) -> Bytes:
    return Bytes(json.dumps(body).encode())


def _anthropic(text: str, refusal: str | None, *, cut: bool) -> Body:
    reason = "refusal" if refusal else "max_tokens" if cut else "end_turn"
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-haiku-5-5",
        "content": [{"type": "text", "text": text}] if text else [],
        "stop_reason": reason,
        "stop_sequence": None,
        "usage": {"input_tokens": 300, "output_tokens": 5},
    }


def _responses(text: str, refusal: str | None, *, cut: bool) -> Body:
    content: Body = {"type": "output_text", "text": text, "annotations": []}
    if refusal:
        content = {"type": "refusal", "refusal": refusal}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1_790_000_000,
        "status": "incomplete" if cut else "completed",
        "incomplete_details": {"reason": "max_output_tokens"} if cut else None,
        "model": "gpt-6-luna",
        "output": [
            {
                "id": "msg_1",
                "type": "message",
                "role": "assistant",
                "status": "completed",
                "content": [content],
            }
        ],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": 300,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": 5,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": 305,
        },
    }


def _chat(text: str, refusal: str | None, *, cut: bool) -> Body:
    message = {"role": "assistant", "content": text or None, "refusal": refusal}
    finish = "length" if cut else "stop"
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": "gpt-6-luna",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": {"prompt_tokens": 300, "completion_tokens": 5, "total_tokens": 305},
    }


BODIES: Mapping[str, Callable[..., Body]] = {
    "anthropic": _anthropic,
    "openai": _responses,
    "openai-chat": _chat,
}
