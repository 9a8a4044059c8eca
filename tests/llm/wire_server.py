"""The wire-protocol server of the model tests, in a process of its own, and what it is told."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

PROGRAM = Path(__file__).parent / "node_modules/@copilotkit/aimock/dist/cli.js"
LISTENING = re.compile(r"http://127\.0\.0\.1:(\d+)")


TOKENS = {"prompt_tokens": 300, "completion_tokens": 40, "input_tokens": 300, "output_tokens": 40}


def said(content: str, **more: object) -> dict[str, object]:
    """Return a response with that text, of 300 tokens in and 40 out."""
    return {"content": content, "usage": TOKENS, **more}


def failed(
    status: int, message: str = "not now", *, code: str = "", retry_after: int | None = None
) -> dict[str, object]:
    """Return an error response."""
    error = {"message": message, "type": "error"} | ({"code": code} if code else {})
    response: dict[str, object] = {"error": error, "status": status}
    return response if retry_after is None else {**response, "retryAfter": retry_after}


@dataclass(frozen=True, slots=True)
class WireServer:
    """Speaks the providers' protocols, says what it was scripted to say, and keeps a journal."""

    url: str

    def script(self, *responses: Mapping[str, object], model: str | None = None) -> None:
        """Answer with one response after the other, and with the last one from then on."""
        match: dict[str, object] = {"model": model} if model else {}
        fixtures = [
            {"match": {**match, "sequenceIndex": index}, "response": response}
            for index, response in enumerate(responses)
        ]
        fixtures.append({"match": match, "response": responses[-1]})
        self._control("fixtures", {"fixtures": fixtures})

    def fixtures(self, fixtures: Iterable[Mapping[str, object]]) -> None:
        """Answer each request with the first of these that it matches."""
        self._control("fixtures", {"fixtures": list(fixtures)})

    def chaos(self, **rates: float) -> None:
        """Disturb every request."""
        self._control("chaos", rates)

    def reset(self) -> None:
        """Forget the script, the disturbances and the journal."""
        self._control("reset", {})

    def requests(self) -> list[dict[str, object]]:
        """Return the requests so far, in the one form the server brings every protocol to."""
        entries = httpx.get(f"{self.url}/__aimock/journal").raise_for_status().json()
        return [entry["body"] for entry in entries]

    def responses(self) -> list[dict[str, object]]:
        """Return the responses so far."""
        entries = httpx.get(f"{self.url}/__aimock/journal").raise_for_status().json()
        return [entry["response"] for entry in entries]

    def _control(self, path: str, body: Mapping[str, object]) -> None:
        httpx.post(f"{self.url}/__aimock/{path}", json=body).raise_for_status()


@contextmanager
def started(folder: Path) -> Generator[WireServer]:
    """Start the server on a port of its own choice, with an empty folder to look for scripts in."""
    command = ["node", str(PROGRAM), "--port", "0", "--fixtures", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            assert server.stdout is not None
            said = ""
            for line in server.stdout:
                said += line
                if found := LISTENING.search(line):
                    yield WireServer(f"http://127.0.0.1:{found[1]}")
                    return
            raise AssertionError(f"the wire server did not start: {said}")
        finally:
            server.terminate()
